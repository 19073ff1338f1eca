"""What the built file says of itself, and the one rename that makes it the warehouse."""

import hashlib
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from warehouse.checks import PUBLIC_TABLES
from warehouse.errors import FilmotecaError
from warehouse.raw_files import RawFile
from warehouse.settings import Settings, project_version

RESERVED_STEMS = frozenset({*PUBLIC_TABLES, "scratch", "system", "temp", "main"})

_CODE_ENDINGS = (".py", ".sql", ".yml", ".csv", ".md")
_NOT_CODE = ("target", "logs", "dbt_packages", "__pycache__", ".build", "raw", "sample")


def versions() -> dict[str, str]:
    """Returns what made the file, by column of quality.build_info."""
    return {
        "filmoteca_version": project_version(),
        "python_version": platform.python_version(),
        "duckdb_version": version("duckdb"),
        "dbt_version": version("dbt-core"),
        "scikit_learn_version": version("scikit-learn"),
    }


def make_build_id(files: Sequence[RawFile], settings: Settings, training: Sequence[str]) -> str:
    """Returns 12 hex digits that depend on raw bytes, code, versions and how it was trained, and on nothing else."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.source_name} {file.sha256}\n".encode())
    for name, number in sorted(versions().items()):
        digest.update(f"{name} {number}\n".encode())
    for option in training:
        digest.update(f"{option}\n".encode())
    for path in _code_files(settings.root):
        digest.update(f"{path.relative_to(settings.root).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _code_files(root: Path) -> list[Path]:
    return sorted(
        path
        for room in ("dbt_project", "recommender", "warehouse")
        for path in (root / room).rglob("*")
        if path.suffix in _CODE_ENDINGS and not set(path.relative_to(root).parts) & set(_NOT_CODE) and path.is_file()
    )


def check_destination(published_file: Path) -> None:
    """Raises FilmotecaError where no warehouse can stand, before a build spends its time."""
    if published_file.is_dir():
        raise FilmotecaError(f"{published_file} is a folder; expected: FILMOTECA_WAREHOUSE names a file to publish")
    if published_file.stem in RESERVED_STEMS:
        raise FilmotecaError(
            f"{published_file.name} bears the name of a schema, and DuckDB calls a file by its name; "
            "expected: another name, such as movies.duckdb"
        )


def count_rows(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Returns (schema, table, rows) of every table in the public schemas."""
    tables = connection.execute(
        """
        select schema_name, table_name from duckdb_tables()
        where database_name = current_database() and list_contains(?, schema_name)
        order by list_position(?, schema_name), table_name
        """,
        [list(PUBLIC_TABLES), list(PUBLIC_TABLES)],
    ).fetchall()
    return [(schema, table, len(connection.table(f'"{schema}"."{table}"'))) for schema, table in tables]


def write_build_info(
    connection: duckdb.DuckDBPyConnection,
    build_id: str,
    files: Sequence[RawFile],
    tables: Iterable[tuple[str, str, int]],
    seconds: Mapping[str, float],
) -> None:
    """Creates quality.build_info with its one row."""
    connection.execute(
        """
        create table quality.build_info (
            build_id varchar not null, built_at timestamp not null,
            filmoteca_version varchar not null, python_version varchar not null,
            duckdb_version varchar not null, dbt_version varchar not null,
            scikit_learn_version varchar not null,
            source_files struct(
                source_name varchar, file_name varchar, size_bytes bigint, sha256 varchar
            )[] not null,
            tables struct(table_schema varchar, table_name varchar, row_count bigint)[] not null,
            steps struct(step varchar, seconds double)[] not null
        );
        comment on table quality.build_info is
            'One row: what this file was built from, by what, when (UTC) and in how many seconds. '
            'The same raw bytes, code, versions and kind of training give the same build_id.';
        comment on column quality.build_info.build_id is
            'Hash of raw bytes, code, versions and kind of training; every answer bears it.';
        comment on column quality.build_info.built_at is 'When the build ended, UTC.';
        comment on column quality.build_info.filmoteca_version is 'Version of this project.';
        comment on column quality.build_info.python_version is 'Version of Python.';
        comment on column quality.build_info.duckdb_version is 'Version of DuckDB.';
        comment on column quality.build_info.dbt_version is 'Version of dbt.';
        comment on column quality.build_info.scikit_learn_version is 'Version of scikit-learn.';
        comment on column quality.build_info.source_files is 'Raw files: source_name, file_name, size_bytes, sha256.';
        comment on column quality.build_info.tables is 'Tables: table_schema, table_name, row_count.';
        comment on column quality.build_info.steps is 'Steps of the build: step, seconds.';
        """
    )
    connection.execute(
        "insert into quality.build_info values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            build_id,
            datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            *versions().values(),
            [
                {
                    "source_name": file.source_name,
                    "file_name": file.path.name,
                    "size_bytes": file.size_bytes,
                    "sha256": file.sha256,
                }
                for file in files
            ],
            [{"table_schema": schema, "table_name": table, "row_count": rows} for schema, table, rows in tables],
            [{"step": step, "seconds": round(taken, 3)} for step, taken in seconds.items()],
        ],
    )


def publish(built: Path, published: Path) -> None:
    """Makes the built file, closed and whole, the published one: in one moment, or not at all."""
    log = built.with_name(f"{built.name}.wal")
    if log.exists():
        raise RuntimeError(f"{log} is left: the built file was not closed")
    _flush(built)
    # The log of changes that somebody made to the old file by hand would be replayed into the new one.
    published.with_name(f"{published.name}.wal").unlink(missing_ok=True)
    built.replace(published)
    _flush(published.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
