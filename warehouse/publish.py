"""Publishing a built warehouse with an atomic rename."""

import os
from pathlib import Path

import duckdb

from warehouse.checks import PUBLIC_SCHEMAS
from warehouse.errors import FilmotecaError

RESERVED_STEMS = frozenset({*PUBLIC_SCHEMAS, "scratch", "system", "temp", "main"})
"""File names that would clash: DuckDB names a database after its file."""


def check_destination(published_file: Path) -> None:
    """Raise FilmotecaError if a warehouse cannot be published at this path."""
    if published_file.is_dir():
        raise FilmotecaError(f"FILMOTECA_WAREHOUSE must be a file; {published_file} is a folder")
    if published_file.stem in RESERVED_STEMS:
        raise FilmotecaError(
            f"FILMOTECA_WAREHOUSE must not be {published_file.name}, which clashes with a schema or database; "
            "use another name, such as movies.duckdb"
        )


def check_replacement(published_file: Path, movie_count: int, *, is_sample: bool) -> None:
    """Raise FilmotecaError if a build of `movie_count` films would replace a much larger one.

    The bundled sample replaces no larger data set, and another one none of more than twice its films.
    """
    published_count = count_movies(published_file)
    if movie_count >= (published_count if is_sample else published_count / 2):
        return
    new = "the bundled sample" if is_sample else "these raw files"
    raise FilmotecaError(
        f"{new} would replace a warehouse of {published_count:,} films by one of {movie_count:,}; use the raw files of "
        "the whole data set (RAW_DIR=folder, `make data`), or replace it nevertheless with FORCE=yes (--force)"
    )


def count_movies(published_file: Path) -> int:
    """Return the number of films of a warehouse of any version; 0 if there is none that can be read."""
    if not published_file.is_file():
        return 0
    try:
        with duckdb.connect(str(published_file), read_only=True) as connection:
            return len(connection.table("marts.dim_movies"))
    except duckdb.Error:
        return 0


def publish(built: Path, published: Path) -> None:
    """Replace the published file with the built file, which must be closed, atomically."""
    wal = built.with_name(f"{built.name}.wal")
    if wal.exists():
        raise RuntimeError(f"{wal} exists: the built file was not closed")
    _fsync(built)
    # DuckDB would replay a write-ahead log that someone left beside the old file into the new one.
    published.with_name(f"{published.name}.wal").unlink(missing_ok=True)
    built.replace(published)
    _fsync(published.parent)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
