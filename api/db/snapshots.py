"""A snapshot: one published build of the warehouse, opened read-only."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from api.db.queries import DEFAULT_TIMEOUT_SECONDS, OnQuery, Queries
from api.http.bodiless_responses import entity_tag
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError, open_read_only

THREADS = 1
"""DuckDB threads of a snapshot. Queries are short and run concurrently, so each one gets a single thread."""
MEMORY_LIMIT = "256MB"
"""Default memory limit of DuckDB. During a reload, the old and the new snapshot can both use this much."""

_compatible_catalogs: set[str] = set()
"""The catalogs that passed the check, which takes half a second: most builds have the same catalog."""

Resource = TypeVar("Resource")


class Snapshot:
    """One build of the warehouse: its queries and the resources made from it, such as a search index."""

    def __init__(
        self,
        path: Path,
        *,
        memory_limit: str = MEMORY_LIMIT,
        query_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        on_query: Sequence[OnQuery] = (),
        resources: "Mapping[type[Any], Callable[[Snapshot], Any]] | None" = None,
    ) -> None:
        """Open the file and create the resources. Raises WarehouseUnavailableError if this version cannot use it.

        Args:
            resources: The function that creates each class of resource. Those with a `close` method are closed with
                the snapshot.
        """
        with ExitStack() as stack:
            connection = open_read_only(path, memory_limit=memory_limit, threads=THREADS)
            self.path = path
            self.queries = Queries(connection, timeout_seconds=query_seconds, on_query=on_query)
            stack.callback(self.queries.close)
            _check_compatible(self.queries, path)
            (row,) = self.queries.rows("ready")
            self.build_id, self.built_at = str(row["build_id"]), datetime.fromisoformat(row["built_at"])
            self.etag = entity_tag(self.build_id)
            self._resources: dict[type[Any], Any] = {}
            for kind, create in (resources or {}).items():
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


def check_published(path: Path) -> None:
    """Raise WarehouseUnavailableError if the published file is not a complete warehouse of this version."""
    with open_read_only(path, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        _check_complete(connection, path)


def _check_complete(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    if problems := missing_tables(connection):
        raise WarehouseUnavailableError(f"{path} is not a complete warehouse ({problems[0]}); {REBUILD}")


def _check_compatible(queries: Queries, path: Path) -> None:
    """Raise WarehouseUnavailableError if a public table is missing or a query does not fit the tables."""
    [(catalog,)] = queries.connection.execute(
        """
        select string_agg(described, chr(10) order by described) from (
            select concat_ws(' ', schema_name, table_name, column_index, column_name, data_type) as described
            from duckdb_columns() where database_name = current_database()
            union all
            select concat_ws(' ', schema_name, function_name, parameters, macro_definition)
            from duckdb_functions() where database_name = current_database()
        )
        """
    ).fetchall()
    if catalog not in _compatible_catalogs:
        _check_complete(queries.connection, path)
        queries.check(path)
        _compatible_catalogs.add(catalog)
