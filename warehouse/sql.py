"""Open the duckdb CLI on the published warehouse, read-only: `python -m warehouse.sql`."""

import argparse
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

SEARCH_PATH = "set search_path = 'marts,quality,recommender'"


def find_cli() -> Path:
    """Return the duckdb binary of the package duckdb-cli."""
    package = importlib.util.find_spec("duckdb_cli")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (binary := Path(folder) / "duckdb").is_file():
            return binary
    raise FilmotecaError("the duckdb command is not installed; run `make build` to install the package duckdb-cli")


def cli_command(binary: Path, warehouse: Path, query: str | None, flags: Sequence[str]) -> list[str]:
    """Return the command line, interactive if there is no query."""
    command = [str(binary), "-readonly", "-cmd", SEARCH_PATH, *flags]
    return [*command, "-bail", "-c", query, str(warehouse)] if query else [*command, str(warehouse)]


def main(arguments: Sequence[str]) -> int:
    """Replace this process by the duckdb CLI."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.sql",
        description=__doc__,
        epilog="Other options are passed on to duckdb: -csv, -json, -markdown, -line, …",
    )
    parser.add_argument("query", nargs="?", help="query to run (default: an interactive session)")
    options, flags = parser.parse_known_args(arguments)
    warehouse = Settings.from_environment().published_file
    open_read_only(warehouse).close()  # for our error messages
    binary = find_cli()
    os.execv(binary, cli_command(binary, warehouse, options.query, flags))  # noqa: S606 (no shell)


if __name__ == "__main__":
    sys.exit(run_command(main))
