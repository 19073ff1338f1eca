"""Fields of problems in Spanish; `problems.yaml` has their sentences."""

from typing import Any

import pytest

from api.consigna.lookups import LOOKUPS
from tests.api.client import Client, get_json, get_problem


@pytest.mark.parametrize(
    ("path", "status", "field", "values"),
    [
        ("/score-titulo/Titanik", 404, "sugerencias", ["Titanic"]),
        ("/peliculas-idioma/Espanhol", 404, "sugerencias", ["Español", "es"]),
        ("/score-titulo/qqqqqqqqqqqq", 404, "sugerencias", []),
        # Titanic is only the original title of film 11.
        (
            "/score-titulo/Titanic?id=11",
            404,
            "coincidencias",
            [{"id": 2, "titulo": "Titanic", "anio": 1997}, {"id": 3, "titulo": "Titanic", "anio": 1953}],
        ),
        ("/cantidad-filmaciones/0", 422, "valores_aceptados", [*LOOKUPS["mes"].accepted]),
        ("/cantidad-filmaciones-dia/8", 422, "valores_aceptados", [*LOOKUPS["dia"].accepted]),
        ("/score-titulo/Titanic?ano=1997", 422, "valores_aceptados", ["anio", "id"]),
        ("/score-titulo/Titanic?ano=1997", 422, "title", "Parámetro no válido"),
    ],
)
def test_problem_has_the_expected_field(client: Client, path: str, status: int, field: str, values: Any) -> None:
    assert get_problem(client, path, status)[field] == values


@pytest.mark.parametrize(("path", "kind"), [("/cantidad-filmaciones", "mes"), ("/cantidad-filmaciones-dia", "dia")])
def test_accepted_names_are_those_of_the_warehouse_in_order(client: Client, path: str, kind: str) -> None:
    names = LOOKUPS[kind].accepted
    assert [get_json(client, f"{path}/{number + 1}")[kind] for number in range(len(names))] == [*names]
