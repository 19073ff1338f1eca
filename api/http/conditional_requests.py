"""Conditional requests: an ETag per snapshot, and 304 Not Modified."""

from http import HTTPStatus

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.http.context import find_header, request_context, update_request_context

CACHE_CONTROL = b"public, no-cache"
"""Caches may store a response but must revalidate it: a new build can be published at any moment."""

_NOT_MODIFIED = HTTPStatus.NOT_MODIFIED.value
_VERSIONED = (HTTPStatus.OK.value, _NOT_MODIFIED)
"""The statuses of responses that get an ETag."""


class ConditionalRequestsMiddleware:
    """Adds the snapshot's ETag to successful GET responses, and sends 304 if the client already has the response.

    A response with a Cache-Control header of its own is left alone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        etag = request_context.get().snapshot.etag
        condition = find_header(scope["headers"], b"if-none-match").decode("latin-1")
        is_match = bool(condition) and etag_matches(condition, etag)
        is_not_modified = False
        if is_match:
            update_request_context(is_body_discarded=True)

        async def send_conditionally(message: Message) -> None:
            nonlocal is_not_modified
            if message["type"] == "http.response.start":
                status, headers = message["status"], message["headers"]
                if status in _VERSIONED and not find_header(headers, b"cache-control"):
                    is_not_modified = is_match
                    if is_match:
                        message["status"] = _NOT_MODIFIED
                        headers = [header for header in headers if not header[0].startswith(b"content-")]
                    message["headers"] = [*headers, (b"etag", etag.encode()), (b"cache-control", CACHE_CONTROL)]
            elif is_not_modified and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await self._app(scope, receive, send_conditionally)


def is_current(scope: Scope) -> bool:
    """Return whether a request's If-None-Match header names the ETag of the current snapshot; `*` names none."""
    condition = find_header(scope["headers"], b"if-none-match").decode("latin-1").strip()
    return condition not in {"", "*"} and etag_matches(condition, request_context.get().snapshot.etag)


def entity_tag(build_id: str) -> str:
    """Return the ETag of a build's responses; weak, because formats and encodings of a response share it."""
    return f'W/"{build_id}"'


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Return whether an If-None-Match header matches an ETag, by the weak comparison of RFC 9110."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
