"""Access log: one line per request, and callbacks for metrics."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.http.context import request_context

NO_OPERATION = "none"
"""The operation of a response that no route produced."""

logger = logging.getLogger("filmoteca.access")


class ResponseRecord(NamedTuple):
    """A response that was sent."""

    operation: str
    """The operation id, or the path pattern of a route outside of the OpenAPI document."""
    method: str
    status: int
    """0 if nothing was sent."""
    seconds: float
    """Time from the request's headers to the end of the response."""
    is_cached: bool


OnResponse = Callable[[ResponseRecord], object]


class AccessLogMiddleware:
    """Calls `on_response` callbacks after each response."""

    def __init__(self, app: ASGIApp, on_response: Sequence[OnResponse]) -> None:
        self._app = app
        self._on_response = on_response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        start, method, status = time.perf_counter(), scope["method"], 0

        async def send_and_note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note_status)
        finally:
            cached_operation = request_context.get().cached_operation
            record = ResponseRecord(
                cached_operation or operation_name(scope),
                method,
                status,
                time.perf_counter() - start,
                cached_operation is not None,
            )
            for callback in self._on_response:
                callback(record)


def operation_name(scope: Scope) -> str:
    """Return the operation id of the route that Litestar chose, or its path pattern if it has no documented id."""
    if (handler := scope.get("route_handler")) is None:
        return NO_OPERATION
    is_documented = getattr(handler, "resolve_include_in_schema", bool)()
    return str(handler.handler_name if is_documented else scope.get("path_template", NO_OPERATION))


def log_response(record: ResponseRecord) -> None:
    """Write a response to the access log."""
    fields = {
        "operation": record.operation,
        "method": record.method,
        "status": record.status,
        "milliseconds": round(record.seconds * 1000, 3),
    }
    extra = {**fields, "is_cached": record.is_cached}
    logger.info("%(method)s %(operation)s %(status)s in %(milliseconds)s ms", fields, extra=extra)
