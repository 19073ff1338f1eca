"""What surrounds every operation: HEAD, suffixes, one build for each answer, entity tags, codings, kept answers."""

import asyncio
import logging
import re
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from litestar.types.asgi_types import HTTPResponseBodyEvent, HTTPResponseStartEvent

from api.db.dependencies import SNAPSHOT
from api.db.snapshot_manager import SnapshotManager
from api.db.snapshots import Snapshot
from api.http import logs
from api.http.content_negotiation import FORMAT, IS_BODY_WANTED, MEDIA_TYPES
from api.http.encodings import CODERS, SMALLEST_BODY, Coder, coding_accepted
from api.http.gate import Refusal
from api.http.problems import PROBLEM_JSON, ProblemError, problem_document
from api.http.response_cache import CACHE_CONTROL, KeptAnswer, KeptAnswers, holds
from api.lists.export_queue import SlowReaderError
from api.settings import ApiSettings

logger = logging.getLogger("filmoteca.api")

Headers = list[tuple[bytes, bytes]]

_SUFFIX = re.compile(rf"(/v1/.+)\.({'|'.join(MEDIA_TYPES)})")
_CODED_ALREADY = b"parquet"
CODED_IN_A_THREAD = 128 * 2**10
"""Bytes above which coding takes milliseconds, in which others would have to wait."""
_VARY = b"accept, accept-encoding"
_SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""What browsers are told of every answer that does not say otherwise: a page may load things, its router says which."""
NO_OPERATION = "none"
"""What an answer that no operation gave is counted under."""

Told = Callable[[logs.Answer], object]

SECONDS_TO_TAKE_A_PIECE = 60.0
"""How long the reader of a file may take for one piece of it, of 3 MB or less, while the rest waits."""


class Edge:
    """An ASGI application around another: every answer it gives comes whole from one build of the warehouse."""

    def __init__(self, inner: ASGIApp, snapshots: SnapshotManager, choices: ApiSettings, told: Told | None) -> None:
        """`told` hears of every answer."""
        self._inner = inner
        self._snapshots = snapshots
        self._gate = choices.gate
        self._told = told
        self._is_logged = choices.access_log
        self._body_seconds = choices.body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what is kept, or let the inner application answer."""
        if scope["type"] != ScopeType.HTTP:
            await self._inner(scope, receive, send)
            return
        begun = time.perf_counter()
        method = scope["method"]
        with self._snapshots.pin() as build:
            answering = _Answering(scope, send, build)
            try:
                if refusal := self._refusal(scope, answering):
                    await answering.send_refusal(refusal)
                elif kept := await answering.kept():
                    await answering.send_kept(kept)
                else:
                    await self._ask(scope, receive, answering)
            finally:
                seconds = time.perf_counter() - begun
                answer = logs.Answer(answering.operation, method, answering.status, seconds, answering.is_kept)
                if self._told:
                    self._told(answer)
                if self._is_logged:
                    logs.note(answering.identity, answer)

    def _refusal(self, scope: HTTPScope, answering: "_Answering") -> Refusal | None:
        client = scope["client"]
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        return self._gate.refusal(scope["path"], hosts, client[0] if client else "")

    async def _ask(self, scope: HTTPScope, receive: Receive, answering: "_Answering") -> None:
        """Let the inner application answer."""
        scope["state"][SNAPSHOT] = answering.build
        scope["state"][IS_BODY_WANTED] = not (answering.is_head or answering.is_held)
        identity = answering.identity
        scope["state"][logs.REQUEST_ID] = identity.request_id
        before = logs.current.set(identity)
        _prepare(scope)
        answering.let_others_wait()
        try:
            await self._inner(scope, _in_time(receive, self._body_seconds), answering.send)
        except Exception as error:
            if _is_of_a_slow_reader(error):  # the end is missing, so the server cuts the connection
                logger.warning("%s is broken off: whoever asked reads it too slowly", scope["path"])
                return
            if not answering.is_announced:
                raise
            # A file that could not be begun; what it would have been is not sent yet.
            logger.exception("%s failed", scope["path"])
            await answering.send_failure()
        finally:
            answering.let_nobody_wait()
            logs.current.reset(before)


def _prepare(scope: HTTPScope) -> None:
    """Make a HEAD a GET, and take the suffix off the path."""
    if scope["method"] == "HEAD":
        scope["method"] = "GET"
    if scope["path"].startswith("//"):  # a link to it would lead to another host
        scope["path"] = "/" + scope["path"].lstrip("/")
        scope["raw_path"] = b"/" + scope["raw_path"].lstrip(b"/")
    if suffixed := _SUFFIX.fullmatch(scope["path"]):
        scope["path"], scope["state"][FORMAT] = suffixed.groups()


