"""`python -m api.v1.saved_queries`: list, describe and run the queries of the API on the published warehouse."""

import argparse
import shlex
import sys
from collections.abc import Sequence

import duckdb

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.http.content_negotiation import JSON, MEDIA_TYPES
from api.http.query_parser import split_list
from api.lists.export import Export, export_chunks
from api.v1.saved_queries import library
from api.v1.saved_queries.parameters import ParameterError, is_list
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

TABLE = "table"
MAX_ROWS_SHOWN = 40


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    connection = open_read_only(Settings.from_environment().published_file, memory_limit=MEMORY_LIMIT, threads=THREADS)
    queries = Queries(connection)
    try:
        if options.name is None:
            for query in library.list_queries(queries):
                print(f"{query.name:32} {query.description}")
        elif options.describe:
            _describe(queries, options.name)
        else:
            _run(queries, options.name, [*options.parameters, *_split(options.arguments)], options.format)
    finally:
        queries.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m api.v1.saved_queries",
        description="Run a query of the API; without a name, list all queries.",
        epilog='For example: python -m api.v1.saved_queries score_titulo nombre="Toy Story" --format csv',
    )
    parser.add_argument("name", nargs="?", help="the query to run")
    parser.add_argument("parameters", nargs="*", metavar="name=value", help="parameters; null by default")
    parser.add_argument("--arguments", default="", help="parameters in one text, quoted as in a shell")
    parser.add_argument("--describe", action="store_true", help="show the SQL and the parameters instead")
    formats = [TABLE, *(name for name in MEDIA_TYPES if name != JSON)]
    parser.add_argument("--format", choices=formats, default=TABLE, help="format of the rows (default: table)")
    return parser


def _split(arguments: str) -> list[str]:
    try:
        return shlex.split(arguments)
    except ValueError as error:
        raise FilmotecaError(f"Cannot parse {arguments!r}: {str(error).lower()}") from None


def _describe(queries: Queries, name: str) -> None:
    query = library.describe(queries, name)
    print(f"-- {query.description}\n{query.sql}")
    for parameter in query.parameters:
        print(f"${parameter.name}  {parameter.type}")


def _run(queries: Queries, name: str, texts: Sequence[str], format_: str) -> None:
    bindings = library.cast_values(queries, name, _parse_parameters(queries, name, texts))
    if format_ != TABLE:
        for piece in export_chunks(queries, Export(name, bindings), format_):
            sys.stdout.buffer.write(piece)
        return
    with queries.cursor(name, bindings) as cursor:
        table = cursor.to_arrow_table()
    with duckdb.connect() as memory:
        memory.from_arrow(table).show(max_rows=MAX_ROWS_SHOWN)


def _parse_parameters(queries: Queries, name: str, texts: Sequence[str]) -> dict[str, list[str]]:
    """Parse `name=value` texts. Raises FilmotecaError for an invalid text or an unknown parameter."""
    takes_list = is_list(library.find(queries, name))
    given: dict[str, list[str]] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise FilmotecaError(f"A parameter must be name=value; got {text!r}")
        if key not in takes_list:
            raise ParameterError(f"{name} has no parameter {key!r}. Its parameters: {', '.join(takes_list) or 'none'}")
        if key in given and not takes_list[key]:
            raise ParameterError(f"{key} takes one value; got several")
        given.setdefault(key, []).extend(split_list(value) if takes_list[key] else [value])
    return given


if __name__ == "__main__":
    sys.exit(run_command(main))
