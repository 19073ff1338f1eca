import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.types import Receive, Scope, Send

from api.http.body_timeout import BodyTimeoutMiddleware
from api.http.problems import ProblemError
from tests.api.http.asgi import make_scope, run


async def receive_all(messages: Iterator[tuple[float, Any]]) -> list[Any]:
    """Receive messages, each after some seconds, through the middleware."""
    received = []

    async def receive() -> Any:
        seconds, message = next(messages)
        await asyncio.sleep(seconds)
        return message

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(2):
            received.append(await receive())  # noqa: PERF401

    await BodyTimeoutMiddleware(app, seconds=0.05)(make_scope("POST", "/", [], ""), receive, None)  # type: ignore[arg-type]
    return received


def test_incomplete_body_returns_408() -> None:
    piece = {"type": "http.request", "body": b"a", "more_body": True}
    with pytest.raises(ProblemError, match=r"must arrive within 0\.05 s") as raised:
        run(receive_all(iter([(0, piece), (5, piece)])))
    assert raised.value.status_code == 408


def test_complete_body_leaves_any_time_for_the_response() -> None:
    messages = [{"type": "http.request", "body": b"a", "more_body": False}, {"type": "http.disconnect"}]
    assert run(receive_all(iter(zip((0, 0.1), messages, strict=True)))) == messages
