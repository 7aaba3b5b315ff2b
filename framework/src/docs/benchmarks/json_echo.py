#!/usr/bin/env python3
"""json_echo.py [ROUNDS [DEPTH]]: what a message costs the server when it is a text that comes back as it is (/echo), and when it
is the same text decoded into a record, which comes back encoded (/json). 100 connections, DEPTH messages in flight on each
(16), the server on core 0, this script on core 1; alternating rounds, medians. Needs JAVA_HOME, a JDK from 21 on."""
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import time

PORT, CONNECTIONS, SECONDS = 9555, 100, 3
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
DEPTH = int(sys.argv[2]) if len(sys.argv) > 2 else 16
MESSAGE = b'{"type":"line","user":"Ann","text":"a line of a chat is about as long as this"}'
ECHO_SERVER = pathlib.Path(__file__).resolve().parents[2] / "jmh" / "echo-server"


def frame(payload):
    mask = bytes([1, 2, 3, 4])
    return bytes([0x81, 0x80 | len(payload)]) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


def connect(path):
    s = socket.create_connection(("127.0.0.1", PORT))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    s.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += s.recv(1000)
    assert head.startswith(b"HTTP/1.1 101"), head
    return s


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(sockets, pid, seconds):
    question = frame(MESSAGE) * DEPTH
    answer = (bytes([0x81, len(MESSAGE)]) + MESSAGE) * DEPTH
    messages, cpu, end = 0, cpu_seconds(pid), time.monotonic() + seconds
    while time.monotonic() < end:
        for s in sockets:
            s.sendall(question)
        for s in sockets:
            got = s.recv(len(answer), socket.MSG_WAITALL)
            assert got == answer, got
        messages += DEPTH * len(sockets)
    return (cpu_seconds(pid) - cpu) * 1e6 / messages


def main():
    os.sched_setaffinity(0, {1})
    server = subprocess.Popen(["taskset", "-c", "0", str(ECHO_SERVER), str(PORT)], stdout=subprocess.PIPE, text=True)
    try:
        if not any("listening" in line for line in iter(server.stdout.readline, "")):
            sys.exit("the server did not start")
        paths = {path: [connect(path) for _ in range(CONNECTIONS)] for path in ("/echo", "/json")}
        for sockets in paths.values():
            measure(sockets, server.pid, 2 * SECONDS)  # until all is compiled
        costs = {path: [] for path in paths}
        for _ in range(ROUNDS):
            for path, sockets in paths.items():
                costs[path].append(measure(sockets, server.pid, SECONDS))
        text, json = (statistics.median(costs[path]) for path in paths)
        print(f"text {text:.2f} us of CPU a message, JSON in and out {json:.2f}: {text / json:.2f} of the rate")
    finally:
        server.terminate()
        server.wait()


main()
