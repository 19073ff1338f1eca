"""Filmoteca beside Datasette and ROAPI, on the same films: `python -m benchmarks.peers`.

Five questions, each about many different films, years or titles, with one client and with many. Before anything is
timed, every system's answers are compared with what the warehouse itself says. The systems take turns in short
rounds, so that a noisy neighbour of this machine meets them all alike.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import duckdb

from benchmarks import peer_servers
from benchmarks.load import Figures, ask, requests_in_turn
from benchmarks.peer_questions import (
    DATASETTE,
    FILMOTECA,
    QUESTIONS,
    ROAPI,
    SYSTEMS,
    Question,
    questions,
    read_cases,
    right_answer,
)
from benchmarks.servers import Server, product
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

CASES_CHECKED = 20

Measured = dict[tuple[str, int, str], Figures]
"""Figures by question, clients and system."""


def main(arguments: Sequence[str]) -> int:
    """Serve, check, measure, print."""
    options = _parser().parse_args(arguments)
    asked = list(questions(options.question))
    peer_servers.install()
    with ExitStack() as stack:
        connection = stack.enter_context(_warehouse())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        doors = {
            FILMOTECA: lambda: product(options.workers),
            DATASETTE: lambda: peer_servers.datasette(connection, folder),
            ROAPI: lambda: peer_servers.roapi(connection, folder),
        }
        servers = {system: stack.enter_context(doors[system]()) for system in options.systems}
        for question in asked:
            check_answers(connection, question, servers)
        measured = _measure(connection, asked, servers, options)
        for system, server in servers.items():
            print(f"{system}: ready after {server.ready_seconds:.1f} s, {server.resident_megabytes:.0f} MB at the end")
    _print_table(measured)
    _print_verdict(measured)
    return 0


def _warehouse() -> duckdb.DuckDBPyConnection:
    """The published warehouse, open in such a way that Parquet files can be written from it."""
    database = Settings.from_environment().published_file
    open_read_only(database).close()
    return duckdb.connect(str(database), read_only=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS, help="which to measure")
    parser.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="NAME",
        help=f"only questions that begin so: {', '.join(question.name for question in QUESTIONS)}",
    )
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 16], help="how many ask at once")
    parser.add_argument("--seconds", type=float, default=2, help="length of a system's turn")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each system")
    parser.add_argument("--workers", type=int, default=1, help="processes of Filmoteca")
    return parser


def check_answers(connection: duckdb.DuckDBPyConnection, question: Question, servers: Mapping[str, Server]) -> None:
    """Raises FilmotecaError when a system's answer is not what the warehouse says."""
    cases = read_cases(connection, question)[:CASES_CHECKED]
    if not cases:
        raise FilmotecaError(f"this warehouse has nothing to ask about {question.name}")
    for case in cases:
        expected = right_answer(connection, question, case)
        for system, server in servers.items():
            (request,) = question.requests(system, [case])
            body = ask(server.address, request)[1]
            if not question.is_right(system, body, expected):
                got = question.read(system, body)
                raise FilmotecaError(
                    f"{system} answers {question.name} otherwise than the warehouse, for {case}: "
                    f"{len(got)} rows {got[:5]}…; right are {len(expected)} rows {expected[:5]}…"
                )
    print(f"{question.name}: {len(cases)} cases, the same answers from {', '.join(servers)}", flush=True)


def _measure(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Question],
    servers: Mapping[str, Server],
    options: argparse.Namespace,
) -> Measured:
    measured: Measured = defaultdict(Figures)
    for question in asked:
        cases = read_cases(connection, question)
        # What was checked may be kept ready; where there are no other cases, nobody keeps answers of that size.
        timed = cases[CASES_CHECKED:] or cases
        turns = {system: requests_in_turn(question.requests(system, timed)) for system in servers}
        for clients in options.clients:
            for _ in range(options.rounds):
                for system, server in servers.items():
                    figures = server.load(turns[system], clients=clients, seconds=options.seconds)
                    measured[question.name, clients, system].add(figures)
    return measured


def _print_table(measured: Measured) -> None:
    print(f"\n{'question':26}{'clients':>8}  {'system':12}{'requests/s':>11}{'p50, ms':>10}{'p99, ms':>10}", end="")
    print(f"{'CPU, ms':>9}{'errors':>8}{'ours / theirs':>15}")
    for (question, clients, system), figures in measured.items():
        ours = measured.get((question, clients, FILMOTECA))
        ratio = f"{ours.per_second / figures.per_second:.2f}" if ours and system != FILMOTECA else ""
        print(
            f"{question:26}{clients:8}  {system:12}{figures.per_second:11,.0f}{figures.percentile(50):10.2f}"
            f"{figures.percentile(99):10.2f}{figures.cpu_milliseconds:9.2f}{len(figures.errors):8}{ratio:>15}"
        )
        for error in figures.errors[:2]:
            print(f"    {error}")


def _print_verdict(measured: Measured) -> None:
    """Say where Filmoteca answers fewer requests a second than a peer."""
    behind = [
        f"  {question}, {clients} clients: {ratio:.2f} of {system}"
        for question, clients, system, ratio in _ratios(measured)
        if ratio < 1
    ]
    if behind:
        print("\nFilmoteca is behind on:", *behind, sep="\n")
    elif any(system == FILMOTECA for _, _, system in measured):
        print("\nFilmoteca is ahead on each.")


def _ratios(measured: Measured) -> Iterator[tuple[str, int, str, float]]:
    """Question, clients, peer, and our requests a second over the peer's."""
    for (question, clients, system), figures in measured.items():
        ours = measured.get((question, clients, FILMOTECA))
        if ours and system != FILMOTECA:
            yield question, clients, system, ours.per_second / figures.per_second


if __name__ == "__main__":
    sys.exit(run_command(main))
