"""`python -m api.v1.saved_queries`: list, describe and run the queries of the API on the published warehouse."""

import argparse
import sys
from collections.abc import Sequence
from urllib.parse import urlencode

import duckdb
import msgspec

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.http.content_negotiation import JSON, MEDIA_TYPES
from api.http.problems import ProblemError
from api.http.query_parser import query_parser
from api.lists.export import Export, export_chunks
from api.v1.saved_queries import library
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
            detail = library.describe(queries, options.name)
            print(f"-- {detail.description}\n{detail.sql}")
            for parameter in detail.parameters:
                print(f"${parameter.name}  {parameter.type}")
        else:
            _run(queries, options.name, options.parameters, options.format)
    except ProblemError as problem:
        raise FilmotecaError(problem.detail) from None
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
    parser.add_argument("--describe", action="store_true", help="show the SQL and the parameters instead")
    formats = [TABLE, *(name for name in MEDIA_TYPES if name != JSON)]
    parser.add_argument("--format", choices=formats, default=TABLE, help="format of the rows (default: table)")
    return parser


def _run(queries: Queries, name: str, texts: Sequence[str], format_: str) -> None:
    pairs = [text.partition("=") for text in texts]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise FilmotecaError(f"A parameter must be name=value; got {wrong[0]!r}")
    query_string = urlencode([(name, value) for name, _, value in pairs]).encode()
    parameters = msgspec.structs.asdict(query_parser(library.parameters_of(queries, name)).parse(query_string))
    if format_ != TABLE:
        for chunk in export_chunks(queries, Export(name, parameters), format_):
            sys.stdout.buffer.write(chunk)
        return
    with queries.cursor(name, parameters) as cursor:
        table = cursor.to_arrow_table()
    with duckdb.connect() as memory:
        memory.from_arrow(table).show(max_rows=MAX_ROWS_SHOWN)


if __name__ == "__main__":
    sys.exit(run_command(main))
