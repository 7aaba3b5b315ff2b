"""converse.py ENDPOINT FILE: sends all messages of the file and compares what comes back.

The file has of each message a byte (1 text, 2 binary), its size in four bytes, and its bytes.
"""

import asyncio
import struct
import sys

import websockets


def messages_of(file):
    at = 0
    while at < len(file):
        kind, size = struct.unpack_from(">BI", file, at)
        data = file[at + 5 : at + 5 + size]
        yield data.decode() if kind == 1 else data
        at += 5 + size


async def converse(endpoint, messages):
    async with websockets.connect(endpoint, max_size=None) as socket:

        async def send():
            for message in messages:
                await socket.send(message)

        sending = asyncio.create_task(send())
        for number, message in enumerate(messages):
            if await socket.recv() != message:
                sys.exit(f"message {number} came back as another one")
        await sending
    if socket.close_code != 1000:
        sys.exit(f"closed with {socket.close_code}")
    print(len(messages), "echoed")


with open(sys.argv[2], "rb") as file:
    asyncio.run(converse(sys.argv[1], list(messages_of(file.read()))))
