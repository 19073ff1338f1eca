"""The context of the request that is being handled, and the middleware that creates it."""

import logging
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from contextvars import ContextVar
from random import getrandbits
from typing import Any, Protocol

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(rb"[0-9A-Za-z._:@/+=-]{1,128}")


class Snapshot(Protocol):
    """The version of the data that a response is made from."""

    @property
    def build_id(self) -> str: ...

    @property
    def etag(self) -> str: ...


class RequestContext(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a request. Middlewares and hooks replace it as they learn more."""

    snapshot: Any
    """The pinned Snapshot; packages above this one know its class."""
    request_id: str
    format: str | None = None
    """The path suffix, such as `csv`; after content negotiation, the format of the response."""
    parameters: Any = None
    """The struct of query parameters that was parsed for the operation."""
    is_body_discarded: bool = False
    """Whether the client gets the headers only, so that a stream need not be produced."""
    cached_operation: str | None = None
    """The operation that produced a cached response; None unless the response comes from the cache."""


request_context: ContextVar[RequestContext] = ContextVar("request_context")


def update_request_context(**changes: Any) -> None:
    """Replace fields of the context of the current request."""
    request_context.set(msgspec.structs.replace(request_context.get(), **changes))


def find_header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """Return the first value of a header, as Litestar does for a repeated one; empty if there is none."""
    for key, value in headers:
        if key == name:
            return value
    return b""


def current_request_id() -> str:
    """Return the id of the current request; empty outside of a request."""
    context = request_context.get(None)
    return context.request_id if context else ""


class RequestContextMiddleware:
    """Pins a snapshot for each request and names snapshot and request in the response headers.

    The client, or a proxy, can choose the request id with the header `X-Request-ID`.
    """

    def __init__(self, app: ASGIApp, pin: Callable[[], AbstractContextManager[Snapshot]]) -> None:
        self._app = app
        self._pin = pin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        requested = find_header(scope["headers"], b"x-request-id")
        request_id = requested if _REQUEST_ID.fullmatch(requested) else b"%016x" % getrandbits(64)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *own_headers]
            await send(message)

        with self._pin() as snapshot:
            own_headers = ((b"filmoteca-build", snapshot.build_id.encode()), (b"x-request-id", request_id))
            token = request_context.set(RequestContext(snapshot=snapshot, request_id=request_id.decode()))
            try:
                await self._app(scope, receive, send_with_headers)
            finally:
                request_context.reset(token)


class RequestIdFilter(logging.Filter):
    """Adds `request_id` and `build_id` to the log records of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if context := request_context.get(None):
            record.request_id, record.build_id = context.request_id, context.snapshot.build_id
        return True
