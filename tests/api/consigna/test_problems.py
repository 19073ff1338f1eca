"""Unknown names and invalid parameters, in Spanish."""

import pytest

from api.consigna.lookups import LOOKUPS
from tests.api.client import Client, get_json, get_problem

REPEATED = "El parámetro «{}» aparece más de una vez; debe aparecer una sola."
ANIO = "«anio» debe ser un año, un entero de 1 a 9999 (por ejemplo, ?anio=1997); se recibió «{}»."
ID = (
    "«id» debe ser un identificador, un entero como los que dan las respuestas (por ejemplo, ?id=862); se recibió «{}»."
)


@pytest.mark.parametrize(
    ("path", "best"),
    [
        ("/score-titulo/Titanik", "Titanic"),
        ("/votos-titulo/Otto e mezo", "Otto e mezzo"),
        ("/recomendacion/Spirited", "Spirited Away"),
        ("/nombre_actor/Robert Downey", "Robert Downey Jr."),
        ("/director/Fellini", "Federico Fellini"),
        ("/franquicia/VHS Collection", "V/H/S Collection"),
        ("/productoras-exitosas/Pixr", "Pixar"),
        ("/peliculas-pais/Argentine", "Argentina"),
        ("/peliculas-idioma/Espanhol", "Español"),
    ],
)
def test_unknown_name_returns_404_with_the_most_similar_names(client: Client, path: str, best: str) -> None:
    problem = get_problem(client, path, 404)
    assert problem["sugerencias"][0] == best
    assert len(problem["sugerencias"]) <= 5
    assert f"¿Buscaba «{best}»?" in problem["detail"]


@pytest.mark.parametrize("path", ["/score-titulo/qqqqqqqqqqqq", "/productoras-exitosas/Warner"])
def test_unknown_name_like_no_other_returns_no_suggestions(client: Client, path: str) -> None:
    assert get_problem(client, path, 404)["sugerencias"] == []


@pytest.mark.parametrize(("path", "kind"), [("/cantidad-filmaciones/0", "mes"), ("/cantidad-filmaciones-dia/8", "dia")])
def test_unknown_month_or_weekday_returns_422_with_accepted_values(client: Client, path: str, kind: str) -> None:
    problem = get_problem(client, path, 422)
    assert problem["valores_aceptados"] == [*LOOKUPS[kind].accepted]
    assert problem["title"] == "Parámetro no válido"


@pytest.mark.parametrize(("path", "kind"), [("/cantidad-filmaciones", "mes"), ("/cantidad-filmaciones-dia", "dia")])
def test_accepted_names_are_those_of_the_warehouse_in_order(client: Client, path: str, kind: str) -> None:
    names = LOOKUPS[kind].accepted
    assert [get_json(client, f"{path}/{number + 1}")[kind] for number in range(len(names))] == [*names]


@pytest.mark.parametrize(
    ("path", "matches", "ids", "detail"),
    [
        # Titanic is only the original title of film 11.
        ("/score-titulo/Titanic?id=11", "coincidencias", [2, 3], "ninguna tiene el «anio» o el «id» pedido."),
        ("/score-titulo/Titanic?anio=1901", "coincidencias", [2, 3], "ninguna tiene el «anio» o el «id» pedido."),
        ("/nombre_actor/Ana Robles?id=102", "homonimos", [100, 101, -7], "pero ninguna tiene el «id» pedido."),
    ],
)
def test_parameters_that_select_no_match_return_404_with_the_matches(
    client: Client, path: str, matches: str, ids: list[int], detail: str
) -> None:
    problem = get_problem(client, path, 404)
    assert [match["id"] for match in problem[matches]] == ids
    assert problem["detail"].endswith(detail)


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        (f"/score-titulo/{'a' * 301}", "El nombre debe tener de 1 a 300 caracteres; se recibieron 301."),
        ("/score-titulo/Titanic?id=2&anio=1997&id=2", REPEATED.format("id")),
        ("/score-titulo/Titanic?anio=&anio=1953", REPEATED.format("anio")),
        (
            "/score-titulo/Titanic?ano=1997",
            "No existe el parámetro «ano». ¿Quisiste decir «anio»? Se aceptan: anio, id.",
        ),
        ("/franquicia/V/H/S Collection?x=1", "No existe el parámetro «x». Esta consulta no acepta ninguno."),
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
def test_invalid_name_or_parameter_returns_422_with_what_is_accepted(client: Client, path: str, detail: str) -> None:
    assert get_problem(client, path, 422)["detail"] == detail
