"""The one read-only door to the published file."""

from itertools import count
from pathlib import Path

import duckdb

from warehouse.errors import FilmotecaError
from warehouse.settings import project_version

LARGEST_PAGE = 1100
"""Rows up to which `order by … limit` sorts narrow columns first and reads the wide ones of the rows that are left."""
REBUILD = "expected: a file made by `make build`"

_HEADER_BYTES = 3 * 4096
"""What a DuckDB file holds before its blocks: one main header and two database headers."""
_opened = count(1)


class WarehouseUnavailableError(FilmotecaError):
    """There is no warehouse that this version can read."""


def open_read_only(path: Path, *, memory_limit: str = "512MB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Opens a published warehouse so that no query can write, read other files or change these settings.

    The connection is for one thread at a time: others take `.cursor()`. Each call opens the file that stands at
    the path now, beside older builds that this process may still hold. A query that needs more than the memory
    limit fails: it may not spill to disk.

    Raises WarehouseUnavailableError when the file is missing, cut short, no DuckDB file or of another version.
    A file that is overwritten in place while it is open cannot be protected: its readers see the new bytes.
    """
    if not path.exists():
        raise WarehouseUnavailableError(f"there is no warehouse at {path}: run `make build` first")
    if not path.is_file():
        raise WarehouseUnavailableError(f"{path} is {'a folder' if path.is_dir() else 'no ordinary file'}; {REBUILD}")
    try:
        connection = duckdb.connect(
            _fresh_spelling(path),
            read_only=True,
            config={
                "memory_limit": memory_limit,
                "threads": threads,
                "temp_directory": "",
                "late_materialization_max_rows": LARGEST_PAGE,
            },
        )
    except duckdb.Error as error:
        raise WarehouseUnavailableError(_why_not(path, error)) from None
    try:
        _lock_in(connection)
        _check_whole(connection, path)
        _check_version(connection, path)
    except duckdb.Error as error:  # what says how long the file should be may be what is cut off
        connection.close()
        raise WarehouseUnavailableError(_why_not(path, error)) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _fresh_spelling(path: Path) -> str:
    """The path in a way that this process has not said before.

    DuckDB keeps one open database per spelling of a path, and hands the old file out as long as anybody holds it.
    It makes spellings alike first, but not those that begin with the kind of the database.
    """
    path = path.absolute()
    return f"duckdb:{path.parent}/{next(_opened)}/../{path.name}"


def _lock_in(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("set enable_external_access = false")
    # The file itself and its log of changes would still be allowed: `copy … to 'movies.duckdb.wal'`.
    connection.execute("set disabled_filesystems = 'LocalFileSystem'")
    connection.execute("set lock_configuration = true")


def _check_whole(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    [(block_bytes, blocks)] = connection.execute(
        "select block_size, total_blocks from pragma_database_size() where database_name = current_database()"
    ).fetchall()
    if (found := path.stat().st_size) >= _HEADER_BYTES + blocks * block_bytes:
        return
    # Free blocks at the end may never have been written: the last one that holds something decides.
    expected = _HEADER_BYTES + (_last_filled_block(connection) + 1) * block_bytes
    if found < expected:
        raise WarehouseUnavailableError(f"{path} is cut short ({found:,} of {expected:,} bytes); {REBUILD}")


def _last_filled_block(connection: duckdb.DuckDBPyConnection) -> int:
    [(last,)] = connection.execute("select max(block_id) from pragma_metadata_info()").fetchall()
    tables = connection.execute(
        """
        select format('"{}"."{}"', schema_name, table_name) from duckdb_tables()
        where database_name = current_database()
        """
    ).fetchall()
    for (table,) in tables:
        [(of_table,)] = connection.execute(
            "select max(greatest(block_id, list_max(additional_block_ids))) from pragma_storage_info(?)", [table]
        ).fetchall()
        last = max(last, of_table if of_table is not None else -1)
    return int(last)


def _why_not(path: Path, error: duckdb.Error) -> str:
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
        raise WarehouseUnavailableError(f"{path} is a DuckDB file but no finished warehouse; {REBUILD}")
    if row[0] != (version := project_version()):
        raise WarehouseUnavailableError(f"{path} was built by version {row[0]}, this is {version}; {REBUILD}")
