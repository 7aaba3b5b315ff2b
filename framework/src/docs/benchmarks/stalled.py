#!/usr/bin/env python3
"""stalled.py WSLOAD [ROUNDS]: how late a room's messages are when three of its thousand members do not read. WSLOAD is the
load generator of the bench; the server is on core 0, the load on core 1; rounds with and without stalled members
alternate, medians. The members that do not read stay: the endpoint drops their oldest messages. Needs JAVA_HOME."""
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys

PORT, STALLED = 9556, 3
ECHO_SERVER = pathlib.Path(__file__).resolve().parents[2] / "jmh" / "echo-server"


def join_and_never_read():
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    s.connect(("127.0.0.1", PORT))
    s.sendall(f"GET /lossy HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    assert s.recv(12) == b"HTTP/1.1 101"
    return s


def load(wsload, pid, seconds):
    done = subprocess.run(
        ["taskset", "-c", "1", wsload, "broadcast", "--path", "/lossy", "--conns", "1000", "--size", "1024", "--warmup", "1",
         "--time", str(seconds), "--port", str(PORT), "--pid", str(pid)], stdout=subprocess.PIPE, text=True, check=True)
    result = json.loads(done.stdout)
    assert not result["errors"], result
    return result


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    wsload, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    server = subprocess.Popen(["taskset", "-c", "0", str(ECHO_SERVER), str(PORT)], stdout=subprocess.PIPE, text=True)
    try:
        if not any("listening" in line for line in iter(server.stdout.readline, "")):
            sys.exit("the server did not start")
        load(wsload, server.pid, 8)  # until all is compiled
        found = {0: [], STALLED: []}
        for _ in range(rounds):
            for count in found:
                members = [join_and_never_read() for _ in range(count)]
                if members:
                    load(wsload, server.pid, 6)  # until their queues are full
                found[count].append(load(wsload, server.pid, 4))
                for member in members:
                    member.close()
        for count, results in found.items():
            p50, p99, rate = (statistics.median(r[key] for r in results) for key in ("p50_us", "p99_us", "per_s"))
            print(f"{count} of 1000 do not read: p50 {p50 / 1000:.1f} ms, p99 {p99 / 1000:.1f} ms, {rate:.0f} deliveries/s")
    finally:
        server.terminate()
        server.wait()


main()
