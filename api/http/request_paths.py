"""Request paths: format suffixes such as `/v1/movies.csv`, and repeated leading slashes."""

import re
from collections.abc import Iterable

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.http.context import update_request_context


class RequestPathMiddleware:
    """Moves a format suffix from the path to the request context, and folds leading slashes into one."""

    def __init__(self, app: ASGIApp, prefix: str, formats: Iterable[str]) -> None:
        """Initialize the middleware.

        Args:
            app: The next application.
            prefix: The prefix of paths that may have a suffix.
            formats: The formats that are suffixes, without the dot.
        """
        self._app = app
        self._suffixed = re.compile(rf"({re.escape(prefix)}.+)\.({'|'.join(formats)})")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            if scope["path"].startswith("//"):  # as the target of a link or redirect, //x would be another host
                scope["path"] = "/" + scope["path"].lstrip("/")
                scope["raw_path"] = b"/" + scope["raw_path"].lstrip(b"/")
            if match := self._suffixed.fullmatch(scope["path"]):
                scope["path"], format_ = match.groups()
                update_request_context(format=format_)
        await self._app(scope, receive, send)
