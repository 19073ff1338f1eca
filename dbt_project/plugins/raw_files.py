"""A DuckDB function that reads the raw file of a source, so that no path becomes part of a model."""

import os
import sys
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

PROJECT_FOLDER = Path(__file__).resolve().parents[1]
SAMPLE_FOLDER = PROJECT_FOLDER.parent / "warehouse" / "sample"
sys.path.append(str(PROJECT_FOLDER.parent))

from warehouse.raw_finder import find_files, is_own_file  # noqa: E402
from warehouse.raw_sources import SOURCES  # noqa: E402
from warehouse.raw_tables import duckdb_query  # noqa: E402


def raw_records(source_name: str) -> str:
    """Return the query that reads a source from FILMOTECA_RAW_DIR (relative to the dbt project) or from the sample."""
    found = find_files(PROJECT_FOLDER / os.environ.get("FILMOTECA_RAW_DIR", SAMPLE_FOLDER))
    [source] = [source for source in SOURCES if source.name == source_name]
    return duckdb_query(source, found.get(source_name, ()), is_own_file=is_own_file(found, source))


class Plugin(BasePlugin):
    """Registers the function on the connection that dbt-duckdb opens."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Make `query(raw_records(source_name))` readable in every source."""
        conn.create_function("raw_records", raw_records, ["VARCHAR"], "VARCHAR")