def _in_time(receive: Receive, seconds: float) -> Receive:
    """The same, but raises ProblemError 408 when a body has not come whole in so many seconds."""
    deadline = asyncio.get_running_loop().time() + seconds
    is_whole = False

    async def receive_in_time() -> Any:
        nonlocal is_whole
        if is_whole:  # what comes now is the news that whoever asked has left
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise ProblemError(
                HTTPStatus.REQUEST_TIMEOUT, f"The request's body did not come whole within {seconds:g} s."
            ) from None
        is_whole = not message.get("more_body")
        return message

    return receive_in_time


def _is_of_a_slow_reader(error: BaseException | None) -> bool:
    """Litestar raises what a stream raises in a group, and the group as the cause of an error of its own."""
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_of_a_slow_reader, error.exceptions))
    return isinstance(error, SlowReaderError) or (error is not None and _is_of_a_slow_reader(error.__cause__))


def _with_head(allowed: bytes) -> bytes:
    return allowed + b", HEAD" if b"GET" in allowed else allowed


async def _coded(coder: Coder, piece: bytes, *, is_last: bool) -> bytes:
    """A piece coded, in a thread if it is long."""

    def code() -> bytes:
        return (coder.code(piece) if piece else b"") + (coder.finish() if is_last else b"")

    return await sync_to_thread(code) if len(piece) > CODED_IN_A_THREAD else code()


