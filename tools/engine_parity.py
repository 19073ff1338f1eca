"""Build with DuckDB and with Spark, and compare every public table: `python -m tools.engine_parity`."""

import argparse
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.checks import BUILD_INFO, PUBLIC_SCHEMAS
from warehouse.engines.requirements import check_requirements
from warehouse.errors import interrupt_on, run_command
from warehouse.settings import Settings

TOLERANCE = 1e-9
"""Largest relative difference of two floats. The last digits of parallel sums differ even between builds of DuckDB."""
ENGINES = ("duckdb", "spark")
INDEX_FILES = "search.index_files"


def compare_files(first: Path, second: Path) -> Iterator[tuple[str, str | None]]:
    """Yield the name of each public table of two warehouses, and how it differs, or None if it does not."""
    with duckdb.connect(config={"preserve_insertion_order": True}) as connection:
        for engine, path in zip(ENGINES, (first, second), strict=True):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {engine}_build (read_only)")
        tables = {engine: _read_columns(connection, f"{engine}_build") for engine in ENGINES}
        for name in sorted({*tables["duckdb"], *tables["spark"]}):
            columns, others = (tables[engine].get(name, []) for engine in ENGINES)
            yield name, _compare_table(connection, name, columns) if columns == others else "the columns differ"


def _read_columns(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, list[tuple[str, str]]]:
    """Return name and type of the columns of each public table, by the name of the table."""
    rows = connection.execute(
        """
        select format('{}.{}', schema_name, table_name), column_name, data_type from duckdb_columns()
        where database_name = ? and schema_name in ? and (schema_name, table_name) <> (?, ?)
        order by table_name, column_index
        """,
        [catalog, PUBLIC_SCHEMAS, *BUILD_INFO],
    ).fetchall()
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in rows:
        tables.setdefault(table, []).append((f'"{column}"', kind))
    return tables


def _rows_of(engine: str, table: str) -> str:
    """Return what to select from. The files of the search index are equal except for random names, which two list."""
    if table != INDEX_FILES:
        return f"{engine}_build.{table}"
    columns = "regexp_extract(file_name, '[.].*') as file_name, content"
    return f"(select {columns} from {engine}_build.{table} where file_name not like '%.json' order by all)"  # noqa: S608


def _compare_table(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[tuple[str, str]]) -> str | None:
    floats = [name for name, kind in columns if kind in ("DOUBLE", "FLOAT")]
    exact = ", ".join(["row_number() over () as position", *(name for name, _ in columns if name not in floats)])
    only_in = {
        one: f"from (select {exact} from {_rows_of(one, table)} except all "  # noqa: S608
        f"select {exact} from {_rows_of(other, table)})"
        for one, other in (ENGINES, ENGINES[::-1])
    }
    counts = {engine: len(connection.sql(query)) for engine, query in only_in.items()}
    if any(counts.values()):
        reordered = [query.replace("row_number() over () as position", "0") for query in only_in.values()]
        if not any(len(connection.sql(query)) for query in reordered):
            return f"{counts['duckdb']:,} rows are in another order"
        examples = [
            f"{connection.sql(f'{query} order by position limit 1').fetchone()}"[:200] for query in only_in.values()
        ]
        return " and ".join(
            f"{counts[engine]:,} rows only in {engine}'s, such as {example}"
            for engine, example in zip(ENGINES, examples, strict=True)
        )
    for name in floats:
        values = f"select row_number() over () as position, {name} as value from"
        [(differing, largest)] = connection.execute(
            f"""
            select count(*), max(coalesce(abs(d.value - s.value) / greatest(abs(d.value), abs(s.value)), 'inf'))
            from ({values} duckdb_build.{table}) as d inner join ({values} spark_build.{table}) as s using (position)
            where d.value is distinct from s.value
                and coalesce(abs(d.value - s.value) > $1 * greatest(abs(d.value), abs(s.value)), true)
            """,  # noqa: S608 (names of our tables)
            [TOLERANCE],
        ).fetchall()
        if differing:
            return f"{differing:,} values of {name} differ, by up to {largest:.1g} of their size"
    return None


def main(arguments: Sequence[str]) -> int:
    """Build twice and print each table's result; return 1 if a table differs."""
    parser = argparse.ArgumentParser(prog="python -m tools.engine_parity", description=__doc__)
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="folder with the raw files (default: as a build)")
    parser.add_argument("--master", metavar="URL", help="address of a Spark cluster (default: start one)")
    options = parser.parse_args(arguments)
    interrupt_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    settings = Settings.from_environment()
    check_requirements(settings.spark_folder)
    folder = settings.published_file.parent / ".parity"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        files = []
        for engine in ENGINES:
            file = folder / engine / settings.published_file.name
            file.parent.mkdir(parents=True)
            own_settings = replace(settings, published_file=file)
            commands = BuildCommands.from_settings(own_settings, (), engine, options.master)
            BuildRun(own_settings, commands).run(options.raw_dir)
            files.append(file)
        results = list(compare_files(*files))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, difference in results:
        print(f"{name}: {difference or 'equal'}")
    differing = sum(difference is not None for _, difference in results)
    print(f"{len(results) - differing} of {len(results)} tables are equal")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(run_command(main))
