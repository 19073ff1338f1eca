"""The questions about one film, against small_warehouse.sql, whose comments hold the arithmetic."""

import pytest

from tests.api.client import Client, get_json, get_problem


def test_score_returns_votes_and_popularity(client: Client) -> None:
    assert get_json(client, "/score-titulo/amelie") == {
        "mensaje": "La película «Amélie» (2001) tiene un puntaje promedio de 7,8, con una popularidad de 12,50.",
        "id": 1,
        "titulo": "Amélie",
        "anio": 2001,
        "score": 7.8,
        "popularidad": 12.5,
        "otras_coincidencias": [],
    }


def test_score_of_a_film_without_votes_is_null(client: Client) -> None:
    answer = get_json(client, "/score-titulo/Mudo")
    assert (answer["score"], answer["popularidad"]) == (None, None)
    assert answer["mensaje"] == "La película «Mudo» (1920) no tiene votos, y por eso no tiene puntaje."


def test_shared_title_returns_the_film_with_most_votes_and_lists_the_others(client: Client) -> None:
    answer = get_json(client, "/score-titulo/titanic")
    assert answer["id"] == 2
    # Not film 11, whose original title is Titanic: other films have it as their title.
    assert answer["otras_coincidencias"] == [{"id": 3, "titulo": "Titanic", "anio": 1953}]


def test_shared_title_with_equal_votes_returns_the_lowest_id(client: Client) -> None:
    assert get_json(client, "/score-titulo/Gemelas")["id"] == 15


@pytest.mark.parametrize("choice", ["anio=1953", "id=3", "anio=1953&id=3"])
def test_anio_and_id_select_one_of_the_films(client: Client, choice: str) -> None:
    answer = get_json(client, f"/score-titulo/Titanic?{choice}")
    assert answer["id"] == 3
    assert answer["otras_coincidencias"] == [{"id": 2, "titulo": "Titanic", "anio": 1997}]


def test_anio_or_id_of_another_film_returns_404_with_the_matches(client: Client) -> None:
    problem = get_problem(client, "/score-titulo/Titanic?anio=1901", 404)
    assert [film["id"] for film in problem["coincidencias"]] == [2, 3]
    assert problem["detail"] == "Hay películas tituladas «Titanic», pero ninguna tiene el «anio» o el «id» pedido."
    # Titanic is only the original title of film 11.
    assert get_problem(client, "/score-titulo/Titanic?id=11", 404)["coincidencias"] == problem["coincidencias"]


def test_votes_from_two_thousand_on_are_returned(client: Client) -> None:
    answer = get_json(client, "/votos-titulo/Face/Off")
    assert (answer["votos"], answer["promedio"], answer["cumple_minimo"]) == (2000, 6.8, True)
    assert answer["mensaje"] == "La película «Face/Off» (1997) tiene 2.000 votos, con un promedio de 6,8."


def test_votes_below_two_thousand_are_null(client: Client) -> None:
    answer = get_json(client, "/votos-titulo/8½")
    assert (answer["votos"], answer["promedio"]) == (None, None)
    assert (answer["cumple_minimo"], answer["minimo_votos"]) == (False, 2000)
    assert answer["mensaje"] == "La película «8½» (1963) no alcanza los 2.000 votos que hacen falta para informarlos."
    assert get_json(client, "/votos-titulo/Mudo")["cumple_minimo"] is False


def test_runtime_returns_minutes_or_null(client: Client) -> None:
    known = get_json(client, "/peliculas-duracion/Titanic")
    assert (known["duracion_minutos"], known["mensaje"]) == (194, "La película «Titanic» (1997) dura 194 minutos.")
    unknown = get_json(client, "/peliculas-duracion/Mudo")
    assert unknown["duracion_minutos"] is None
    assert unknown["mensaje"] == "No se conoce la duración de la película «Mudo» (1920)."


@pytest.mark.parametrize(
    ("titulo", "money", "sentence"),
    [
        ("Titanic", (200_000_000, 1_800_000_000, 9), "costó USD 200.000.000 y recaudó USD 1.800.000.000"),
        ("300", (65_000_000, 0, 0), "no se conoce la ganancia"),
        ("100%25 Wolf", (0, 9_000_000, 0), "no se conoce la inversión"),
        ("8½", (0, 0, 0), "No se conocen ni la inversión ni la ganancia"),
    ],
)
def test_unknown_money_is_zero_and_the_sentence_says_so(
    client: Client, titulo: str, money: tuple[int, int, float], sentence: str
) -> None:
    answer = get_json(client, f"/retorno/{titulo}")
    assert (answer["inversion"], answer["ganancia"], answer["retorno"]) == money
    assert sentence in answer["mensaje"]
