import asyncio
import logging
from typing import Any

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from api.http.error_handlers import create_exception_handlers
from api.http.streams import CheckedStream, SlowReaderError, StreamGuard
from tests.api.http.asgi import FakeApp, fetch, make_scope, run


def failing_app(piece_count: int, error: Exception) -> Any:
    """Return an application that fails after some pieces of its response."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(piece_count):
            await send({"type": "http.response.body", "body": b"piece", "more_body": True})
        raise error

    return app


def test_stream_passes_unchanged() -> None:
    response = fetch(StreamGuard(FakeApp([b"a", b"b"])))
    assert (response.status, response.pieces) == (200, [b"a", b"b"])


def test_failure_before_the_first_piece_returns_a_problem(caplog: pytest.LogCaptureFixture) -> None:
    @get("/fail", sync_to_thread=False)
    def fail() -> CheckedStream:
        async def pieces() -> Any:
            raise OSError("no disk")
            yield b""

        return CheckedStream(pieces())

    app = Litestar([fail], exception_handlers=create_exception_handlers({}), logging_config=None)
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/fail")
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert response.json()["instance"] == "/fail"
    assert "no disk" not in response.text
    assert "no disk" in caplog.text


def test_failure_after_the_first_piece_is_raised() -> None:
    with pytest.raises(OSError, match="no disk"):
        fetch(StreamGuard(failing_app(1, OSError("no disk"))))


def test_slow_reader_ends_the_response(caplog: pytest.LogCaptureFixture) -> None:
    async def stall(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.sleep(5)

    with caplog.at_level(logging.WARNING):
        guard = StreamGuard(FakeApp([b"a", b"b"]), send_seconds=0.01)
        run(guard(make_scope("GET", "/v1/movies.csv", [], ""), None, stall))  # type: ignore[arg-type]
    assert "/v1/movies.csv: closed the connection of a client that reads too slowly" in caplog.text


def test_slow_reader_is_found_in_the_error_of_a_stream(caplog: pytest.LogCaptureFixture) -> None:
    error = ExceptionGroup("stream", [SlowReaderError()])
    assert fetch(StreamGuard(failing_app(1, error))).body == b"piece"
    assert "reads too slowly" in caplog.text
