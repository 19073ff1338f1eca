"""Litestar dependencies of a request's snapshot."""

from typing import Any

from litestar.di import Provide
from litestar.types import Scope

from api.db.queries import Queries
from api.db.snapshots import Resource, Snapshot

SNAPSHOT = "snapshot"
"""Key of the snapshot in the state of a request."""


def get_snapshot(scope: Scope) -> Snapshot:
    """Return the snapshot that a request is pinned to."""
    snapshot: Snapshot = scope["state"][SNAPSHOT]
    return snapshot


def get_queries(scope: Scope) -> Queries:
    """Return the queries of a request's snapshot."""
    return get_snapshot(scope).queries


def provide_resource(kind: type[Resource]) -> Provide:
    """Return a dependency for a resource of the request's snapshot."""

    def get_resource(scope: Scope) -> Any:
        return get_snapshot(scope).resource(kind)

    return Provide(get_resource, sync_to_thread=False)
