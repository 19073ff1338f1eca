"""A DuckDB function that finds the raw file of a source, so that no path becomes part of a SQL statement."""

import glob
import os
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

PROJECT_FOLDER = Path(__file__).resolve().parents[1]
SAMPLE_FOLDER = PROJECT_FOLDER.parent / "warehouse" / "sample"
FILE_STEMS = {
    "movies": ("movies_dataset", "movies_metadata"),
    "credits": ("credits",),
    "keywords": ("keywords",),
    "links": ("links",),
    "ratings": ("ratings", "ratings_small"),
}
"""File names without their ending, by source, in order of preference."""
EMPTY_FOLDER = PROJECT_FOLDER / "plugins" / "empty_raw_files"
"""Files with a header only, for the sources that are optional."""


def raw_file_path(source_name: str) -> str:
    """Return the path of a source's raw file, with the characters escaped that DuckDB would read as a pattern.

    A source in parts (`credits-1.csv`, `credits-2.csv`) has a pattern, which DuckDB reads in the order of the names.
    The folder is FILMOTECA_RAW_DIR (relative to the dbt project) or else the bundled sample.

    Raises:
        FileNotFoundError: the folder has no file for a source that is required.
    """
    folder = PROJECT_FOLDER / os.environ.get("FILMOTECA_RAW_DIR", SAMPLE_FOLDER)
    names = [f"{stem}.csv{ending}" for stem in FILE_STEMS[source_name] for ending in ("", ".gz")]
    for path in (folder / name for name in names):
        if path.exists():
            return glob.escape(str(path))
    for stem in FILE_STEMS[source_name]:
        if any(folder.glob(f"{stem}-*.csv*")):
            return f"{glob.escape(str(folder))}/{stem}-*.csv*"
    if (path := EMPTY_FOLDER / f"{source_name}.csv").exists():
        return glob.escape(str(path))
    raise FileNotFoundError(
        f"No raw file for '{source_name}' in {folder}. Expected one of: {', '.join(names)}. "
        "Set FILMOTECA_RAW_DIR to a folder that has one."
    )


class Plugin(BasePlugin):
    """Registers the function on the connection that dbt-duckdb opens."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Make `raw_file_path(source_name)` callable in every source."""
        conn.create_function("raw_file_path", raw_file_path, ["VARCHAR"], "VARCHAR")
