"""Living with the file: the service answers from one build of the warehouse and moves to the next while it runs.

A build is published by renaming it over the old file, so the old one stays whole for whoever has it open. Each
request pins the build that it began with; a build that was replaced is closed once its last request is done.
A file that is overwritten in place, as `cp` does it, breaks the old build and cannot be survived.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import duckdb
import msgspec
from litestar.types import Scope
from msgspec import Meta

from api.db.queries import Queries, UnboundQueryError
from api.db.query_timeout import Watch
from api.http.response_cache import KEPT_BYTES, KeptAnswers, entity_tag
from api.sandbox.sandbox import Sandbox
from api.sandbox.settings import SqlSettings
from api.v1.search.index import SearchIndex
from recommender.index import RecommenderIndex
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError, open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

THREADS = 1
"""Questions are short and come from many threads: one DuckDB thread each keeps them from waiting for another."""
MEMORY_LIMIT = "256MB"
"""Of the engine, unless a setting says otherwise. While one build replaces another, both are open, each with this much
at most and the words of the search and the vectors of the films beside it."""

SECONDS_TO_STOP = 5.0
"""How long a look at the file may take to end: a file system that hangs must not keep the service from ending."""

SECONDS_BETWEEN_LOOKS = 0.25
SECONDS_BEFORE_A_REFUSED_FILE_IS_TRIED_AGAIN = 10.0
"""What kept it from being opened may be gone though it looks the same: permissions, a program that wrote to it."""

PINNED_BUILD = "pinned_build"
"""The key of a request's state under which its build is kept."""

logger = logging.getLogger("filmoteca.api")

Signature = tuple[int, int, int, int]

_answerable: set[str] = set()
"""Catalogs of which every query of the service can be asked. To find out takes half a second, so it is done once."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """The file that stands at the published path is not used."""

    reason: Annotated[
        str,
        Meta(
            description="What is wrong with it.",
            examples=["movies.duckdb is not a DuckDB file; expected: a file made by `make build`"],
        ),
    ]
    since: Annotated[datetime, Meta(description="When it was first found so, in UTC.")]


@dataclass(frozen=True, slots=True)
class Means:
    """What a build may take to answer."""

    sql: SqlSettings = field(default_factory=SqlSettings)
    memory_limit: str = MEMORY_LIMIT
    kept_bytes: int = KEPT_BYTES
    query_seconds: float = 30
    told: Callable[[str, float], object] = lambda name, seconds: None
    """Is told of each query of the service: its name and seconds."""


class Build:
    """One whole build of the warehouse, open to be asked.

    What else belongs to it is closed with it.
    """

    def __init__(self, path: Path, means: Means) -> None:
        """Open the file that stands at the path and check that every query of the service can be asked of it.

        Raises WarehouseUnavailableError with what is wrong with it.
        """
        with ExitStack() as resources:
            connection = open_read_only(path, memory_limit=means.memory_limit, threads=THREADS)
            self.queries = Queries(connection, watch=Watch(means.query_seconds, means.told))
            resources.callback(self.queries.close)
            _check_answerable(connection, self.queries, path)
            (row,) = self.queries.rows("ready")
            self.build_id, self.built_at = str(row["build_id"]), datetime.fromisoformat(row["built_at"])
            self.etag = entity_tag(self.build_id)
            self.search_index = SearchIndex(self.queries)
            self.recommender = RecommenderIndex(connection)
            self.answers = KeptAnswers(means.kept_bytes)
            self.sandbox = Sandbox(path, self.build_id, means.sql)
            resources.callback(self.sandbox.close)
            self.resources = resources.pop_all()


class Warehouse:
    """The build that the service answers from; a thread of its own looks for a newer one."""

    def __init__(self, settings: Settings, means: Means | None = None) -> None:
        """Open what is published. Raises WarehouseUnavailableError when that is no warehouse of this version."""
        self._path = settings.published_file
        self._means = means or Means()
        self._lock = threading.Lock()
        self._pins: dict[Build, int] = {}
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="warehouse watcher", daemon=True)
        self._answering = _signature(self._path)  # before it is opened: a change meanwhile is seen at the next look
        self._current = Build(self._path, self._means)
        self._pins[self._current] = 0
        self._refused: Signature | None = None
        self._try_again_at = 0.0
        self.swaps = 0
        """Builds that replaced another one."""
        self.refusal: Refusal | None = None
        """Why the file that stands there now does not answer; None if it does."""

    @contextmanager
    def pinned(self) -> Iterator[Build]:
        """The current build, which stays open at least as long as the context."""
        with self._lock:
            build = self._current
            self._pins[build] += 1
        try:
            yield build
        finally:
            with self._lock:
                self._pins[build] -= 1

    def start(self) -> None:
        """Begin to watch the file."""
        self._watcher.start()

    def stop(self) -> None:
        """Watch no more, and close what nobody has pinned."""
        self._stopped.set()
        if self._watcher.is_alive():
            self._watcher.join(SECONDS_TO_STOP)
        self._close_unpinned(but=None)

    def look(self) -> None:
        """Take up the file that stands at the path if it is another than the one that answers, or say why not."""
        found = _signature(self._path)
        if found == self._answering:
            if self.refusal:
                logger.info("the file of build %s is back", self._current.build_id)
            self._refused = self.refusal = None
        elif found != self._refused or self.refusal is None or time.monotonic() >= self._try_again_at:
            self._take_up(found)
        self._close_unpinned(but=self._current)

    def _watch(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            self.look()

    def _take_up(self, found: Signature | None) -> None:
        try:
            build = Build(self._path, self._means)
        except Exception as error:
            if _signature(self._path) == found:
                self._refuse(found, error)
            return
        if _signature(self._path) != found:  # replaced while it was opened: which file is it? The next look tells.
            build.resources.close()
            return
        logger.info("build %s of %s replaces build %s", build.build_id, build.built_at, self._current.build_id)
        with self._lock:
            self._pins[build] = 0
            self._current = build
            self.swaps += 1
        self._answering, self._refused, self.refusal = found, None, None

    def _refuse(self, found: Signature | None, error: Exception) -> None:
        self._refused = found
        self._try_again_at = time.monotonic() + SECONDS_BEFORE_A_REFUSED_FILE_IS_TRIED_AGAIN
        reason = _without_folders(error, self._path)
        if self.refusal and self.refusal.reason == reason:
            return
        self.refusal = Refusal(reason=reason, since=datetime.now(UTC))
        logger.error("%s; build %s goes on answering", reason, self._current.build_id)

    def _close_unpinned(self, but: Build | None) -> None:
        with self._lock:
            unpinned = [build for build, pins in self._pins.items() if pins == 0 and build is not but]
            for build in unpinned:
                del self._pins[build]
        for build in unpinned:
            build.resources.close()


def pinned_build(scope: Scope) -> Build:
    """The build that the request of this scope is answered from."""
    build: Build = scope["state"][PINNED_BUILD]
    return build


def pinned_queries(scope: Scope) -> Queries:
    """The queries of that build (a litestar dependency)."""
    return pinned_build(scope).queries


def pinned_search_index(scope: Scope) -> SearchIndex:
    """The words of that build's names (a litestar dependency)."""
    return pinned_build(scope).search_index


