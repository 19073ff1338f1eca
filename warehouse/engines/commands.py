"""What the build runs for ENGINE=spark: dbt on Spark, then dbt on DuckDB, which imports the public tables."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.raw_files import RawFile
from warehouse.settings import Settings
from warehouse.transform import THREADS, DbtLog, build_command

IMPORT_OPTIONS = ("--select", "path:models/marts", "path:models/quality", "--indirect-selection", "cautious")
"""The public tables, and the tests that need no private one."""


def spark_command(master: str | None) -> list[str]:
    """Return the command line that computes and tests every model on Spark."""
    return [sys.executable, "-m", "warehouse.engines.spark", *(("--master", master) if master else ())]


def import_environment(settings: Settings) -> dict[str, str]:
    """Return the environment variables of the import, in addition to those of every build."""
    return {"FILMOTECA_SPARK_OUTPUT": str(settings.spark_output)}


def import_command(settings: Settings) -> list[str]:
    """Return the command line that imports the public tables of Spark into the DuckDB file and tests them."""
    return build_command(settings, *IMPORT_OPTIONS)


def multi_line_options(files: Iterable[RawFile]) -> list[str]:
    """Return the options of the command that name the sources with line breaks in fields."""
    return [f"--multi-line={name}" for name in sorted({file.source_name for file in files if file.has_line_breaks})]


def spark_environment(settings: Settings) -> dict[str, str]:
    """Return the environment variables of dbt on Spark, in addition to those of every build."""
    return {
        **import_environment(settings),
        "FILMOTECA_WAREHOUSE": str(settings.published_file),
        "FILMOTECA_SPARK_MEMORY": settings.spark_memory,
        "FILMOTECA_BUILD_MEMORY": settings.build_memory,
        "FILMOTECA_BUILD_THREADS": str(THREADS),
        "PYTHONPATH": str(settings.root),
    }


def describe_unsplittable(files: Iterable[RawFile]) -> str | None:
    """Return a warning that names the files that one worker reads alone, or None."""
    names = dict.fromkeys(
        f"{file.name} ({'gzip' if file.path.suffix == '.gz' else 'line breaks in fields'})"
        for file in files
        if file.path.suffix == ".gz" or file.has_line_breaks
    )
    if not names:
        return None
    return (
        f"Spark cannot split {', '.join(names)}: one worker reads each file; provide large files in parts, such as "
        "credits-1.csv and credits-2.csv, or as Parquet"
    )


@dataclass(slots=True)
class SparkLog(DbtLog):
    """A consumer of dbt's log on Spark that prints the rows and seconds of every model."""

    output: Path = Path()
    """The folder of the computed tables."""

    def report_node(self, data: Mapping[str, Any], total: int) -> None:
        node = data["node_info"]
        relation = node["node_relation"]
        files = self.output / f"{relation['schema']}.db" / relation["alias"]
        if node["materialized"] != "table" or not files.is_dir():
            self.progress.update(self.step, self.done, total)
            return
        name = f"{relation['schema']}.{relation['alias']}"
        rows, seconds = _count_rows(files), data["execution_time"]
        self.progress.print_line(f"  {self.done}/{total} {name}: {rows:,} rows, {seconds:.1f} s")


def _count_rows(files: Path) -> int:
    with duckdb.connect() as connection:
        pattern = [str(file) for file in files.glob("*.parquet")]
        [(rows,)] = connection.execute("select sum(num_rows) from parquet_file_metadata(?)", [pattern]).fetchall()
    return int(rows or 0)
