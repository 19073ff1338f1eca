"""A small ASGI application and client, to test a middleware on its own."""

import asyncio
import sys
import zlib
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import brotli
from litestar.types import ASGIApp, Receive, Scope, Send

from api.http.context import RequestContext, request_context

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Headers = Iterable[tuple[bytes, bytes]]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FakeSnapshot:
    build_id: str = "build-1"


@dataclass(slots=True)
class FakeApp:
    """Sends the same response to each request and records the requests."""

    pieces: Iterable[bytes] = (b"hello",)
    status: int = 200
    headers: Headers = ((b"content-type", b"text/plain"),)
    scopes: list[dict[str, Any]] = field(default_factory=list)
    contexts: list[RequestContext | None] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(dict(scope))
        self.contexts.append(request_context.get(None))
        *first, last = self.pieces
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers]})
        for piece in first:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": last, "more_body": False})


@dataclass(slots=True)
class FakeResponse:
    messages: list[Any] = field(default_factory=list)

    @property
    def status(self) -> int:
        status: int = self.messages[0]["status"]
        return status

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])

    @property
    def pieces(self) -> list[bytes]:
        return [message["body"] for message in self.messages[1:]]

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)


def make_scope(method: str, path: str, headers: Headers, client: str) -> Any:
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [*headers],
        "client": (client, 1),
        "state": {},
    }


@contextmanager
def in_context(headers: Headers = (), build_id: str = "build-1", **fields: Any) -> Iterator[None]:
    """Set the context that the outermost middleware would set."""
    context = RequestContext(
        snapshot=FakeSnapshot(build_id),
        etag=f'W/"{build_id}"',
        request_id="request-1",
        started_at=0,
        headers=dict(headers),
        **fields,
    )
    token = request_context.set(context)
    yield
    request_context.reset(token)


async def request(
    app: ASGIApp,
    method: str = "GET",
    path: str = "/",
    headers: Headers = (),
    client: str = "192.0.2.1",
    build_id: str = "build-1",
) -> FakeResponse:
    """Send a request in its context and return the response."""
    response = FakeResponse()

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        response.messages.append(message)

    with in_context(headers, build_id):
        await app(make_scope(method, path, headers, client), receive, send)
    return response


def fetch(app: ASGIApp, method: str = "GET", path: str = "/", headers: Headers = (), **options: Any) -> FakeResponse:
    """Send a request from a test that is not asynchronous."""
    return run(request(app, method, path, headers, **options))


def run(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own, because browser tests leave a running event loop in theirs."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, coroutine).result()


def decoder(encoding: str) -> Callable[[bytes], bytes]:
    """Return a function that decodes a body piece by piece."""
    if encoding == "gzip":
        return zlib.decompressobj(31).decompress
    return brotli.Decompressor().process if encoding == "br" else zstd.ZstdDecompressor().decompress