def pinned_recommender(scope: Scope) -> RecommenderIndex:
    """The trained model of that build (a litestar dependency)."""
    return pinned_build(scope).recommender


def pinned_sandbox(scope: Scope) -> Sandbox:
    """The sandbox of that build (a litestar dependency)."""
    return pinned_build(scope).sandbox


def _catalog(connection: duckdb.DuckDBPyConnection) -> str:
    """All that a query may name: each table with its columns and types, each macro with its text."""
    [(catalog,)] = connection.execute(
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
    return str(catalog)


def check_published(path: Path) -> None:
    """Raise WarehouseUnavailableError when the file that stands at the path is no whole warehouse of this version."""
    with open_read_only(path, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        _check_complete(connection, path)


def _check_complete(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    if problems := missing_tables(connection):
        raise WarehouseUnavailableError(f"{path} is no whole warehouse ({problems[0]}); {REBUILD}")


def _check_answerable(connection: duckdb.DuckDBPyConnection, queries: Queries, path: Path) -> None:
    if (catalog := _catalog(connection)) in _answerable:
        return
    _check_complete(connection, path)
    try:
        queries.check()
    except UnboundQueryError as error:
        raise WarehouseUnavailableError(
            f"{path} cannot answer the query {error.name} ({error.reason}); {REBUILD}"
        ) from error
    _answerable.add(catalog)


def _signature(path: Path) -> Signature | None:
    """What tells a file from the next one at its path; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _without_folders(error: Exception, path: Path) -> str:
    """The error's sentence, the file by its name alone: who asks over HTTP need not know where it stands."""
    if not isinstance(error, FilmotecaError):
        logger.error("%s cannot be taken up", path, exc_info=error)
        return f"{path.name} cannot be read ({type(error).__name__})"
    return str(error).replace(f"{path.parent}/", "")
