"""The outermost middleware: creates the context of each request and reports its response."""

import re
import time
from collections.abc import Iterable, Sequence
from random import getrandbits
from typing import Protocol
from zlib import crc32

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.http.access_log import OnResponse, ResponseRecord, operation_name
from api.http.context import RequestContext, Snapshot, request_context

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""Strict defaults for JSON and files; web pages have their own policy."""

_REQUEST_ID = re.compile(rb"[0-9A-Za-z._:@/+=-]{1,128}")


class SnapshotLease(Protocol):
    """Keeps a snapshot open as long as something refers to the lease."""

    @property
    def snapshot(self) -> Snapshot: ...


class SnapshotSource(Protocol):
    """Has the lease of the current snapshot."""

    @property
    def current(self) -> SnapshotLease: ...


class RequestMiddleware:
    """Creates the context of each request with the current snapshot; adds headers to every response and reports it.

    The client, or a proxy, can choose the request id with the header `X-Request-ID`. A format suffix such as `.csv`
    moves from the path to the context.
    """

    def __init__(
        self,
        app: ASGIApp,
        snapshots: SnapshotSource,
        on_response: Sequence[OnResponse] = (),
        formats: Iterable[str] = (),
        prefix: str = "/v1/",
    ) -> None:
        """Initialize the middleware.

        Args:
            app: The next application.
            snapshots: Has the lease of the current snapshot.
            on_response: Called after each response.
            formats: The formats that are path suffixes, without the dot.
            prefix: The prefix of paths that may have a suffix.
        """
        self._app = app
        self._snapshots = snapshots
        self._on_response = on_response
        self._suffixed_path = re.compile(rf"({re.escape(prefix)}.+)\.({'|'.join(formats)})")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        start, method, status = time.perf_counter(), scope["method"], 0
        headers = dict(reversed([*scope["headers"]]))
        request_id = headers.get(b"x-request-id", b"")
        if not _REQUEST_ID.fullmatch(request_id):
            request_id = b"%016x" % getrandbits(64)
        if scope["path"].startswith("//"):  # as the target of a link or redirect, //x would be another host
            scope["path"] = "/" + scope["path"].lstrip("/")
            scope["raw_path"] = b"/" + scope["raw_path"].lstrip(b"/")
        match = self._suffixed_path.fullmatch(scope["path"])
        scope["path"], format_ = match.groups() if match else (scope["path"], None)

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status, present = message["status"], dict(message["headers"])
                missing = [header for header in SECURITY_HEADERS if header[0] not in present]
                message["headers"] = [*message["headers"], *own_headers, *missing]
            await send(message)

        lease = self._snapshots.current  # until the end of the request
        snapshot = lease.snapshot
        own_headers = ((b"filmoteca-build", snapshot.build_id.encode()), (b"x-request-id", request_id))
        context = RequestContext(
            snapshot=snapshot,
            etag=f'W/"{snapshot.build_id}-{crc32(scope["raw_path"] + b"?" + scope["query_string"]):08x}"',
            request_id=request_id.decode(),
            started_at=start,
            headers=headers,
            format=format_,
        )
        token = request_context.set(context)
        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            cached_operation = request_context.get().cached_operation
            operation, is_cached = cached_operation or operation_name(scope), cached_operation is not None
            record = ResponseRecord(operation, method, status, time.perf_counter() - start, is_cached)
            for callback in self._on_response:
                callback(record)
            request_context.reset(token)
