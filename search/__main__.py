"""`python -m search`: build the search index of a warehouse, or search it."""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from search.documents import KINDS
from search.index import SearchIndex, write_index
from warehouse.connection import open_read_only
from warehouse.errors import run_command
from warehouse.settings import Settings

HITS = 10


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status."""
    options = _create_parser().parse_args(arguments)
    if options.command == "build":
        gc.disable()  # millions of objects are created and kept until the end
        print(f"indexed {write_index(options.database):,} documents")
        return 0
    with open_read_only(options.database or Settings.from_environment().published_file) as connection:
        index = SearchIndex(connection)
    for hit in index.search(options.text, KINDS, HITS):
        reasons = ", ".join(f"{word.typed}: {word.field} {word.found}" for word in hit.words)
        year = f" ({hit.document.release_year})" if hit.document.release_year else ""
        print(f"{hit.score:.3f}  {hit.document.kind:<10} {hit.document.names[0]}{year}  [{reasons}]")
    return 0


def _create_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m search", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build the index of a file built by dbt and write schema search into it")
    build.add_argument("--database", type=Path, metavar="FILE", required=True, help="DuckDB file with the marts")
    find = commands.add_parser("find", help="print the hits of a search")
    find.add_argument("text", help="words of a title, a name, a year")
    find.add_argument("--database", type=Path, metavar="FILE", help="warehouse (default: the published one)")
    return parser


if __name__ == "__main__":
    sys.exit(run_command(main))
