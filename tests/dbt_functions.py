"""The functions that the plugins of the dbt project add to DuckDB, for connections outside dbt."""

import sys
from importlib import import_module

import duckdb

from warehouse.settings import REPOSITORY_ROOT

PLUGINS = ("list_cells", "raw_files")


def register_functions(connection: duckdb.DuckDBPyConnection) -> None:
    sys.path.insert(0, str(REPOSITORY_ROOT / "dbt_project" / "plugins"))
    try:
        for name in PLUGINS:
            import_module(name).Plugin.configure_connection(None, connection)
    finally:
        sys.path.pop(0)
