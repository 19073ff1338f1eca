"""The questions about actors and directors, against small_warehouse.sql, whose comments hold the arithmetic."""

import pytest

from tests.api.client import Client, get_json, get_problem


def test_actor_excludes_the_films_she_directed(client: Client) -> None:
    assert get_json(client, "/nombre_actor/ana robles") == {
        "mensaje": (
            "Ana Robles actuó en 2 películas, con un retorno total de 12,00 y un promedio de 6,00 por película. "
            "No cuenta 1 película que también dirigió."
        ),
        "id": 100,
        "actor": "Ana Robles",
        "cantidad_peliculas": 2,
        "retorno_total": 12,
        "retorno_promedio": 6,
        "peliculas_dirigidas_excluidas": 1,
        "peliculas_con_retorno": 2,
        "retorno_promedio_conocido": 6,
        "retorno_mediano_conocido": 6,
        "retorno_ponderado": pytest.approx(7.2857142857),
        # Person 102 has no film in the cast; a derived id comes after a TMDB id.
        "homonimos": [
            {"id": 101, "nombre": "Ana Robles", "cantidad_peliculas": 1},
            {"id": -7, "nombre": "Ana Robles", "cantidad_peliculas": 1},
        ],
    }


def test_actor_with_directores_incluir_counts_the_films_she_directed(client: Client) -> None:
    answer = get_json(client, "/nombre_actor/Ana Robles?directores=incluir")
    assert (answer["cantidad_peliculas"], answer["retorno_total"]) == (3, 14.75)
    assert answer["retorno_promedio"] == pytest.approx(4.9166666667)


def test_actor_who_directed_all_his_films_has_none(client: Client) -> None:
    answer = get_json(client, "/nombre_actor/Orson Solo")
    assert (answer["cantidad_peliculas"], answer["retorno_total"], answer["retorno_promedio"]) == (0, 0, 0)


def test_id_selects_one_of_the_people_with_a_name(client: Client) -> None:
    answer = get_json(client, "/nombre_actor/Ana Robles?id=-7")
    assert (answer["id"], answer["retorno_promedio_conocido"]) == (-7, None)
    assert [person["id"] for person in answer["homonimos"]] == [100, 101]


def test_id_of_someone_else_returns_404_with_the_people_of_that_name(client: Client) -> None:
    problem = get_problem(client, "/nombre_actor/Ana Robles?id=102", 404)
    assert [person["id"] for person in problem["homonimos"]] == [100, 101, -7]
    assert problem["detail"] == "Hay personas llamadas «Ana Robles», pero ninguna tiene el «id» pedido."


def test_director_returns_films_newest_first(client: Client) -> None:
    answer = get_json(client, "/director/Orson Solo")
    assert (answer["cantidad_peliculas"], answer["retorno_total"], answer["retorno_promedio"]) == (3, 12, 4)
    assert answer["peliculas"][0] == {
        "id": 7,
        "titulo": "300",
        "anio": 2006,
        "fecha_estreno": "2006-12-09",
        "retorno": 0,
        "costo": 65_000_000,
        "ganancia": 0,
        "beneficio_neto": None,
    }
    assert [film["id"] for film in answer["peliculas"]] == [7, 2, 4]
    assert answer["peliculas"][1]["beneficio_neto"] == 1_600_000_000
