"""Timeout for request bodies."""

import asyncio
from http import HTTPStatus
from typing import Any

from litestar.types import ASGIApp, Receive, Scope, Send

from api.http.problems import ProblemError


class BodyTimeoutMiddleware:
    """Raises a ProblemError with status 408 if the body of a request does not arrive in time."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        deadline = asyncio.get_running_loop().time() + self._seconds
        is_complete = False

        async def receive_in_time() -> Any:
            nonlocal is_complete
            if is_complete:  # what follows the body is the disconnect, which may come at any time
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                detail = f"The request body must arrive within {self._seconds:g} s."
                raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, detail) from None
            is_complete = not message.get("more_body")
            return message

        await self._app(scope, receive_in_time, send)
