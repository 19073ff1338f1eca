"""Checks that a DuckDB file has every table and column that the queries of this version read."""

from pathlib import Path

import duckdb

from api.db.queries import Queries, UnboundQueryError
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError

_compatible_catalogs: set[str] = set()
"""The catalogs that passed. The check takes half a second, and most builds have the same catalog."""


def check_complete(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise WarehouseUnavailableError if a public table is missing."""
    if problems := missing_tables(connection):
        raise WarehouseUnavailableError(f"{path} is not a complete warehouse ({problems[0]}); {REBUILD}")


def check_compatible(queries: Queries, path: Path) -> None:
    """Raise WarehouseUnavailableError if a public table is missing or a query does not fit the tables."""
    if (catalog := _describe_catalog(queries.connection)) in _compatible_catalogs:
        return
    check_complete(queries.connection, path)
    try:
        queries.check()
    except UnboundQueryError as error:
        raise WarehouseUnavailableError(
            f"{path} cannot run the query {error.name} ({error.reason}); {REBUILD}"
        ) from error
    _compatible_catalogs.add(catalog)


def _describe_catalog(connection: duckdb.DuckDBPyConnection) -> str:
    """Return every column with its type and every macro with its definition, as text."""
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
