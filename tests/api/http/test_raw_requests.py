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
    if content_type == PROBLEM:
        assert json.loads(body)["status"] == status
