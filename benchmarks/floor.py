"""What the product costs above a bare handler.

The bare handlers of `benchmarks.bare` run under the same framework, server and number of workers, and answer the same
bytes from memory, a 304, or the row of the same SQL from the same file.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import msgspec

from api.db.query_files import API_FOLDER, load_query_files
from benchmarks.bare import SCRIPT_VARIABLE, Script
from benchmarks.load import Request, ask, requests_in_turn
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from benchmarks.servers import Server, free_port, product, running
from benchmarks.turns import CPU, PER_SECOND, cpu_ratios, in_turns, ratios, together
from warehouse.connection import open_read_only

CLIENTS = 16


@dataclass(frozen=True, slots=True)
class PointQuery:
    """One question about one thing, and what the product asks the warehouse to answer it."""

    path: str
    """Its path, up to the value."""
    query: str
    """The name of its `.sql` file."""
    value_name: str
    """The only parameter of the SQL, which is the path's value."""
    values: str
    """SQL on the warehouse: whole numbers to ask about; the first one again and again where an answer may be cached."""


POINT_QUERY = PointQuery(
    path="/v1/movies/",
    query="get_movie",
    value_name="movie_id",
    values="select movie_id from marts.dim_movies order by movie_id <> 862, hash(movie_id)",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing, asked of the product and of the bare handlers."""

    name: str
    product: list[Request]
    bare: list[Request]


def measure(plan: Plan) -> list[Table]:
    """Serve both, and load them in turns."""
    with open_read_only(plan.settings.published_file) as connection:
        values = [value for (value,) in connection.execute(POINT_QUERY.values).fetchall()]
    rows: list[list[Cell]] = []
    compared: list[Ratio] = []
    with ExitStack() as stack:
        ours = stack.enter_context(product())
        first = Request(f"{POINT_QUERY.path}{values[0]}")
        headers, body = ask(ours.address, first)
        bare = stack.enter_context(_bare(body.decode("utf-8")))
        pairs = _pairs(first, headers["ETag"], values)
        for done, pair in enumerate(pairs, 1):
            asked = {"ours": (ours, requests_in_turn(pair.product)), "bare": (bare, requests_in_turn(pair.bare))}
            measured = in_turns(asked, clients=CLIENTS, seconds=plan.seconds, rounds=plan.rounds)
            both = [together(measured["ours"]), together(measured["bare"])]
            rows.append([pair.name, *(figure for one in both for figure in (one.per_second, one.cpu_milliseconds))])
            ours_and_bare = measured["ours"], measured["bare"]
            compared.append(Ratio.of(f"{pair.name}: ours / bare", ratios(*ours_and_bare)))
            compared.append(Ratio.of(f"{pair.name}: ours / bare, CPU", cpu_ratios(*ours_and_bare), "lower"))
            plan.screen.count("answers of the product and of bare handlers", done, len(pairs))
    return [
        Table(
            title="The product and bare handlers",
            sentence=f"A film by its id, {CLIENTS} clients, one worker each: the same bytes from memory, a 304 for "
            "whoever holds them, and the row of the same SQL, another film each time. Ratios are of requests a "
            "second, or of CPU.",
            columns=["answer", f"ours, {PER_SECOND}", f"ours, {CPU}", f"bare, {PER_SECOND}", f"bare, {CPU}"],
            rows=rows,
            ratios=compared,
        )
    ]


def _pairs(first: Request, etag: str, values: list[int]) -> list[Pair]:
    held = Request(first.path, {"If-None-Match": etag}, status=304)
    return [
        Pair("kept", [first], [Request("/body")]),
        Pair("304", [held], [Request("/held", status=304)]),
        Pair(
            "not kept",
            [Request(f"{POINT_QUERY.path}{value}") for value in values],
            [Request(f"/row/{value}") for value in values],
        ),
    ]


@contextmanager
def _bare(body: str) -> Iterator[Server]:
    script = Script(body, load_query_files(API_FOLDER)[POINT_QUERY.query].text, POINT_QUERY.value_name)
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.bare", "--port", str(port)]
    environment = {SCRIPT_VARIABLE: msgspec.json.encode(script).decode("utf-8")}
    with running(command, port, ready_path="/body", environment=environment) as server:
        yield server


PART = Part("floor", "Above a bare handler", measure, is_quick=True)
