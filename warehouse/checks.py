"""Checks that a built file is complete and consistent before it is published."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import FilmotecaError
from warehouse.raw_files import RawFile
from warehouse.raw_sources import SOURCES

PUBLIC_SCHEMAS = ("marts", "quality", "recommender", "search")
"""The schemas that readers rely on. Every table in them is public, and no other schema is published."""

BUILD_INFO = ("quality", "build_info")
"""The table that the build adds last. It lists the others, so that a published file can be checked by itself."""


class UnsoundBuildError(FilmotecaError):
    """The built file is incomplete or inconsistent, so it is not published."""


def read_public_tables(manifest_file: Path) -> list[tuple[str, str]]:
    """Return (schema, name) of every table that dbt's manifest declares in a public schema.

    Those are dbt's own models, and the tables that the recommender and the build add, which dbt knows as sources.

    Raises:
        UnsoundBuildError: dbt has not written the manifest.
    """
    try:
        manifest: dict[str, Any] = json.loads(manifest_file.read_text("utf-8"))
    except FileNotFoundError:
        raise UnsoundBuildError(f"dbt wrote no {manifest_file}, so the tables to expect are unknown") from None
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    declared = {(node["schema"], node["name"]) for node in (*models, *manifest["sources"].values())}
    return sorted((schema, name) for schema, name in declared if schema in PUBLIC_SCHEMAS)


def check_built(
    connection: duckdb.DuckDBPyConnection, files: Sequence[RawFile], public_tables: Iterable[tuple[str, str]]
) -> None:
    """Check the built file, and drop its private schemas, which are then empty.

    Args:
        connection: The built file, before `quality.build_info` is added to it.
        files: The raw files that it was built from.
        public_tables: The tables that it must have, as (schema, name).

    Raises:
        UnsoundBuildError: a check fails; the message has a sentence for each problem.
    """
    expected = [table for table in public_tables if table != BUILD_INFO]
    problems = _absent_tables(connection, expected) or [
        *_empty_model(connection),
        *_private_leftovers(connection),
        *_lost_rows(connection, _count_records(files)),
    ]
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise UnsoundBuildError(f"the built warehouse is not sound and was not published:\n{lines}")
    private = connection.execute(
        """
        select schema_name from duckdb_schemas()
        where database_name = current_database() and not internal and not list_contains(?, schema_name)
        """,
        [PUBLIC_SCHEMAS],
    ).fetchall()
    for (schema,) in private:
        connection.execute(f'drop schema "{schema}"')


def missing_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return a sentence for each table that a published file lists in `quality.build_info` but does not have."""
    if problems := _absent_tables(connection, [BUILD_INFO]):
        return problems
    listed = connection.execute(
        "select t.table_schema, t.table_name from (select unnest(tables) as t from quality.build_info) order by all"
    ).fetchall()
    return _absent_tables(connection, listed)


def unreadable_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Read every table to its end, and return a sentence for each that cannot be read."""
    problems = []
    for schema, table in connection.execute("select schema_name, table_name from duckdb_tables()").fetchall():
        try:
            connection.execute(f'select count(columns(*)) from "{schema}"."{table}"').fetchall()  # noqa: S608
        except duckdb.Error as error:
            problems.append(f"the table {schema}.{table} cannot be read: {str(error).splitlines()[0]}")
    return problems


def _absent_tables(connection: duckdb.DuckDBPyConnection, expected: Iterable[tuple[str, str]]) -> list[str]:
    present = set(
        connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
        ).fetchall()
    )
    return [f"the table {schema}.{name} is missing" for schema, name in expected if (schema, name) not in present]


def _empty_model(connection: duckdb.DuckDBPyConnection) -> Iterable[str]:
    """The recommender's tables are not tested by dbt; a trained one has a row here even for a catalog of one film."""
    if not len(connection.table("recommender.model")):
        yield "the table recommender.model has no rows"


def _private_leftovers(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        """
        select 'view', schema_name, view_name from duckdb_views()
        where database_name = current_database() and not internal
        union all
        select 'table', schema_name, table_name from duckdb_tables()
        where database_name = current_database() and not list_contains(?, schema_name)
        order by all
        """,
        [PUBLIC_SCHEMAS],
    ).fetchall()
    return [f"the {kind} {schema}.{name} is private and must not be shipped" for kind, schema, name in found]


def _count_records(files: Iterable[RawFile]) -> Counter[str]:
    """Return the number of records of each source."""
    counts: Counter[str] = Counter()
    for file in files:
        counts[file.source_name] += file.record_count
    return counts


def _lost_rows(connection: duckdb.DuckDBPyConnection, counted: Mapping[str, int]) -> Iterable[str]:
    """Check that records in the file = rows read = kept + rejected, and that the rejected rows are listed."""
    accounts = connection.execute(
        """
        select source_name, rows_read, rows_kept, rows_rejected, coalesce(listed_count, 0)
        from quality.row_accounting
        left join (
            select source_name, count(*) as listed_count from quality.rejected_rows group by source_name
        ) as listed using (source_name)
        order by source_name
        """
    ).fetchall()
    for source, read, accepted, rejected, listed in accounts:
        if read != counted.get(source, 0):
            yield f"{source}: the file has {counted.get(source, 0):,} records but {read:,} were read"
        if read != accepted + rejected:
            yield f"{source}: {read:,} rows read are not {accepted:,} kept + {rejected:,} rejected"
        if rejected != listed:
            yield f"{source}: {rejected:,} rows were rejected but quality.rejected_rows lists {listed:,}"
    names = [account[0] for account in accounts]
    if sorted(names) != sorted(source.name for source in SOURCES):
        yield f"quality.row_accounting has the sources {', '.join(names)}, not each of the five once"
