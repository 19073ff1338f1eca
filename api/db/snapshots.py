"""Snapshots of published builds, opened read-only, and their hot swapping.

A build is published with an atomic rename, so readers of the old file can finish. Each request holds a lease of one
snapshot; a replaced snapshot is closed after its last request. Overwriting the published file in place, for example
with `cp`, damages the open snapshot and is not supported.
"""

import logging
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import duckdb
import msgspec
from msgspec import Meta

from api.db.queries import DEFAULT_TIMEOUT_SECONDS, OnQuery, Queries
from api.http.examples import described
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError, open_read_only
from warehouse.errors import FilmotecaError

THREADS = 1
"""DuckDB threads of a snapshot. Queries are short and run concurrently, so each one gets a single thread."""
MEMORY_LIMIT = "256MB"
"""Default memory limit of DuckDB. During a reload, the old and the new snapshot can both use this much."""
POLL_SECONDS = 0.25
"""Seconds between two polls of the published file."""
RETRY_SECONDS = 10.0
"""Seconds before an unusable file is tried again although it did not change: its permissions may have been fixed."""
SHUTDOWN_SECONDS = 5.0
"""Seconds to wait for the poller on shutdown, in case the file system hangs."""

logger = logging.getLogger("filmoteca.api")

_compatible_catalogs: set[str] = set()
"""The catalogs that passed the check, which takes half a second: most builds have the same catalog."""

Resource = TypeVar("Resource")
FileSignature = tuple[int, int, int, int]
"""Device, inode, modification time in nanoseconds and size of a file."""


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
        """Open the file and create each class of resource. Raises WarehouseUnavailableError if it is not usable.

        Resources with a `close` method are closed with the snapshot.
        """
        with ExitStack() as stack:
            connection = open_read_only(path, memory_limit=memory_limit, threads=THREADS)
            self.path = path
            self.queries = Queries(connection, timeout_seconds=query_seconds, on_query=on_query)
            stack.callback(self.queries.close)
            _check_compatible(self.queries, path)
            (row,) = self.queries.rows("ready")
            self.build_id, self.built_at = str(row["build_id"]), datetime.fromisoformat(row["built_at"])
            self.movie_count: int = row["movie_count"]
            self._source_names, self._missing_columns = (
                frozenset(row["source_names"]),
                frozenset(row["missing_columns"]),
            )
            self._resources: dict[type[Any], Any] = {}
            for kind, create in (resources or {}).items():
                self._resources[kind] = resource = create(self)
                if hasattr(resource, "close"):
                    stack.callback(resource.close)
            self.close = stack.pop_all().close
            """Closes the resources, the cursors and the connection."""

    def resource(self, kind: type[Resource]) -> Resource:
        """Return the resource of this class."""
        resource: Resource = self._resources[kind]
        return resource

    def has_column(self, name: str) -> bool:
        """Return whether the raw files had a column, such as `movies.budget`."""
        return name.partition(".")[0] in self._source_names and name not in self._missing_columns


class SnapshotLease:
    """Keeps a snapshot open as long as something refers to the lease."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot


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


class LoadFailure(msgspec.Struct, frozen=True, kw_only=True):
    """Why the published file is not used."""

    reason: Annotated[
        str,
        described(
            "What is wrong with the file.", "movies.duckdb is not a DuckDB file; expected: a file made by `make build`"
        ),
    ]
    since: Annotated[datetime, Meta(description="When the problem was first found, in UTC.")]


class SnapshotManager:
    """Holds the current snapshot and replaces it when a new build is published."""

    def __init__(self, path: Path, open_snapshot: Callable[[Path], Snapshot] = Snapshot) -> None:
        """Open the published file. Raises WarehouseUnavailableError if this version cannot use it."""
        self._path = path
        self._open_snapshot = open_snapshot
        self._stopped = threading.Event()
        self._poller = threading.Thread(target=self._run, name="warehouse poller", daemon=True)
        self._tried = _read_signature(path)
        """The signature of the file that was last opened; None if there was none."""
        self._retry_at = 0.0
        self._released: deque[Callable[[], None]] = deque()
        """Closes the snapshots whose leases have ended."""
        self.current = self._open()
        """The lease of the snapshot of new requests."""
        self.reload_count = 0
        self.load_failure: LoadFailure | None = None
        """Why the published file is not used; None if it is the current snapshot."""

    def start(self) -> None:
        """Start polling the published file."""
        self._poller.start()

    def stop(self) -> None:
        """Stop polling and close every snapshot that is not in use."""
        self._stopped.set()
        if self._poller.is_alive():
            self._poller.join(SHUTDOWN_SECONDS)
        del self.current
        self._close_released()

    def poll(self) -> None:
        """Reload the published file if it changed, and close the old snapshots that are no longer in use."""
        found = _read_signature(self._path)
        if found != self._tried or (self.load_failure and time.monotonic() >= self._retry_at):
            self._reload(found)
        self._close_released()

    def _run(self) -> None:
        while not self._stopped.wait(POLL_SECONDS):
            self.poll()

    def _reload(self, found: FileSignature | None) -> None:
        try:
            lease = self._open()
        except Exception as error:
            if _read_signature(self._path) == found:
                self._tried = found
                self._record_failure(_describe_error(error, self._path))
            return
        if _read_signature(self._path) != found:  # replaced while it was opened: leave it to the next poll
            return
        new, old = lease.snapshot, self.current.snapshot
        logger.info("build %s of %s replaces build %s", new.build_id, new.built_at, old.build_id)
        self.current = lease
        self.reload_count += 1
        self._tried, self.load_failure = found, None

    def _record_failure(self, reason: str) -> None:
        self._retry_at = time.monotonic() + RETRY_SECONDS
        if self.load_failure is None or self.load_failure.reason != reason:
            self.load_failure = LoadFailure(reason=reason, since=datetime.now(UTC))
            logger.error("%s; build %s stays in use", reason, self.current.snapshot.build_id)

    def _open(self) -> SnapshotLease:
        lease = SnapshotLease(self._open_snapshot(self._path))
        # Closing takes time, and a lease can end in the event loop: leave it to the poller.
        weakref.finalize(lease, self._released.append, lease.snapshot.close)
        return lease

    def _close_released(self) -> None:
        while self._released:
            self._released.popleft()()


def _read_signature(path: Path) -> FileSignature | None:
    """Return the signature of a file, which differs between builds; None if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _describe_error(error: Exception, path: Path) -> str:
    """Return the error as text without the folder of the file, which HTTP clients should not see."""
    if not isinstance(error, FilmotecaError):
        logger.error("%s cannot be loaded", path, exc_info=error)
        return f"{path.name} cannot be read ({type(error).__name__})"
    return str(error).replace(f"{path.parent}/", "")
