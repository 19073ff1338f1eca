"""Filmoteca beside Datasette and ROAPI, on the same films.

Five questions, each about many different films, years or titles. Before anything is timed, every system's answers are
compared with what the warehouse itself says.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import duckdb

from benchmarks import peer_servers
from benchmarks.load import Figures, ask, requests_in_turn
from benchmarks.part import Part, Plan
from benchmarks.peer_questions import DATASETTE, FILMOTECA, QUESTIONS, ROAPI, Question, read_cases, right_answer
from benchmarks.results import Cell, Ratio, Table
from benchmarks.servers import Server, product
from benchmarks.turns import CPU, PER_SECOND, PERCENTILES, in_turns, percentiles, ratios, together
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

CASES_CHECKED = 20
CLIENTS = (1, 16)
TURN_SHARE = 0.5
MOST_ROUNDS = 3
"""Three systems, five questions: shorter turns, and fewer, than elsewhere."""

Measured = dict[tuple[str, int], dict[str, list[Figures]]]
"""Figures of each round, by system; by question and clients."""


def measure(plan: Plan) -> list[Table]:
    """Serve all, check all, then load them in turns."""
    peer_servers.install(plan.screen)
    with ExitStack() as stack:
        connection = stack.enter_context(warehouse_to_export(plan.settings))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {
            FILMOTECA: stack.enter_context(product()),
            DATASETTE: stack.enter_context(peer_servers.datasette(connection, folder)),
            ROAPI: stack.enter_context(peer_servers.roapi(connection, folder)),
        }
        for question in QUESTIONS:
            check_answers(connection, question, servers)
        measured = _measured(connection, servers, plan)
        processes: list[list[Cell]] = [
            [system, server.ready_seconds, server.resident_megabytes] for system, server in servers.items()
        ]
    return [
        Table(
            title="Beside Datasette and ROAPI",
            sentence="The same films in SQLite with the same keys and indexes, and in DataFusion's memory; one worker "
            "of ours. Each answers as its own users would ask it, and all answers are the same. Ratios are of "
            "requests a second, ours over theirs.",
            columns=["question", "clients", "system", PER_SECOND, *PERCENTILES, CPU],
            rows=list(_rows(measured)),
            ratios=list(_ratios(measured)),
        ),
        Table(
            title="Their processes",
            sentence="From the start until the first answer, and resident at the end, all processes together.",
            columns=["system", "ready after, s", "resident, MB"],
            rows=processes,
        ),
    ]


def warehouse_to_export(settings: Settings) -> duckdb.DuckDBPyConnection:
    """The published warehouse, open in such a way that Parquet files can be written from it."""
    database = settings.published_file
    open_read_only(database).close()
    return duckdb.connect(str(database), read_only=True)


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


def _measured(connection: duckdb.DuckDBPyConnection, servers: Mapping[str, Server], plan: Plan) -> Measured:
    measured: Measured = {}
    for done, question in enumerate(QUESTIONS, 1):
        cases = read_cases(connection, question)
        # What was checked may be kept ready; where there are no other cases, nobody keeps answers of that size.
        timed = cases[CASES_CHECKED:] or cases
        asked = {
            system: (server, requests_in_turn(question.requests(system, timed))) for system, server in servers.items()
        }
        for clients in CLIENTS:
            measured[question.name, clients] = in_turns(
                asked, clients=clients, seconds=TURN_SHARE * plan.seconds, rounds=min(plan.rounds, MOST_ROUNDS)
            )
        plan.screen.count("questions", done, len(QUESTIONS))
    return measured


def _rows(measured: Measured) -> Iterator[list[Cell]]:
    for (question, clients), by_system in measured.items():
        for system, rounds in by_system.items():
            figures = together(rounds)
            yield [question, clients, system, figures.per_second, *percentiles(figures), figures.cpu_milliseconds]


def _ratios(measured: Measured) -> Iterator[Ratio]:
    for (question, clients), by_system in measured.items():
        for system in (DATASETTE, ROAPI):
            name = f"{question}, {clients} clients: ours / {system}".replace(", 1 clients", ", 1 client")
            yield Ratio.of(name, ratios(by_system[FILMOTECA], by_system[system]))


PART = Part("peers", "Beside Datasette and ROAPI", measure)