class _Answering:
    """One answer on its way out."""

    def __init__(self, scope: HTTPScope, out: Send, build: Snapshot) -> None:
        self.asked = asked = dict(scope["headers"])
        self.build = build
        self._answers = build.resource(KeptAnswers)
        self._scope, self._out = scope, out
        self.request_id = logs.request_id_of(asked.get(b"x-request-id"))
        self.status = 0
        """Of the answer; 0 before it goes out."""
        self.is_kept = False
        """Whether the answer was made before."""
        self._kept_by = NO_OPERATION
        self.is_head = scope["method"] == "HEAD"
        self._is_get = self.is_head or scope["method"] == "GET"
        self.is_held = holds(asked.get(b"if-none-match", b"").decode("latin-1"), build.etag)
        self._coding = coding_accepted(asked.get(b"accept-encoding", b"").decode("latin-1"))
        self._question = (
            scope["raw_path"],
            scope["query_string"],
            asked.get(b"accept"),
            asked.get(b"origin"),
            self._coding,
        )
        # Where some sites may read answers, what one of them is told is not what everybody else is told.
        self._vary = (b"vary", _VARY + b", origin" if scope["litestar_app"].cors_config else _VARY)
        self._start: HTTPResponseStartEvent | None = None
        self._coder: Coder | None = None
        self._is_out = False
        """Whether any of it has gone out."""
        self._is_awaited = False
        """Whether who asks the same waits for this answer."""

    async def kept(self) -> KeptAnswer | None:
        """The answer that was given to the same question before, or is being made for somebody else, if it is kept."""
        return await self._answers.awaited(self._question) if self._is_get else None

    def let_others_wait(self) -> None:
        """From now on who asks the same waits for this answer, if it may be kept."""
        if self._is_get and not (self.is_head or self.is_held):
            self._is_awaited = self._answers.begin(self._question)

    def let_nobody_wait(self) -> None:
        """Others have this answer now, or ask for themselves."""
        if self._is_awaited:
            self._is_awaited = False
            self._answers.end(self._question)

    async def send(self, message: Message) -> None:
        """Send on what the inner application sends."""
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body" and self._start:
            if message["more_body"] or self._is_out:
                await self._send_piece(self._start, message)
            else:
                await self._send_all(self._start, message["body"])
        else:
            await self._out(message)

    @property
    def identity(self) -> logs.Identity:
        """What the log calls the request."""
        return logs.Identity(self.request_id.decode(), self.build.build_id)

    @property
    def operation(self) -> str:
        """Which operation gave the answer: its id, or the pattern of its path where it has none."""
        if self.is_kept:
            return self._kept_by
        if (handler := self._scope.get("route_handler")) is None:
            return NO_OPERATION
        is_known = getattr(handler, "resolve_include_in_schema", bool)()
        return str(handler.handler_name if is_known else self._scope.get("path_template", NO_OPERATION))

    @property
    def is_announced(self) -> bool:
        """Whether an answer is announced of which nothing has gone out."""
        return self._start is not None and not self._is_out

    async def send_failure(self) -> None:
        """Send a problem document in the place of what was announced."""
        await self.send_refusal(Refusal(HTTPStatus.INTERNAL_SERVER_ERROR))

    async def send_refusal(self, refusal: Refusal) -> None:
        """Send a problem document without asking the application."""
        body = problem_document(
            self._scope["raw_path"], self.request_id.decode(), refusal.status, refusal.detail or None
        )
        length = str(len(body)).encode()
        headers = [(b"content-type", PROBLEM_JSON.encode()), (b"content-length", length), *_SAFE, *refusal.headers]
        await self._send_whole(refusal.status, headers, body)

    async def send_kept(self, kept: KeptAnswer) -> None:
        """Send an answer that was made before."""
        self.is_kept, self._kept_by = True, kept.operation
        await self._send_good(kept)

    async def _send_good(self, kept: KeptAnswer) -> None:
        """Send an answer of the build, or 304 if whoever asks holds it already."""
        if self.is_held:
            headers = [header for header in kept.headers if not header[0].startswith(b"content-")]
            await self._send_whole(HTTPStatus.NOT_MODIFIED, headers, b"")
        else:
            await self._send_whole(HTTPStatus.OK, kept.headers, kept.body)

    async def _send_whole(self, status: int, headers: Headers, body: bytes) -> None:
        await self._send_start(status, headers)
        await self._send_body(body)

    async def _send_start(self, status: int, headers: Headers) -> None:
        self._is_out = True
        self.status = status
        headers = [*headers, (b"x-request-id", self.request_id)]
        await self._out({"type": "http.response.start", "status": status, "headers": headers})

    async def _send_all(self, start: HTTPResponseStartEvent, body: bytes) -> None:
        headers = self._headers(start, is_long=len(body) >= SMALLEST_BODY)
        if self._coder:
            body = await _coded(self._coder, body, is_last=True)
        if body:
            headers.append((b"content-length", str(len(body)).encode()))
        is_good = self._holds_as_long_as_the_build(start)
        answer = KeptAnswer(headers, body, self.operation)
        if is_good and body:
            self._answers.keep(self._question, answer)
        self.let_nobody_wait()
        if is_good:
            await self._send_good(answer)
        else:
            await self._send_whole(start["status"], headers, body)

    async def _send_piece(self, start: HTTPResponseStartEvent, message: HTTPResponseBodyEvent) -> None:
        """Send on a piece of a body that comes in pieces, at the pace of its reader."""
        self.let_nobody_wait()
        if not self._is_out:
            await self._send_start(start["status"], self._headers(start, is_long=True))
        piece, is_last = message["body"], not message["more_body"]
        if self._coder:
            piece = await _coded(self._coder, piece, is_last=is_last)
        try:
            async with asyncio.timeout(SECONDS_TO_TAKE_A_PIECE):
                await self._send_body(piece, more_body=not is_last)
        except TimeoutError:
            raise SlowReaderError from None

    async def _send_body(self, body: bytes, *, more_body: bool = False) -> None:
        body = b"" if self.is_head else body
        await self._out({"type": "http.response.body", "body": body, "more_body": more_body})

    def _headers(self, start: HTTPResponseStartEvent, *, is_long: bool) -> Headers:
        """The inner application's headers, with the build, how long the answer holds, and the coding of a long body."""
        headers = [header for header in start["headers"] if header[0] != b"content-length"]
        headers = [(name, _with_head(value) if name == b"allow" else value) for name, value in headers]
        headers += [(b"filmoteca-build", self.build.build_id.encode()), self._vary]
        said = {name for name, _ in headers}
        headers += [header for header in _SAFE if header[0] not in said]
        if self._holds_as_long_as_the_build(start):
            headers += [(b"etag", self.build.etag.encode()), (b"cache-control", CACHE_CONTROL)]
        if is_long and self._coding and _CODED_ALREADY not in dict(headers).get(b"content-type", b""):
            self._coder = CODERS[self._coding]()
            headers.append((b"content-encoding", self._coding.encode()))
        return headers

    def _holds_as_long_as_the_build(self, start: HTTPResponseStartEvent) -> bool:
        """Whether the answer is good, unless its operation says for itself how long it may be kept."""
        is_said = any(name == b"cache-control" for name, _ in start["headers"])
        return self._is_get and start["status"] == HTTPStatus.OK and not is_said
