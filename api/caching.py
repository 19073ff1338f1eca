"""HTTP caching: a published warehouse never changes, so its build id is the entity tag of all its answers."""

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.builds import pinned_build

# A new warehouse may be published at any moment: keep the answer, but ask whether it still holds.
CACHE_CONTROL = "public, no-cache"


class RevalidationMiddleware(ASGIMiddleware):
    """Tags every good answer with the build id, and answers 304 to who holds that answer already."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Watch the answer go by; only a 200 is touched."""
        etag = f'"{pinned_build(scope).build_id}"'
        is_held = holds(Headers.from_scope(scope).get("If-None-Match", ""), etag)
        is_not_modified = False

        async def tag(message: Message) -> None:
            nonlocal is_not_modified
            if message["type"] == "http.response.start" and message["status"] == HTTP_200_OK:
                headers = MutableScopeHeaders.from_message(message)
                headers["ETag"], headers["Cache-Control"] = etag, CACHE_CONTROL
                if is_not_modified := is_held:
                    message["status"] = HTTP_304_NOT_MODIFIED
                    del headers["Content-Length"], headers["Content-Type"]
            elif is_not_modified and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        await next_app(scope, receive, tag)


def holds(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names the entity tag (weak comparison, as RFC 9110 asks for it)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags
