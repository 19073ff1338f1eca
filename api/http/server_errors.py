"""Failures while a response is sent."""

import asyncio
import logging
from http import HTTPStatus

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import send_problem

SEND_SECONDS = 60.0
"""Time that a client has to read one piece of a stream, of 3 MB at most."""

logger = logging.getLogger("filmoteca.api")


class SlowReaderError(Exception):
    """A client reads a stream too slowly."""


class ServerErrorMiddleware:
    """Sends a problem document if the application fails before the first piece of its response.

    Later, only closing the connection can tell the client that the response is incomplete; the server does so when
    the response ends early. That is also how slow readers of a stream are cut off.
    """

    def __init__(self, app: ASGIApp, send_seconds: float = SEND_SECONDS) -> None:
        self._app = app
        self._send_seconds = send_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        is_started = False

        async def send_after_start(message: Message) -> None:
            nonlocal start, is_started
            if message["type"] == "http.response.start":
                start = message
                return
            is_stream = is_started or (message["type"] == "http.response.body" and message["more_body"])
            if start is not None:
                is_started = True
                await send(start)
                start = None
            if not is_stream:
                await send(message)
                return
            try:
                async with asyncio.timeout(self._send_seconds):
                    await send(message)
            except TimeoutError:
                raise SlowReaderError from None

        try:
            await self._app(scope, receive, send_after_start)
        except Exception as error:
            if _is_slow_reader(error):
                logger.warning("%s: closed the connection of a client that reads too slowly", scope["path"])
            elif is_started:
                raise
            else:
                logger.exception("%s failed", scope["path"])
                await send_problem(scope, send, HTTPStatus.INTERNAL_SERVER_ERROR)


def _is_slow_reader(error: BaseException | None) -> bool:
    """Return whether a SlowReaderError is the cause: Litestar wraps the errors of a stream in a group."""
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_slow_reader, error.exceptions))
    return isinstance(error, SlowReaderError) or (error is not None and _is_slow_reader(error.__cause__))
