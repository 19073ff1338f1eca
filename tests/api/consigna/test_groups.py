"""The questions about many films, against small_warehouse.sql, whose comments hold the arithmetic."""

import pytest

from api.consigna.lookups import MONTHS, WEEKDAYS
from tests.api.client import Client, get_json, get_problem


@pytest.mark.parametrize(
    "path", ["octubre", "OCTUBRE", "%20Oct%20", "october", "10"], ids=["name", "case", "space", "english", "number"]
)
def test_month_by_any_of_its_names_returns_its_films(client: Client, path: str) -> None:
    assert get_json(client, f"/cantidad-filmaciones/{path}") == {
        "mensaje": "En el mes de octubre se estrenó 1 película.",
        "mes": "octubre",
        "cantidad": 1,
        "cantidad_sin_placeholder": 1,
    }


def test_weekday_returns_its_films(client: Client) -> None:
    assert get_json(client, "/cantidad-filmaciones-dia/MIÉRCOLES") == {
        "mensaje": "Un miércoles se estrenaron 4 películas.",
        "dia": "miércoles",
        "cantidad": 4,
        "cantidad_sin_placeholder": 3,
    }


@pytest.mark.parametrize(
    ("path", "accepted"), [("/cantidad-filmaciones/brumario", [*MONTHS]), ("/cantidad-filmaciones-dia/8", [*WEEKDAYS])]
)
def test_unknown_month_or_weekday_returns_422_with_accepted_values(
    client: Client, path: str, accepted: list[str]
) -> None:
    problem = get_problem(client, path, 422)
    assert problem["valores_aceptados"] == accepted
    assert problem["title"] == "Parámetro no válido"


@pytest.mark.parametrize(
    ("path", "names"), [("/cantidad-filmaciones/", MONTHS), ("/cantidad-filmaciones-dia/", WEEKDAYS)]
)
def test_accepted_values_are_those_of_the_warehouse_in_order(client: Client, path: str, names: tuple[str, ...]) -> None:
    for number, name in enumerate(names, start=1):
        answer = get_json(client, f"{path}{number}")
        assert name in answer.values()


@pytest.mark.parametrize(
    ("path", "franchise", "film_count", "total", "mean", "known_revenue_count"),
    [
        ("/franquicia/v/h/s collection", "V/H/S Collection", 2, 100, 50, 1),
        ("/franquicia/Otra Coleccion", "Otra Colección", 1, 0, 0, 0),
    ],
)
def test_franchise_counts_unknown_revenue_as_zero(
    client: Client, path: str, franchise: str, film_count: int, total: int, mean: int, known_revenue_count: int
) -> None:
    assert (
        get_json(client, path).items()
        >= {
            "franquicia": franchise,
            "cantidad_peliculas": film_count,
            "ganancia_total": total,
            "ganancia_promedio": mean,
            "peliculas_con_ganancia": known_revenue_count,
        }.items()
    )


def test_company_with_two_ids_counts_a_shared_film_once(client: Client) -> None:
    answer = get_json(client, "/productoras-exitosas/RANKIN/BASS")
    assert (answer["productora"], answer["cantidad_peliculas"], answer["recaudacion_total"]) == (
        "Rankin/Bass",
        3,
        2_111_500_000,
    )


def test_company_by_part_of_its_name_returns_404(client: Client) -> None:
    get_problem(client, "/productoras-exitosas/Warner", 404)


@pytest.mark.parametrize(
    ("pais", "name", "count"), [("ar", "Argentina", 1), ("argentina", "Argentina", 1), ("congo", "Congo", 3)]
)
def test_country_by_name_or_code_returns_its_films(client: Client, pais: str, name: str, count: int) -> None:
    answer = get_json(client, f"/peliculas-pais/{pais}")
    assert (answer["pais"], answer["cantidad"]) == (name, count)


@pytest.mark.parametrize(("idioma", "code", "count"), [("ES", "es", 2), ("espanol", "es", 2), ("xx", "xx", 0)])
def test_language_by_code_or_name_returns_its_films(client: Client, idioma: str, code: str, count: int) -> None:
    answer = get_json(client, f"/peliculas-idioma/{idioma}")
    assert (answer["idioma"], answer["cantidad"]) == (code, count)
