"""The functions that the plugins of the dbt project add to DuckDB, for connections outside dbt."""

import sys
from importlib import import_module
from pathlib import Path

import duckdb

PLUGINS = ("python_literals", "raw_files")


def register_functions(connection: duckdb.DuckDBPyConnection, dbt_project: Path) -> None:
    """Register the functions of every plugin on the connection, so that it can read staging views."""
    sys.path.insert(0, str(dbt_project / "plugins"))
    try:
        for name in PLUGINS:
            import_module(name).Plugin.configure_connection(None, connection)
    finally:
        sys.path.pop(0)
