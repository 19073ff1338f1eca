"""A snapshot: one published build of the warehouse, opened read-only."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from api.db.compatibility import check_compatible, check_complete
from api.db.queries import DEFAULT_TIMEOUT_SECONDS, OnQuery, Queries
from api.http.conditional_requests import entity_tag
from warehouse.connection import open_read_only

THREADS = 1
"""DuckDB threads of a snapshot. Queries are short and run concurrently, so each one gets a single thread."""
MEMORY_LIMIT = "256MB"
"""Default memory limit of DuckDB. During a reload, the old and the new snapshot can both use this much."""

Resource = TypeVar("Resource")


@dataclass(frozen=True, slots=True)
class SnapshotOptions:
    """The limits of a snapshot and the callbacks for its queries."""

    memory_limit: str = MEMORY_LIMIT
    query_seconds: float = DEFAULT_TIMEOUT_SECONDS
    on_query: Sequence[OnQuery] = ()


class Snapshot:
    """One build of the warehouse: its queries and the resources made from it, such as a search index."""

    def __init__(self, path: Path, options: SnapshotOptions, resources: "ResourceFactories") -> None:
        """Open the file and create the resources. Raises WarehouseUnavailableError if this version cannot use it."""
        with ExitStack() as stack:
            connection = open_read_only(path, memory_limit=options.memory_limit, threads=THREADS)
            self.path = path
            self.queries = Queries(connection, timeout_seconds=options.query_seconds, on_query=options.on_query)
            stack.callback(self.queries.close)
            check_compatible(self.queries, path)
            (row,) = self.queries.rows("ready")
            self.build_id, self.built_at = str(row["build_id"]), datetime.fromisoformat(row["built_at"])
            self.etag = entity_tag(self.build_id)
            self._resources: dict[type[Any], Any] = {}
            for kind, create in resources.items():
                self._resources[kind] = resource = create(self)
                if hasattr(resource, "close"):
                    stack.callback(resource.close)
            self._stack = stack.pop_all()

    def resource(self, kind: type[Resource]) -> Resource:
        """Return the resource of this class."""
        resource: Resource = self._resources[kind]
        return resource

    def close(self) -> None:
        """Close the resources, the cursors and the connection."""
        self._stack.close()


ResourceFactories = Mapping[type[Any], Callable[[Snapshot], Any]]
"""The function that creates each class of resource. Resources with a `close` method are closed with the snapshot."""


def check_published(path: Path) -> None:
    """Raise WarehouseUnavailableError if the published file is not a complete warehouse of this version."""
    with open_read_only(path, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        check_complete(connection, path)
