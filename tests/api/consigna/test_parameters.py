"""The query parameters of the assignment's questions, and their problems in Spanish."""

import pytest

from tests.api.client import Client, get_problem

ANIO = "«anio» debe ser un año, un entero de 1 a 9999 (por ejemplo, ?anio=1997); se recibió «{}»."
ID = (
    "«id» debe ser un identificador, un entero como los que dan las respuestas (por ejemplo, ?id=862); se recibió «{}»."
)


@pytest.mark.parametrize("query", ["anio=1997&anio=1953", "id=2&anio=1997&id=2", "anio=&anio=1953"])
def test_repeated_parameter_returns_422(client: Client, query: str) -> None:
    name = query.partition("=")[0]
    problem = get_problem(client, f"/score-titulo/Titanic?{query}", 422)
    assert problem["detail"] == f"El parámetro «{name}» aparece más de una vez; debe aparecer una sola."


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/score-titulo/Titanic?ano=1997", "No existe el parámetro «ano». ¿Quiso decir «anio»? Se aceptan: anio, id."),
        ("/franquicia/V/H/S Collection?x=1", "No existe el parámetro «x». Esta consulta no acepta ninguno."),
    ],
)
def test_unknown_parameter_returns_422_with_the_accepted_ones(client: Client, path: str, detail: str) -> None:
    assert get_problem(client, path, 422)["detail"] == detail


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/score-titulo/Titanic?anio=mil", ANIO.format("mil")),
        ("/score-titulo/Titanic?anio=0", ANIO.format("0")),
        ("/score-titulo/Titanic?anio=null", ANIO.format("null")),
        ("/score-titulo/Titanic?anio=", ANIO.format("")),
        ("/score-titulo/Titanic?id=abc", ID.format("abc")),
        ("/director/Orson Solo?id=9223372036854775808", ID.format("9223372036854775808")),
        ("/nombre_actor/Ana Robles?directores=si", "«directores» debe ser «excluir» o «incluir»; se recibió «si»."),
        ("/recomendacion/Titanic?formato=xml", "«formato» debe ser «detalle» o «lista»; se recibió «xml»."),
    ],
)
def test_invalid_value_returns_422_with_the_accepted_ones(client: Client, path: str, detail: str) -> None:
    assert get_problem(client, path, 422)["detail"] == detail
