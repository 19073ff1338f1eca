"""Responses without a body: to HEAD requests, and 304 Not Modified to conditional requests."""

from http import HTTPStatus

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec.structs import replace

from api.http.context import request_context

CACHE_CONTROL = b"public, no-cache"
"""Caches may store a response but must revalidate it: a new build can be published at any moment."""

_NOT_MODIFIED = HTTPStatus.NOT_MODIFIED.value
_BODY_HEADERS = (b"content-type", b"content-length", b"content-encoding")
"""Omitted from a 304. Browsers replace the headers of the cached page, such as its security policy, by the others."""
_VERSIONED = (HTTPStatus.OK.value, _NOT_MODIFIED)
"""The statuses of responses that get an ETag."""


class BodilessResponsesMiddleware:
    """Handles HEAD as GET without the body, and sends 304 if the client already has the response.

    Successful responses get an ETag, unless they have a Cache-Control header of their own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        context = request_context.get()
        is_body_discarded = scope["method"] == "HEAD"
        if is_body_discarded:
            scope["method"] = "GET"
        is_get, etag = scope["method"] == "GET", context.etag
        condition = context.headers.get(b"if-none-match")
        is_match = is_get and condition is not None and etag_matches(condition, etag)
        if is_body_discarded or is_match:
            request_context.set(replace(context, is_body_discarded=True))

        async def send_without_body(message: Message) -> None:
            nonlocal is_body_discarded
            if message["type"] == "http.response.start":
                headers = message["headers"]
                if is_get and message["status"] in _VERSIONED and b"cache-control" not in dict(headers):
                    if is_match:
                        is_body_discarded, message["status"] = True, _NOT_MODIFIED
                        headers = [header for header in headers if header[0] not in _BODY_HEADERS]
                    message["headers"] = [*headers, (b"etag", etag.encode()), (b"cache-control", CACHE_CONTROL)]
                elif not is_get:
                    message["headers"] = [
                        (name, value + b", HEAD" if name == b"allow" and b"GET" in value else value)
                        for name, value in headers
                    ]
            elif is_body_discarded and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self._app(scope, receive, send_without_body)


def etag_matches(if_none_match: bytes, etag: str) -> bool:
    """Return whether an If-None-Match header matches an ETag, by the weak comparison of RFC 9110."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.decode("latin-1").split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
