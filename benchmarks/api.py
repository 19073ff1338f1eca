"""How fast the API answers the assignment's questions: `python -m benchmarks.api`.

Every question is asked about different names of the published warehouse, in the process and over HTTP on loopback,
one at a time, nothing cached. Prints milliseconds at the median and the 95th percentile, the server's time to ready
and its resident memory.
"""

import http.client
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import quantiles
from urllib.parse import quote

import duckdb

from api.builds import MEMORY_LIMIT, THREADS
from api.consigna.recomendadas import recomendadas
from api.queries import Queries
from benchmarks.load import Address
from benchmarks.servers import product
from recommender.index import Index
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

ROUNDS = 200
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


def main(_arguments: Sequence[str]) -> int:
    """Measure and print the table."""
    database = Settings.from_environment().published_file
    with open_read_only(database, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        names = {question: _names(connection, source) for question, (_, _, source) in QUESTIONS.items()}
        in_process = _in_process(Queries(connection), names)
    with product() as server:
        over_http = _over_http(server.address, names)
        resident = server.resident_megabytes
    print(f"{'question':26}{'in process, ms':>22}{'over HTTP, ms':>22}")
    print(f"{'':26}{'p50':>11}{'p95':>11}{'p50':>11}{'p95':>11}")
    for question in QUESTIONS:
        figures = (*in_process[question], *over_http[question])
        print(f"{question:26}" + "".join(f"{figure:11.2f}" for figure in figures))
    print(f"ready after {server.ready_seconds:.2f} s; {resident:.0f} MB resident, all processes together")
    return 0


def _names(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    names = [row[0] for row in connection.execute(source).fetchall()]
    return [names[index % len(names)] for index in range(ROUNDS)]


def _in_process(queries: Queries, names: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    recommender = Index(queries.connection)

    def ask(question: str, name: str) -> None:
        row = queries.first(question, nombre=name, **QUESTIONS[question][1])
        if row and question == "director":
            queries.rows("dirigidas", id=row["id"])
        if row and question == "recomendacion":
            recomendadas(queries, recommender, row["id"])

    return {question: _timed(partial(ask, question), names[question]) for question in QUESTIONS}


def _over_http(address: Address, names: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    connection = http.client.HTTPConnection(*address)

    def ask(path: str, name: str) -> None:
        connection.request("GET", f"/{path}/{quote(name, safe='')}")
        response = connection.getresponse()
        response.read()
        if response.status != http.HTTPStatus.OK:
            raise FilmotecaError(f"/{path}/{name} answered {response.status}; 200 was expected")

    return {question: _timed(partial(ask, path), names[question]) for question, (path, _, _) in QUESTIONS.items()}


def _timed(ask: Callable[[str], None], names: list[str]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds, of asking about each name once."""
    milliseconds = []
    for name in names:
        start = time.perf_counter()
        ask(name)
        milliseconds.append((time.perf_counter() - start) * 1000)
    percentiles = quantiles(milliseconds, n=20)
    return percentiles[9], percentiles[18]


if __name__ == "__main__":
    sys.exit(run_command(main))
