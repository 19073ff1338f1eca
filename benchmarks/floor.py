"""What the product costs above a bare handler: `python -m benchmarks.floor`.

The bare handlers of `benchmarks.bare` run under the same framework, server and number of workers, and answer the same
bytes from memory, a 304, or the row of the same SQL from the same file. Product and bare handlers take turns in short
rounds. The ratio is that of their requests a second, the median of the rounds; beside it stands the range. The
computing time of one answer (CPU) tells whether the ratio is the product's doing or a noisy neighbour's.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

import msgspec

from api.queries import API_FOLDER, load_statements
from benchmarks.bare import SCRIPT_VARIABLE, Script
from benchmarks.load import Figures, Request, ask, requests_in_turn
from benchmarks.servers import Server, free_port, product, running
from warehouse.connection import open_read_only
from warehouse.errors import run_command
from warehouse.settings import Settings

CACHED_AT_LEAST = 0.7
UNCACHED_AT_LEAST = 0.8


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
    at_least: float
    """The share of the bare handler's requests a second that the product is to reach."""


def main(arguments: Sequence[str]) -> int:
    """Serve both, measure in turns, print the ratios."""
    options = _parser().parse_args(arguments)
    with open_read_only(Settings.from_environment().published_file) as connection:
        values = [value for (value,) in connection.execute(POINT_QUERY.values).fetchall()]
    with ExitStack() as stack:
        ours = stack.enter_context(product(options.workers))
        first = Request(f"{POINT_QUERY.path}{values[0]}")
        headers, body = ask(ours.address, first)
        bare = stack.enter_context(_bare(body.decode("utf-8"), options.workers))
        print(f"{'':10}{'product, /s':>13}{'CPU, ms':>10}{'bare, /s':>13}{'CPU, ms':>10}", end="")
        print(f"{'ratio':>8}{'of rounds':>14}{'wanted':>8}")
        for pair in _pairs(first, headers["ETag"], values):
            _measure(pair, ours, bare, options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.floor",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--clients", type=int, default=16, help="how many ask at once")
    parser.add_argument("--seconds", type=float, default=2, help="length of a turn")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each")
    parser.add_argument("--workers", type=int, default=1, help="processes of each")
    return parser


def _pairs(first: Request, etag: str, values: list[int]) -> list[Pair]:
    held = Request(first.path, {"If-None-Match": etag}, status=304)
    return [
        Pair("cached", [first], [Request("/body")], CACHED_AT_LEAST),
        Pair("304", [held], [Request("/held", status=304)], CACHED_AT_LEAST),
        Pair(
            "uncached",
            [Request(f"{POINT_QUERY.path}{value}") for value in values],
            [Request(f"/row/{value}") for value in values],
            UNCACHED_AT_LEAST,
        ),
    ]


@contextmanager
def _bare(body: str, workers: int) -> Iterator[Server]:
    script = Script(body, load_statements(API_FOLDER)[POINT_QUERY.query].text, POINT_QUERY.value_name)
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.bare", "--port", str(port), "--workers", str(workers)]
    environment = {SCRIPT_VARIABLE: msgspec.json.encode(script).decode("utf-8")}
    with running(command, port, ready_path="/body", environment=environment) as server:
        yield server


def _measure(pair: Pair, ours: Server, bare: Server, options: argparse.Namespace) -> None:
    """Print the pair's line."""
    ours_in_turn, bare_in_turn = requests_in_turn(pair.product), requests_in_turn(pair.bare)
    turn = {"clients": options.clients, "seconds": options.seconds}
    product_figures, bare_figures, ratios = Figures(), Figures(), []
    for _ in range(options.rounds):
        our_round, bare_round = ours.load(ours_in_turn, **turn), bare.load(bare_in_turn, **turn)
        ratios.append(our_round.per_second / bare_round.per_second)
        product_figures.add(our_round)
        bare_figures.add(bare_round)
    ratio = median(ratios)
    print(f"{pair.name:10}", end="")
    for figures in (product_figures, bare_figures):
        print(f"{figures.per_second:13,.0f}{figures.cpu_milliseconds:10.3f}", end="")
    print(f"{ratio:8.2f}{f'{min(ratios):.2f} to {max(ratios):.2f}':>14}{pair.at_least:8.1f}", end="")
    print("" if ratio >= pair.at_least else "  below", flush=True)
    for error in [*product_figures.errors, *bare_figures.errors][:3]:
        print(f"    {error}")


if __name__ == "__main__":
    sys.exit(run_command(main))
