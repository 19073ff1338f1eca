"""The table quality.build_info: what a warehouse was built from, by which versions and when."""

import hashlib
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from warehouse.raw_files import RawFile
from warehouse.settings import Settings, project_version

_CODE_SUFFIXES = (".py", ".sql", ".yml", ".csv", ".md")
_IGNORED_FOLDERS = ("target", "logs", "dbt_packages", "__pycache__", ".build", "raw", "sample")
_CREATE_TABLE = Path(__file__).with_suffix(".sql").read_text("utf-8")


def versions() -> dict[str, str]:
    """Return the versions that determine the content of the warehouse, by column of quality.build_info."""
    return {
        "filmoteca_version": project_version(),
        "python_version": platform.python_version(),
        "duckdb_version": version("duckdb"),
        "dbt_version": version("dbt-core"),
        "scikit_learn_version": version("scikit-learn"),
    }


def make_build_id(files: Sequence[RawFile], settings: Settings, train_options: Sequence[str]) -> str:
    """Return 12 hex digits that depend only on raw files, code, versions and training options."""
    digest = hashlib.sha256()
    lines = [f"{file.source_name} {file.sha256}" for file in files]
    lines += [f"{name} {number}" for name, number in sorted(versions().items())]
    digest.update("".join(f"{line}\n" for line in [*lines, *train_options]).encode())
    for path in _code_files(settings.root):
        digest.update(f"{path.relative_to(settings.root).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _code_files(root: Path) -> list[Path]:
    return sorted(
        path
        for folder in ("dbt_project", "recommender", "search", "warehouse")
        for path in (root / folder).rglob("*")
        if path.suffix in _CODE_SUFFIXES
        and not set(path.relative_to(root).parts) & set(_IGNORED_FOLDERS)
        and path.is_file()
    )


def write_build_info(
    connection: duckdb.DuckDBPyConnection, build_id: str, files: Sequence[RawFile], step_seconds: Mapping[str, float]
) -> None:
    """Create quality.build_info with its one row, which lists every other table, and a view of each mart in `main`.

    The views let `show tables` and `from dim_movies` work in clients without our search path.
    """
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = current_database() order by all"
    ).fetchall()
    connection.execute(_CREATE_TABLE)
    connection.execute(
        "insert into quality.build_info values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            build_id,
            datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            *versions().values(),
            [
                {
                    "source_name": file.source_name,
                    "file_name": file.name,
                    "size_bytes": file.size_bytes,
                    "sha256": file.sha256,
                    "missing_columns": list(file.missing_columns),
                }
                for file in files
            ],
            [
                {
                    "table_schema": schema,
                    "table_name": table,
                    "row_count": len(connection.table(f'"{schema}"."{table}"')),
                }
                for schema, table in tables
            ],
            [{"step": step, "seconds": round(seconds, 3)} for step, seconds in step_seconds.items()],
        ],
    )
    for schema, table in tables:
        if schema == "marts":
            connection.execute(f'create view main."{table}" as from marts."{table}"')
