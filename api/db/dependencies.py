"""Litestar dependencies of a request's snapshot."""

from collections.abc import Callable
from typing import Any

from litestar.di import Provide

from api.db.snapshots import Snapshot
from api.http.context import request_context


def get_snapshot() -> Snapshot:
    """Return the snapshot of the current request."""
    snapshot: Snapshot = request_context.get().snapshot
    return snapshot


def provide(select: Callable[[Snapshot], Any]) -> Provide:
    """Return the dependency that a function selects from the request's snapshot."""
    return Provide(lambda: select(request_context.get().snapshot), sync_to_thread=False)
