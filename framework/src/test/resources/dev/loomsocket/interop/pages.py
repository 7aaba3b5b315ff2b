"""Requests to the server under test, by Python's own client and by requests; prints "all well"."""

import hashlib
import http.client
import io
import sys
from urllib.parse import urlsplit

import requests

base = sys.argv[1]
address = urlsplit(base)


def equal(expected, actual, what):
    if expected != actual:
        raise SystemExit(f"{what}: {actual!r} instead of {expected!r}")


def blocks():
    for i in range(256):
        yield bytes([i]) * 65536


digest = hashlib.sha256(b"".join(blocks())).hexdigest()

# the standard library: chunks both ways on one connection
connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
for attempt in range(2):
    connection.request("POST", "/hash", body=blocks(), encode_chunked=True,
                       headers={"Transfer-Encoding": "chunked"})
    equal(digest, connection.getresponse().read().decode(), "the hash of an upload in chunks")
    connection.request("GET", "/blocks")
    response = connection.getresponse()
    equal("chunked", response.getheader("Transfer-Encoding"), "the framing of a stream")
    equal(digest, hashlib.sha256(response.read()).hexdigest(), "a download in chunks")
connection.request("GET", "/cut")
try:
    connection.getresponse().read()
    raise SystemExit("a response that was cut off passed for a whole one")
except http.client.HTTPException:
    pass

# requests
session = requests.Session()
equal(digest, session.post(base + "hash", data=blocks()).text, "requests: an upload in chunks")
equal("{'a': ['größe', 'x y'], 'b': ['']}",
      str(session.post(base + "form", data={"a": ["größe", "x y"], "b": ""}).json()),
      "requests: an urlencoded form")
files = {"file": ("größe \"1\".txt", io.BytesIO(b"x" * 1000000), "text/plain")}
equal({"file": 1000000, "name": 3}, session.post(base + "sizes", files=files, data={"name": "Ann"}).json(),
      "requests: a multipart form")
equal({"what": "tea", "count": 2}, session.post(base + "order", json={"what": "tea", "count": 1}).json(),
      "requests: JSON")
small = session.get(base + "files/large.txt")
equal("gzip", small.headers["Content-Encoding"], "requests: the coding")
equal("0123456789" * 1000, small.text, "requests: a compressed file")
again = session.get(base + "files/large.txt", headers={"If-None-Match": small.headers["ETag"]})
equal(304, again.status_code, "requests: a file that is known")
part = session.get(base + "files/large.txt", headers={"Range": "bytes=5-9"})
equal((206, "56789"), (part.status_code, part.text), "requests: a part")
print("all well")
