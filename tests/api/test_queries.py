"""The laws of the API's SQL, held against every file of it."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import msgspec
import pytest

from api.builds import MEMORY_LIMIT, THREADS
from api.consigna import schemas as consigna
from api.queries import API_FOLDER, Queries
from api.search import schemas as search
from api.system import schemas as system
from warehouse.connection import open_read_only

QUERIES = sorted(API_FOLDER.glob("*/queries/*.sql"))
MACROS = sorted(API_FOLDER.glob("*/macros.sql"))
ANSWERS: dict[str, type[msgspec.Struct]] = {
    "cantidad_filmaciones": consigna.CantidadFilmaciones,
    "cantidad_filmaciones_dia": consigna.CantidadFilmacionesDia,
    "score_titulo": consigna.ScoreTitulo,
    "votos_titulo": consigna.VotosTitulo,
    "peliculas_duracion": consigna.PeliculasDuracion,
    "retorno": consigna.Retorno,
    "recomendacion": consigna.Recomendacion,
    "nombre_actor": consigna.NombreActor,
    "director": consigna.Director,
    "peliculas_idioma": consigna.PeliculasIdioma,
    "franquicia": consigna.Franquicia,
    "peliculas_pais": consigna.PeliculasPais,
    "productoras_exitosas": consigna.ProductorasExitosas,
    "recomendadas": consigna.Recomendada,
    "dirigidas": consigna.PeliculaDirigida,
    "coincidencias": consigna.Pelicula,
    "homonimos_actores": consigna.Homonimo,
    "homonimos_directores": consigna.Homonimo,
    "search": search.Hit,
    "ready": system.Ready,
}


# Fields that no column of the answer's own query holds: the sentence, what a second query lists, the watcher's word.
OTHERWISE_MADE = {"mensaje", "peliculas", "recomendaciones", "motivos", "refused"}


@pytest.fixture
def connection(small_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # As the service opens it.
    with open_read_only(small_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        yield connection


def code(path: Path) -> str:
    return re.sub(r"--.*", "", path.read_text("utf-8"))


def columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    for macros in MACROS:
        connection.execute(macros.read_text("utf-8"))
    parameters = dict.fromkeys(re.findall(r"\$(\w+)", code(path)))
    return [column[0] for column in connection.execute(path.read_text("utf-8"), parameters).description or ()]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_columns_are_the_fields_of_the_answer(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    found = columns(connection, path)
    answer = ANSWERS.get(path.stem)
    expected = {field.name for field in msgspec.structs.fields(answer)} if answer else {"nombre"}
    if answer is consigna.Recomendada:  # a row for each of its reasons
        expected |= {field.name for field in msgspec.structs.fields(consigna.Motivo)}
    assert len(found) == len(set(found))
    assert set(found) == expected - OTHERWISE_MADE


@pytest.mark.parametrize("path", [*QUERIES, *MACROS], ids=lambda path: path.stem)
def test_queries_bind_parameters_and_read_public_tables(path: Path) -> None:
    text = code(path)
    assert not re.search(r"[{}]{2}|%s|\?", text), "only $named parameters"
    schemas = set(re.findall(r"\b(?:from|join)\s+(\w+)\.\w+", text))
    assert schemas <= {"marts", "quality", "recommender"}
    if path not in MACROS:
        assert not re.search(r"^select\s+\*|\w\.\*", text, re.MULTILINE), "columns are listed"
        assert not re.search(r"\b(insert|update|delete|create|drop|alter|copy|attach|install|load)\b", text)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_order_ends_in_a_key(path: Path) -> None:
    key = re.compile(r"(?:min\()?(?:\w+\.)?(?:\w+_id|\w+_code|\w+_rank|release_month|release_weekday)\b")
    for order in re.findall(r"order by (.*)", code(path)):
        assert key.match(order.split(", ")[-1]), order


def test_every_query_has_a_user() -> None:
    python = "\n".join(path.read_text("utf-8") for path in API_FOLDER.rglob("*.py"))
    for path in QUERIES:
        assert f'"{path.stem}"' in python
    assert len({path.stem for path in QUERIES}) == len(QUERIES)


def test_a_failed_query_leaves_the_door_open(connection: duckdb.DuckDBPyConnection) -> None:
    queries = Queries(connection)
    with pytest.raises(duckdb.Error):
        queries.rows("score_titulo")
    assert queries.first("ready") == {"build_id": "build-1", "built_at": "2026-01-31T12:00:00Z"}


def test_answers_of_all_threads_are_the_same(connection: duckdb.DuckDBPyConnection) -> None:
    queries = Queries(connection)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(queries.first, "peliculas_pais", nombre="congo") for _ in range(64)]
    assert {str(future.result()) for future in asked} == {"{'pais': 'Congo', 'cantidad': 3}"}
