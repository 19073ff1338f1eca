"""Requests that HTTP clients do not send, byte for byte to a real server."""

import json
import time

import pytest

from tests.api.server import Server, request, send

MAX_SECONDS = 2
"""Maximum time of a request, on a busy machine."""
MEGABYTE = 1_000_000
PROBLEM = "application/problem+json"
NO_BODY = ""
"""The HTTP server rejects the request itself, with a status and no body."""


INVALID_NAMES = (
    *(b"", b"..", b"../health/live", b"%2e%2e%2fhealth", b"%00", b"%FF%FE", b"%zz%", b"#Horror"),
    b"';%20drop%20table%20marts.dim_movies;%20--",
)


@pytest.mark.parametrize(
    ("sent", "status", "content_type"),
    [
        (request(b"GET /score-titulo/" + b"a" * 60_000), 422, PROBLEM),
        (request(b"GET /score-titulo/300?anio=" + b"1" * 60_000), 422, PROBLEM),
        (request(b"GET /score-titulo/300?" + b"anio=1&" * 8_000), 422, PROBLEM),
        (request(b"GET /score-titulo/300", body=b"a" * MEGABYTE), 200, "application/json"),
        (request(b"POST /score-titulo/300", body=b"a" * MEGABYTE), 405, PROBLEM),
        (request(b"POST /nowhere", body=b"a" * MEGABYTE), 404, PROBLEM),
        (request(b"BREW /health/live"), 405, PROBLEM),
        (request(b"GET *"), 404, PROBLEM),
        (request(b"GET /score-titulo/" + b"a" * MEGABYTE), 431, NO_BODY),
        (request(b"GET /score-titulo/300?anio=" + b"1" * MEGABYTE), 431, NO_BODY),
        (request(b"GET /score-titulo/" + b"a" * 100_000), 414, NO_BODY),
        (request(b"GET /health/live", b"X: " + b"a" * MEGABYTE), 431, NO_BODY),
        (request(b"GET /score-titulo/\x00"), 400, NO_BODY),
        (request(b"GET /score-titulo/300?anio=\xff"), 400, NO_BODY),
        (b"\x16\x03\x01 no HTTP at all\r\n\r\n", 400, NO_BODY),
        # Names in paths
        *((request(b"GET /score-titulo/" + name), 404, PROBLEM) for name in INVALID_NAMES),
        (request(b"GET /score-titulo/300?id=99999999999999999999"), 422, PROBLEM),
        # Other files and other sites
        (request(b"GET /../../etc/passwd"), 404, PROBLEM),
        (request(b"GET /eda/..%2f..%2fetc%2fpasswd"), 404, PROBLEM),
        (request(b"GET /static/..%5c..%5cpyproject.toml"), 404, PROBLEM),
        (request(b"GET //elsewhere.example", b"Accept: application/json"), 404, PROBLEM),
        (request(b"GET http://elsewhere.example/v1/movies"), 200, "application/json"),
        (request(b"CONNECT localhost:1"), 405, PROBLEM),
        (request(b"OPTIONS *"), 404, PROBLEM),
        # Headers
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 200, "application/json"),
        (request(b"GET /", b"Host: other"), 400, PROBLEM),
        (b"GET / HTTP/1.1\r\nHost: [::1\r\nConnection: close\r\n\r\n", 400, PROBLEM),
        (b"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400, NO_BODY),
        (request(b"GET /", b"Upgrade: websocket"), 200, "application/json"),
        (request(b"GET /v1/movies", b"Cookie: " + b"a=b; " * 20_000), 200, "application/json"),
        (request(b"POST /v1/sql", b"Content-Length: 99999999999999999999"), 400, NO_BODY),
        (request(b"POST /v1/sql", b"Content-Length: 4", b"Transfer-Encoding: chunked"), 415, PROBLEM),
        (request(b"POST /v1/sql", b"Transfer-Encoding: chunked") + b"ffffffffffffffff\r\n", 415, PROBLEM),
    ],
    ids=lambda value: f"{value[:40]!r} of {len(value)} bytes" if isinstance(value, bytes) else str(value),
)
def test_large_or_malformed_request_is_answered_in_time(
    server: Server, sent: bytes, status: int, content_type: str
) -> None:
    start = time.monotonic()
    received_status, received_type, body = send(server, sent)
    assert time.monotonic() - start < MAX_SECONDS
    assert (received_status, received_type) == (status, content_type)
    assert bool(body) is bool(content_type)
    assert b"root:" not in body
    if content_type == PROBLEM:
        assert json.loads(body)["status"] == status
