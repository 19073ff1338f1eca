"""Streamed responses that fail cleanly."""

import asyncio
import logging
from typing import Any, cast

from litestar.response import Stream
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Message, Receive, Scope, Send

SEND_SECONDS = 60.0
"""Time that a client has to read one piece of a stream, of 3 MB at most."""

logger = logging.getLogger("filmoteca.api")


class SlowReaderError(Exception):
    """A client reads a stream too slowly."""


class CheckedStream(Stream):
    """A stream that becomes a problem document if it fails before its first piece, and cuts off slow readers."""

    def to_asgi_response(self, *args: Any, **options: Any) -> ASGIResponse:
        """Return the ASGI application that sends the stream."""
        return cast(ASGIResponse, StreamGuard(super().to_asgi_response(*args, **options)))


class StreamGuard:
    """Holds back the start of a stream until its first piece, and limits the time for sending each further piece.

    Once a stream has started, only closing the connection can tell the client that it is incomplete; the server does so
    when the response ends early.
    """

    def __init__(self, app: ASGIApp, send_seconds: float = SEND_SECONDS) -> None:
        self._app = app
        self._send_seconds = send_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message | None = None

        async def send_after_start(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                await send(start)
                start = None
            try:
                async with asyncio.timeout(self._send_seconds):
                    await send(message)
            except TimeoutError:
                raise SlowReaderError from None

        try:
            await self._app(scope, receive, send_after_start)
        except Exception as error:
            if not _is_slow_reader(error):
                raise
            logger.warning("%s: closed the connection of a client that reads too slowly", scope["path"])


def _is_slow_reader(error: BaseException) -> bool:
    """Return whether a client was too slow: Litestar wraps the errors of a stream in a group."""
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_slow_reader, error.exceptions))
    return isinstance(error, SlowReaderError)
