"""Filmoteca beside the original way to solve the assignment: FastAPI, pandas frames, scikit-learn.

The seven questions of the assignment over the same films, each about many names that one film or person bears, and not
kept by anybody. Before anything is timed, answers are compared wherever the rules are the same.
"""

import json
import math
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import duckdb

from api.db.snapshots import MEMORY_LIMIT, THREADS
from benchmarks import peer_servers
from benchmarks.api import in_process, milliseconds, read_names
from benchmarks.load import Figures, Request, ask, asked_anew
from benchmarks.part import Part, Plan
from benchmarks.peers import warehouse_to_export
from benchmarks.results import Cell, Ratio, Table
from benchmarks.servers import Server, product
from benchmarks.turns import PER_SECOND, in_turns, ratios, together
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

CLIENTS = (1, 16)
TURN_SHARE = 0.5
MOST_ROUNDS = 3
NAMES = 200
NAMES_CHECKED = 20
OURS, ORIGINAL = "filmoteca", "original"

TITLES = f"""
    select title from marts.dim_movies where not contains(title, '/')
    qualify count(*) over (partition by title_key) = 1 order by hash(movie_id) limit {NAMES}
"""


def _people(column: str) -> str:
    """Who is the only one of the name, and has most films by the count."""
    return f"""
        select person_name from marts.dim_people where {column} > 0 and not contains(person_name, '/')
        qualify count(*) over (partition by person_name_key) = 1 order by {column} desc, person_id limit {NAMES}
    """


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven, under the same path in both."""

    name: str
    path: str
    names: str
    """SQL on the warehouse: about whom or what it is asked."""
    has_same_rules: bool = True
    """Whether both must answer the same."""

    def requests(self, connection: duckdb.DuckDBPyConnection) -> list[Request]:
        """One for each name."""
        return [Request(f"/{self.path}/{quote(name, safe='')}") for name in read_names(connection, self.names)]


QUESTIONS = (
    Question("cantidad_filmaciones", "cantidad-filmaciones", "select month_name_es from marts.fct_releases_by_month"),
    Question(
        "cantidad_filmaciones_dia",
        "cantidad-filmaciones-dia",
        "select weekday_name_es from marts.fct_releases_by_weekday",
    ),
    Question("score_titulo", "score-titulo", TITLES),
    Question("votos_titulo", "votos-titulo", TITLES),
    Question("nombre_actor", "nombre_actor", _people("cast_movie_count")),
    Question("director", "director", _people("directed_movie_count")),
    Question("recomendacion", "recomendacion", TITLES, has_same_rules=False),
)

Measured = dict[tuple[str, int], dict[str, list[Figures]]]
"""Figures of each round, by system; by question and clients."""


def measure(plan: Plan) -> list[Table]:
    """Serve both, compare their answers, then load them in turns."""
    peer_servers.install(plan.screen)
    with ExitStack() as stack:
        connection = stack.enter_context(warehouse_to_export(plan.settings))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {
            OURS: stack.enter_context(product()),
            ORIGINAL: stack.enter_context(peer_servers.original(connection, folder)),
        }
        for question in QUESTIONS:
            if question.has_same_rules:
                check_answers(question, connection, servers)
        measured = _measured(connection, servers, plan)
        processes: list[list[Cell]] = [
            [name, one.ready_seconds, one.resident_megabytes] for name, one in servers.items()
        ]
    bare = _bare_milliseconds(plan.settings)
    return [
        Table(
            title="The seven questions",
            sentence="One worker each, names that one film or person bears, nothing kept. The same answers to six of "
            "them. `recomendacion` has other rules: theirs compares overviews, ours all that is known of a film, and "
            "says why. Where several bear a name theirs adds their films up, and it knows no accents and no typos. The "
            "bare query is ours in the process, without HTTP. Ratios are of requests a second.",
            columns=[
                *("question", "clients"),
                *(f"{whose}, {what}" for what in (PER_SECOND, "p50 ms", "p99 ms") for whose in ("ours", "original")),
                "bare query, p50 ms",
            ],
            rows=[[*row, bare[str(row[0])]] for row in _rows(measured)],
            ratios=list(_ratios(measured)),
        ),
        Table(
            title="Both processes",
            sentence="From the start until the first answer, and resident at the end.",
            columns=["system", "ready after, s", "resident, MB"],
            rows=processes,
        ),
    ]


def check_answers(question: Question, connection: duckdb.DuckDBPyConnection, servers: Mapping[str, Server]) -> None:
    """Raises FilmotecaError when the two answer differently."""
    for request in question.requests(connection)[:NAMES_CHECKED]:
        ours, original = (json.loads(ask(servers[system].address, request)[1]) for system in (OURS, ORIGINAL))
        if not holds_all(ours, original):
            raise FilmotecaError(f"{request.path} is answered differently: ours {ours}; the original way {original}")


def holds_all(ours: Any, original: Any) -> bool:
    """Whether all that the original way answers stands in our answer too, numbers to nine digits."""
    if isinstance(original, dict):
        return isinstance(ours, dict) and all(key in ours and holds_all(ours[key], original[key]) for key in original)
    if isinstance(original, list):
        return len(ours) == len(original) and all(map(holds_all, ours, original))
    if isinstance(original, float) and isinstance(ours, int | float):
        return math.isclose(ours, original, rel_tol=1e-9)
    return bool(ours == original)


def _measured(connection: duckdb.DuckDBPyConnection, servers: Mapping[str, Server], plan: Plan) -> Measured:
    measured: Measured = {}
    for done, question in enumerate(QUESTIONS, 1):
        asked = {name: (server, asked_anew(question.requests(connection))) for name, server in servers.items()}
        for clients in CLIENTS:
            measured[question.name, clients] = in_turns(
                asked, clients=clients, seconds=TURN_SHARE * plan.seconds, rounds=min(plan.rounds, MOST_ROUNDS)
            )
        plan.screen.count("questions", done, len(QUESTIONS))
    return measured


def _bare_milliseconds(settings: Settings) -> dict[str, float]:
    """The median of each question in the process."""
    with open_read_only(settings.published_file, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        bare = in_process(connection)
        names = {question.name: cycle(read_names(connection, question.names)) for question in QUESTIONS}
        return {
            question: median(milliseconds(partial(bare, question), list(islice(some, NAMES))))
            for question, some in names.items()
        }


def _rows(measured: Measured) -> Iterator[list[Cell]]:
    for (question, clients), by_system in measured.items():
        both = [together(by_system[OURS]), together(by_system[ORIGINAL])]
        per_second = [figures.per_second for figures in both]
        yield [question, clients, *per_second, *(figures.percentile(p) for p in (50, 99) for figures in both)]


def _ratios(measured: Measured) -> Iterator[Ratio]:
    for (question, clients), by_system in measured.items():
        name = f"{question}, {clients} {'client' if clients == 1 else 'clients'}: ours / original"
        yield Ratio.of(name, ratios(by_system[OURS], by_system[ORIGINAL]))


PART = Part("original", "Beside the original way", measure)
