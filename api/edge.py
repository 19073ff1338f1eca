"""What surrounds every operation: HEAD, suffixes, one build for each answer, entity tags, coding, kept answers."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from api.builds import PINNED_BUILD, Build, Warehouse
from api.caching import CACHE_CONTROL, KeptAnswer, KeptAnswers, holds
from api.encodings import CODERS, SMALLEST_BODY, Coder, coding_accepted
from api.formats import FORMAT_ASKED, IS_BODY_WANTED, MEDIA_TYPES


Headers = list[tuple[bytes, bytes]]

_SUFFIX = re.compile(rf"(/v1/.+)\.({'|'.join(MEDIA_TYPES)})")
_CODED_ALREADY = b"parquet"


class Edge:
    """An ASGI application around another: every answer it gives comes whole from one build of the warehouse."""

    def __init__(self, inner: ASGIApp, warehouse: Warehouse) -> None:
        self._inner = inner
        self._warehouse = warehouse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or let the inner application answer."""
        if scope["type"] != ScopeType.HTTP:
            await self._inner(scope, receive, send)
            return
        with self._warehouse.pinned() as build:
            answering = _Answering(scope, send, build)
            kept = build.answers.get(answering.key) if answering.is_get else None
            if kept:
                await answering.send_kept(kept)
                return
            scope["state"][PINNED_BUILD] = build
            scope["state"][IS_BODY_WANTED] = not (answering.is_head or answering.is_held)
            _prepare(scope)
            await self._inner(scope, receive, answering.send)


def _prepare(scope: HTTPScope) -> None:
    """Make a HEAD a GET, and take the suffix off the path."""
    if scope["method"] == "HEAD":
        scope["method"] = "GET"  # type: ignore[typeddict-item]
    if suffixed := _SUFFIX.fullmatch(scope["path"]):
        scope["path"], scope["state"][FORMAT_ASKED] = suffixed.groups()


@dataclass(slots=True)
class _Answering:
    """One answer on its way out."""

    scope: HTTPScope
    out: Send
    build: Build
    is_get: bool = field(init=False)
    is_head: bool = field(init=False)
    key: tuple[object, ...] = field(init=False)
    _asked: dict[bytes, bytes] = field(init=False)
    _coding: str | None = field(init=False)
    _start: Message | None = None
    _coder: Coder | None = None
    _is_begun: bool = False

    def __post_init__(self) -> None:
        scope, self._asked = self.scope, dict(self.scope["headers"])
        self.is_head = scope["method"] == "HEAD"
        self.is_get = self.is_head or scope["method"] == "GET"
        self._coding = coding_accepted(self._asked.get(b"accept-encoding", b"").decode("latin-1"))
        accept, origin = self._asked.get(b"accept"), self._asked.get(b"origin")
        self.key = (scope["raw_path"], scope["query_string"], accept, origin, self._coding)

    @property
    def is_held(self) -> bool:
        return holds(self._asked.get(b"if-none-match", b"").decode("latin-1"), self.build.etag)

    async def send_kept(self, kept: KeptAnswer) -> None:
        """Send an answer that was given before."""
        await self._send_whole(HTTPStatus.OK, kept.headers, kept.body)

    async def send(self, message: Message) -> None:
        """Send on what the inner application sends."""
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body" and self._start:
            is_whole = not self._is_begun and not message.get("more_body", False)
            await (self._send_all(self._start, message["body"]) if is_whole else self._send_piece(message))
        else:
            await self.out(message)

    async def _send_all(self, start: Message, body: bytes) -> None:
        status, headers = start["status"], self._own_headers(start)  # type: ignore[typeddict-item]
        if self._coding and len(body) >= SMALLEST_BODY and _CODED_ALREADY not in _content_type(headers):
            coder = CODERS[self._coding]()
            body = coder.code(body) + coder.finish()
            headers = [*headers, (b"content-encoding", self._coding.encode())]
        if body:
            headers = [*headers, (b"content-length", str(len(body)).encode())]
        if self.is_get and body and status == HTTPStatus.OK and not _is_private(headers):
            self.build.answers.keep(self.key, KeptAnswer(headers, body))
        await self._send_whole(status, headers, body)

    async def _send_whole(self, status: int, headers: Headers, body: bytes) -> None:
        if status == HTTPStatus.OK and self.is_get and self.is_held and not _is_private(headers):
            status, body = HTTPStatus.NOT_MODIFIED, b""
            headers = [pair for pair in headers if not pair[0].startswith(b"content-")]
        await self.out({"type": "http.response.start", "status": status, "headers": headers})
        await self.out({"type": "http.response.body", "body": b"" if self.is_head else body, "more_body": False})

    async def _send_piece(self, message: Message) -> None:
        """Send on a piece of a body that comes in pieces."""
        if not self._is_begun:
            await self._begin()
        piece, is_last = message["body"], not message.get("more_body", False)  # type: ignore[typeddict-item]
        if self._coder:
            piece = (self._coder.code(piece) if piece else b"") + (self._coder.finish() if is_last else b"")
        await self.out({"type": "http.response.body", "body": b"" if self.is_head else piece, "more_body": not is_last})

    async def _begin(self) -> None:
        self._is_begun = True
        headers = self._own_headers(self._start)  # type: ignore[arg-type]
        if self._coding and _CODED_ALREADY not in _content_type(headers):
            self._coder = CODERS[self._coding]()
            headers = [*headers, (b"content-encoding", self._coding.encode())]
        await self.out({**self._start, "headers": headers})  # type: ignore[typeddict-item]

    def _own_headers(self, start: Message) -> Headers:
        """The inner application's headers, with the build and how long the answer holds."""
        headers = [pair for pair in start["headers"] if pair[0] != b"content-length"]  # type: ignore[typeddict-item]
        headers.append((b"filmoteca-build", self.build.build_id.encode()))
        headers.append((b"vary", b"accept, accept-encoding"))
        if self.is_get and start["status"] == HTTPStatus.OK and not _is_private(headers):  # type: ignore[typeddict-item]
            headers.append((b"etag", self.build.etag.encode()))
            headers.append((b"cache-control", CACHE_CONTROL))
        return headers


def _content_type(headers: Headers) -> bytes:
    return dict(headers).get(b"content-type", b"")


def _is_private(headers: Headers) -> bool:
    """Whether the operation said that its answer must not be kept."""
    return (b"cache-control", b"no-store") in headers
