"""Litestar dependencies of a request's snapshot."""

from typing import Any

from litestar.di import Provide

from api.db.queries import Queries
from api.db.snapshots import Resource, Snapshot
from api.http.context import request_context


def get_snapshot() -> Snapshot:
    """Return the snapshot that the current request is pinned to."""
    snapshot: Snapshot = request_context.get().snapshot
    return snapshot


def get_queries() -> Queries:
    """Return the queries of the current request's snapshot."""
    queries: Queries = request_context.get().snapshot.queries
    return queries


def provide_resource(kind: type[Resource]) -> Provide:
    """Return a dependency for a resource of the request's snapshot."""

    def get_resource() -> Any:
        return request_context.get().snapshot.resource(kind)

    return Provide(get_resource, sync_to_thread=False)
