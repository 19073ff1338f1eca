"""HEAD requests."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.http.context import update_request_context


class HeadRequestsMiddleware:
    """Handles HEAD as GET without the body, and lists HEAD wherever GET is allowed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] == "GET":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope["method"] = "GET"
            update_request_context(is_body_discarded=True)

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, value + b", HEAD" if name == b"allow" and b"GET" in value else value)
                    for name, value in message["headers"]
                ]
            elif message["type"] == "http.response.body" and is_head:
                message["body"] = b""
            await send(message)

        await self._app(scope, receive, send_without_body)
