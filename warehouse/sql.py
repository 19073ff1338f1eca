"""`python -m warehouse.sql`: the duckdb CLI on the published warehouse, read-only."""

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
    """Returns the duckdb binary that the package duckdb-cli brings."""
    package = importlib.util.find_spec("duckdb_cli")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (binary := Path(folder) / "duckdb").is_file():
            return binary
    raise FilmotecaError("the duckdb command is not installed; expected: the package duckdb-cli, by `make build`")


def cli_command(binary: Path, warehouse: Path, query: str | None, flags: Sequence[str]) -> list[str]:
    """Returns the command line: interactive without a query, one answer with one."""
    start = [str(binary), "-readonly", "-cmd", SEARCH_PATH, *flags]
    return [*start, "-bail", "-c", query, str(warehouse)] if query else [*start, str(warehouse)]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.sql",
        description=__doc__,
        epilog="Other options go to the duckdb command as they are: -csv, -json, -markdown, -line, …",
    )
    parser.add_argument("query", nargs="?", help="one query to answer; without it, an interactive session")
    options, flags = parser.parse_known_args(arguments)
    warehouse = Settings.from_environment().published_file
    open_read_only(warehouse).close()  # says in a sentence why a file cannot be read; the CLI would not
    binary = find_cli()
    os.execv(binary, cli_command(binary, warehouse, options.query, flags))  # noqa: S606 (it becomes this process)


if __name__ == "__main__":
    sys.exit(run_command(main))
