"""An in-memory response cache with request coalescing."""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from http import HTTPStatus
from typing import NamedTuple

from cachetools import LRUCache
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec.structs import replace

from api.http.access_log import operation_name
from api.http.context import request_context

MAX_BYTES = 32 * 2**20
MAX_BODY_BYTES = 256 * 2**10
MAX_KEY_BYTES = 4 * 2**10
"""Maximum size of a cached request: its path, query and selected headers."""
_OK = HTTPStatus.OK.value
ENTRY_OVERHEAD_BYTES = 4 * 2**10
"""Estimated memory of an entry besides its contents."""

Key = tuple[Hashable, ...]
SelectHeader = Callable[[bytes], Hashable]


class CachedResponse(NamedTuple):
    """A successful response."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    operation: str
    """The operation that produced it."""
    size: int


class ResponseCacheMiddleware:
    """Caches successful GET responses in memory, keyed by the build and the request.

    Concurrent requests for the same uncached response wait for the first one instead of computing it again.
    A response with a Cache-Control header or in several parts is not cached.
    """

    def __init__(self, app: ASGIApp, vary: Mapping[bytes, SelectHeader], max_bytes: int = MAX_BYTES) -> None:
        """Initialize the middleware.

        Args:
            app: The next application.
            vary: The request headers that a response depends on, each with a function that normalizes its value.
            max_bytes: Maximum memory of all cached responses.
        """
        self._app = app
        self._vary = vary
        self._vary_header = (b"vary", b", ".join(vary))
        self._cache: LRUCache[Key, CachedResponse] = LRUCache(max_bytes, getsizeof=lambda cached: cached.size)
        self._pending: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        context = request_context.get()
        selected = [normalize(context.headers.get(name, b"")) for name, normalize in self._vary.items()]
        key = (context.snapshot.build_id, scope["raw_path"], scope["query_string"], *selected)
        if key not in self._cache and (pending := self._pending.get(key)):
            await pending.wait()
        if cached := self._cache.get(key):
            request_context.set(replace(context, cached_operation=cached.operation))
            await send({"type": "http.response.start", "status": _OK, "headers": cached.headers})
            await send({"type": "http.response.body", "body": cached.body, "more_body": False})
            return
        done = asyncio.Event()
        if b"if-none-match" not in context.headers:  # a 304 is no use to other requests
            self._pending.setdefault(key, done)
        headers: list[tuple[bytes, bytes]] | None = None

        async def send_and_store(message: Message) -> None:
            nonlocal headers
            if message["type"] == "http.response.start":
                message["headers"] = all_headers = [*message["headers"], self._vary_header]
                is_cacheable = message["status"] == _OK and b"cache-control" not in dict(all_headers)
                headers = all_headers if is_cacheable else None
            elif message["type"] == "http.response.body":
                if headers is not None and message["body"] and not message["more_body"]:
                    self._add(key, headers, message["body"], operation_name(scope))
                headers = None
                self._release(key, done)
            await send(message)

        try:
            await self._app(scope, receive, send_and_store)
        finally:
            self._release(key, done)

    def _release(self, key: Key, done: asyncio.Event) -> None:
        """Let the requests continue that wait for this one."""
        done.set()
        if self._pending.get(key) is done:
            del self._pending[key]

    def _add(self, key: Key, headers: list[tuple[bytes, bytes]], body: bytes, operation: str) -> None:
        key_bytes = sum(len(part) for part in key if isinstance(part, (bytes, str)))
        if len(body) <= MAX_BODY_BYTES and key_bytes <= MAX_KEY_BYTES:
            header_bytes = sum(len(name) + len(value) for name, value in headers)
            size = len(body) + header_bytes + key_bytes + ENTRY_OVERHEAD_BYTES
            if size <= self._cache.maxsize:
                self._cache[key] = CachedResponse(headers, body, operation, size)
