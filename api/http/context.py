"""The context of the request that is being handled."""

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, Protocol

import msgspec


class Snapshot(Protocol):
    """The version of the data that a response is made from."""

    @property
    def build_id(self) -> str: ...


class RequestContext(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a request. Whoever learns more replaces it with `msgspec.structs.replace`."""

    snapshot: Any
    """The current Snapshot when the request arrived; packages above this one know its class."""
    etag: str
    """The ETag of a successful response, from the build and the URL; weak, because formats and encodings share it."""
    request_id: str
    started_at: float
    """Value of `time.perf_counter` when the request's headers arrived."""
    headers: Mapping[bytes, bytes]
    """By name, in lower case; the first value of a repeated header, as in Litestar."""
    format: str | None = None
    """The path suffix, such as `csv`; after content negotiation, the format of the response."""
    parameters: Any = None
    """The struct of query parameters that was parsed for the operation."""
    query_traces: list[Any] | None = None
    """The queries that were run so far; None if they are not recorded."""
    is_body_discarded: bool = False
    """Whether the client gets the headers only, so that a stream need not be produced."""
    cached_operation: str | None = None
    """The operation that produced a cached response; None unless the response comes from the cache."""


request_context: ContextVar[RequestContext] = ContextVar("request_context")


class RequestIdFilter(logging.Filter):
    """Adds `request_id` and `build_id` to the log records of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if context := request_context.get(None):
            record.request_id, record.build_id = context.request_id, context.snapshot.build_id
        return True
