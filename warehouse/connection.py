"""Read-only connections to the published warehouse."""

from itertools import count
from pathlib import Path

import duckdb

from warehouse.errors import FilmotecaError
from warehouse.settings import project_version

MAX_LATE_MATERIALIZED_ROWS = 1100
"""Largest `limit` for which DuckDB sorts narrow columns first and reads the others for the remaining rows only."""
REBUILD = "run `make build` to create a new one"

_HEADER_BYTES = 3 * 4096
"""Size of a DuckDB file's headers: one main header and two database headers."""
_counter = count(1)


class WarehouseUnavailableError(FilmotecaError):
    """A warehouse that does not exist or that this version cannot read."""


def open_read_only(path: Path, *, memory_limit: str = "512MB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Open a published warehouse so that no query can write, read other files or change these settings.

    Each call opens the file that currently exists at the path, even if this process still has an older one open. Use
    `.cursor()` for other threads. A query that exceeds the memory limit fails instead of spilling to disk.

    Raises:
        WarehouseUnavailableError: The file is missing, truncated, not a DuckDB file or of another version. Overwriting
            a file in place while it is open is not detected.
    """
    if not path.exists():
        raise WarehouseUnavailableError(f"there is no warehouse at {path}: run `make build` first")
    if not path.is_file():
        raise WarehouseUnavailableError(f"{path} is {'a folder' if path.is_dir() else 'not a regular file'}; {REBUILD}")
    try:
        connection = duckdb.connect(
            _unique_spelling(path),
            read_only=True,
            config={
                "memory_limit": memory_limit,
                "threads": threads,
                "temp_directory": "",
                "late_materialization_max_rows": MAX_LATE_MATERIALIZED_ROWS,
            },
        )
    except duckdb.Error as error:
        raise WarehouseUnavailableError(_describe(path, error)) from None
    try:
        _restrict(connection)
        _check_complete(connection, path)
        _check_version(connection, path)
    except duckdb.Error as error:  # in a truncated file, the metadata may be what is missing
        connection.close()
        raise WarehouseUnavailableError(_describe(path, error)) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _unique_spelling(path: Path) -> str:
    """Return a spelling of the path that this process has not used yet.

    DuckDB caches open databases by the spelling of their path and would return the old file. It normalizes spellings
    first, except for those with a prefix for the type of database.
    """
    path = path.absolute()
    return f"duckdb:{path.parent}/{next(_counter)}/../{path.name}"


def _restrict(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("set enable_external_access = false")
    # Otherwise the file itself and its write-ahead log stay writable: `copy … to 'movies.duckdb.wal'`.
    connection.execute("set disabled_filesystems = 'LocalFileSystem'")
    connection.execute("set lock_configuration = true")


def _check_complete(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    [(block_bytes, blocks)] = connection.execute(
        "select block_size, total_blocks from pragma_database_size() where database_name = current_database()"
    ).fetchall()
    if (size := path.stat().st_size) >= _HEADER_BYTES + blocks * block_bytes:
        return
    # Free blocks at the end may never have been written, so only used blocks count.
    expected = _HEADER_BYTES + (_last_used_block(connection) + 1) * block_bytes
    if size < expected:
        raise WarehouseUnavailableError(f"{path} is truncated ({size:,} of {expected:,} bytes); {REBUILD}")


def _last_used_block(connection: duckdb.DuckDBPyConnection) -> int:
    [(last,)] = connection.execute("select max(block_id) from pragma_metadata_info()").fetchall()
    tables = connection.execute(
        """
        select format('"{}"."{}"', schema_name, table_name) from duckdb_tables()
        where database_name = current_database()
        """
    ).fetchall()
    for (table,) in tables:
        [(last_of_table,)] = connection.execute(
            "select max(greatest(block_id, list_max(additional_block_ids))) from pragma_storage_info(?)", [table]
        ).fetchall()
        last = max(last, last_of_table if last_of_table is not None else -1)
    return int(last)


def _describe(path: Path, error: duckdb.Error) -> str:
    message = str(error).splitlines()[0]
    if "not a valid DuckDB database file" in message:
        return f"{path} is not a DuckDB file; {REBUILD}"
    if "version number" in message or "storage version" in message:
        return f"{path} was written by another version of DuckDB (this is {duckdb.__version__}); {REBUILD}"
    if "Could not set lock" in message:
        return f"{path} is open for writing in another program ({message}); close that program and try again"
    return f"{path} cannot be opened ({message}); {REBUILD}"


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        row = connection.execute("select filmoteca_version from quality.build_info").fetchone()
    except duckdb.CatalogException:
        row = None
    if row is None:
        raise WarehouseUnavailableError(f"{path} is a DuckDB file but not a complete warehouse; {REBUILD}")
    if row[0] != (version := project_version()):
        raise WarehouseUnavailableError(
            f"{path} was built by version {row[0]}, but this is version {version}; {REBUILD}"
        )
