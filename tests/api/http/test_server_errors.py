"""Failures while a response is sent."""

import asyncio
import json
import logging
from typing import Any

import pytest
from litestar.types import Receive, Scope, Send

from api.http.context import request_context
from api.http.server_errors import ServerErrorMiddleware, SlowReaderError
from tests.api.http.asgi import FakeApp, fetch, make_scope, run


def failing_app(piece_count: int, error: Exception) -> Any:
    """Return an application that fails after some pieces of its response."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(piece_count):
            await send({"type": "http.response.body", "body": b"piece", "more_body": True})
        raise error

    return app


def test_response_passes_unchanged() -> None:
    response = fetch(ServerErrorMiddleware(FakeApp([b"a", b"b"])))
    assert (response.status, response.pieces) == (200, [b"a", b"b"])


def test_failure_before_the_first_piece_returns_a_problem(caplog: pytest.LogCaptureFixture) -> None:
    response = fetch(ServerErrorMiddleware(failing_app(0, OSError("no disk"))), path="/v1/movies.csv")
    assert (response.status, response.headers[b"content-type"]) == (500, b"application/problem+json")
    problem = json.loads(response.body)
    assert (problem["instance"], problem["request_id"]) == ("/v1/movies.csv", "request-1")
    assert b"no disk" not in response.body
    assert "no disk" in caplog.text


def test_failure_after_the_first_piece_is_raised() -> None:
    with pytest.raises(OSError, match="no disk"):
        fetch(ServerErrorMiddleware(failing_app(1, OSError("no disk"))))


def test_slow_reader_ends_the_response(caplog: pytest.LogCaptureFixture) -> None:
    async def stall(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.sleep(5)

    async def respond() -> None:
        app = ServerErrorMiddleware(FakeApp([b"a", b"b"]), send_seconds=0.01)
        await app(make_scope("GET", "/v1/movies.csv", [], ""), None, stall)  # type: ignore[arg-type]

    with caplog.at_level(logging.WARNING):
        run(respond())
    assert "reads too slowly" in caplog.text


def test_slow_reader_is_found_in_the_error_of_a_stream(caplog: pytest.LogCaptureFixture) -> None:
    error = RuntimeError("failed")
    error.__cause__ = ExceptionGroup("stream", [SlowReaderError()])
    assert fetch(ServerErrorMiddleware(failing_app(1, error))).body == b"piece"
    assert request_context.get(None) is None
    assert "reads too slowly" in caplog.text
