"""How fast the API answers the assignment's questions, in the process and over HTTP.

Every question is asked about different names of the published warehouse, one at a time, nothing kept.
"""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import cycle, islice
from statistics import quantiles
from urllib.parse import quote

import duckdb

from api.consigna.recomendadas import recomendadas
from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from benchmarks.load import Request, asked_anew
from benchmarks.part import Part, Plan
from benchmarks.results import Ratio, Table
from benchmarks.servers import product
from recommender.index import RecommenderIndex
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError

NAMES_PER_ROUND = 40
FILM_CHOICE: dict[str, object] = {"anio": None, "id": None, "por_titulo_original": False}

# Question: path, the query's other parameters, and where its names come from.
QUESTIONS: dict[str, tuple[str, dict[str, object], str]] = {
    "cantidad_filmaciones": ("cantidad-filmaciones", {}, "select month_name_es from marts.fct_releases_by_month"),
    "cantidad_filmaciones_dia": (
        "cantidad-filmaciones-dia",
        {},
        "select weekday_name_es from marts.fct_releases_by_weekday",
    ),
    **{
        question: (
            path,
            FILM_CHOICE,
            "select title from marts.dim_movies using sample reservoir(200 rows) repeatable (1)",
        )
        for question, path in {
            "score_titulo": "score-titulo",
            "votos_titulo": "votos-titulo",
            "peliculas_duracion": "peliculas-duracion",
            "retorno": "retorno",
            "recomendacion": "recomendacion",
        }.items()
    },
    "nombre_actor": (
        "nombre_actor",
        {"id": None, "directores": "excluir"},
        "select person_name from marts.dim_people order by cast_movie_count desc, person_id limit 200",
    ),
    "director": (
        "director",
        {"id": None},
        "select person_name from marts.dim_people order by directed_movie_count desc, person_id limit 200",
    ),
    "peliculas_idioma": ("peliculas-idioma", {}, "select language_code from marts.dim_languages"),
    "franquicia": ("franquicia", {}, "select collection_name from marts.dim_collections limit 200"),
    "peliculas_pais": ("peliculas-pais", {}, "select country_name from marts.dim_countries"),
    "productoras_exitosas": (
        "productoras-exitosas",
        {},
        "select company_name from marts.dim_companies order by movie_count desc, company_id limit 200",
    ),
}


Ask = Callable[[str, str], None]
"""Asks one question about one name."""


def measure(plan: Plan) -> list[Table]:
    """Ask in the process and over HTTP in turns, each round about the next names."""
    overheads = []
    with (
        open_read_only(plan.settings.published_file, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection,
        product() as server,
        closing(http.client.HTTPConnection(*server.address)) as client,
    ):
        names = {question: cycle(read_names(connection, source)) for question, (_, _, source) in QUESTIONS.items()}
        ways = [in_process(connection), over_http(client)]
        taken: dict[Ask, dict[str, list[float]]] = {ask: {question: [] for question in QUESTIONS} for ask in ways}
        for done in range(plan.rounds):
            asked = {question: list(islice(names[question], NAMES_PER_ROUND)) for question in QUESTIONS}
            sums = []
            for ask in ways:
                times = {question: milliseconds(partial(ask, question), asked[question]) for question in QUESTIONS}
                sums.append(sum(map(sum, times.values())))
                for question, some in times.items():
                    taken[ask][question] += some
            overheads.append(sums[1] / sums[0])
            plan.screen.count("rounds of thirteen questions", done + 1, plan.rounds)
        ready, resident = server.ready_seconds, server.resident_megabytes
    return [
        Table(
            title="The assignment's questions",
            sentence="Each about many names, one at a time, nothing kept: its queries in the process (for "
            "`recomendacion` the recommender too), and the whole answer over HTTP on loopback.",
            columns=["question", *(f"{where}, {p} ms" for where in ("in process", "HTTP") for p in ("p50", "p95"))],
            rows=[
                [question, *(figure for ask in ways for figure in p50_and_p95(taken[ask][question]))]
                for question in QUESTIONS
            ],
            ratios=[Ratio.of("all thirteen: HTTP / in process", overheads, "lower")],
        ),
        Table(
            title="The process",
            sentence="One worker, from its start until its first answer, and what it holds after these questions.",
            columns=["ready after, s", "resident, MB"],
            rows=[[ready, resident]],
        ),
    ]


def read_names(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    """The names that a query gives."""
    return [row[0] for row in connection.execute(source).fetchall()]


def in_process(connection: duckdb.DuckDBPyConnection) -> Ask:
    """Asks as the handlers do, without HTTP."""
    queries, recommender = Queries(connection), RecommenderIndex(connection)

    def ask(question: str, name: str) -> None:
        row = queries.first(question, nombre=name, **QUESTIONS[question][1])
        if row and question == "director":
            queries.rows("dirigidas", id=row["id"])
        if row and question == "recomendacion":
            recomendadas(queries, recommender, row["id"])

    return ask


def over_http(connection: http.client.HTTPConnection) -> Ask:
    """Asks over a connection that is kept alive. Raises FilmotecaError when the answer is not good."""
    headers: Iterator[Request] = asked_anew([Request("")])

    def ask(question: str, name: str) -> None:
        path = f"/{QUESTIONS[question][0]}/{quote(name, safe='')}"
        connection.request("GET", path, headers=dict(next(headers).headers))
        response = connection.getresponse()
        response.read()
        if response.status != http.HTTPStatus.OK:
            raise FilmotecaError(f"{path} answered {response.status}; 200 was expected")

    return ask


def milliseconds(ask: Callable[[str], None], names: list[str]) -> list[float]:
    """How long it takes to ask about each name once."""
    taken = []
    for name in names:
        start = time.perf_counter()
        ask(name)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p50_and_p95(taken: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    percentiles = quantiles(taken, n=20)
    return percentiles[9], percentiles[18]


PART = Part("api", "The assignment's questions, one at a time", measure, is_quick=True)
