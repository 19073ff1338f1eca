"""The one read-only door to the published file."""

from pathlib import Path

import duckdb

from warehouse.errors import FilmotecaError
from warehouse.settings import project_version

REBUILD = "expected: a file made by `make build`"


class WarehouseUnavailableError(FilmotecaError):
    """There is no warehouse that this version can read."""


def open_read_only(path: Path, *, memory_limit: str = "512MB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """Opens a published warehouse so that no query can write, read other files or change these settings.

    The connection is for one thread at a time: others take `.cursor()`. A process that opens the same path
    again while a connection is open gets the same instance, even if a new build was published meanwhile.

    Raises WarehouseUnavailableError when the file is missing, is no DuckDB file or is of another version.
    """
    if not path.exists():
        raise WarehouseUnavailableError(f"there is no warehouse at {path}: run `make build` first")
    try:
        connection = duckdb.connect(
            str(path),
            read_only=True,
            config={
                "enable_external_access": False,
                "lock_configuration": True,
                "memory_limit": memory_limit,
                "threads": threads,
            },
        )
    except duckdb.Error as error:
        raise WarehouseUnavailableError(_why_not(path, error)) from None
    try:
        _check_version(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


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
