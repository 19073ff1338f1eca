"""`python -m api.v1.saved_queries`: the API's own queries on the published warehouse, by name."""

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
MOST_ROWS_SHOWN = 40


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    connection = open_read_only(Settings.from_environment().published_file, memory_limit=MEMORY_LIMIT, threads=THREADS)
    queries = Queries(connection)
    try:
        if options.name is None:
            _list(queries)
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
        description="Run one of the API's own queries; without a name, list them.",
        epilog='For example: python -m api.v1.saved_queries score_titulo nombre="Toy Story" --format csv',
    )
    parser.add_argument("name", nargs="?", help="the query to run")
    parser.add_argument("parameters", nargs="*", metavar="name=value", help="what it binds; the rest is null")
    parser.add_argument("--arguments", default="", help="the same in one text, quoted as in a shell")
    parser.add_argument("--describe", action="store_true", help="show the query's text and parameters instead")
    formats = [TABLE, *(name for name in MEDIA_TYPES if name != JSON)]
    parser.add_argument("--format", choices=formats, default=TABLE, help="of the rows; table unless given")
    return parser


def _split(arguments: str) -> list[str]:
    try:
        return shlex.split(arguments)
    except ValueError as error:
        raise FilmotecaError(f"{arguments!r} cannot be read: {str(error).lower()}") from None


def _list(queries: Queries) -> None:
    for query in library.listed(queries):
        print(f"{query.name:32} {query.description}")


def _describe(queries: Queries, name: str) -> None:
    query = library.described(queries, name)
    print(f"-- {query.description}\n{query.sql}")
    for parameter in query.parameters:
        print(f"${parameter.name}  {parameter.type}")


def _run(queries: Queries, name: str, texts: Sequence[str], format_: str) -> None:
    bindings = library.values(queries, name, _given(queries, name, texts))
    if format_ != TABLE:
        for piece in export_chunks(queries, Export(name, bindings), format_):
            sys.stdout.buffer.write(piece)
        return
    with queries.cursor(name, bindings) as cursor:
        answered = cursor.to_arrow_table()
    with duckdb.connect() as own:
        own.from_arrow(answered).show(max_rows=MOST_ROWS_SHOWN)


def _given(queries: Queries, name: str, texts: Sequence[str]) -> dict[str, list[str]]:
    """Parameter to values, from `name=value` texts. Raises FilmotecaError for what the query does not know."""
    takes_list = is_list(library.find(queries, name))
    given: dict[str, list[str]] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise FilmotecaError(f"{text!r} is no parameter; expected: name=value")
        if key not in takes_list:
            raise ParameterError(f"{name} has no parameter {key!r}; it knows: {', '.join(takes_list) or 'none'}")
        if key in given and not takes_list[key]:
            raise ParameterError(f"{key} is given twice; it takes one value")
        given.setdefault(key, []).extend(split_list(value) if takes_list[key] else [value])
    return given


if __name__ == "__main__":
    sys.exit(run_command(main))
