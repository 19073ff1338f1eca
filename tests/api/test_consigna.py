"""The assignment's thirteen answers, against small_warehouse.sql, whose comments hold the arithmetic."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.consigna.parameters import MONTHS, WEEKDAYS

Client = TestClient[Litestar]


def ask(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def refused(client: Client, path: str, status: int) -> dict[str, Any]:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    return problem


@pytest.mark.parametrize(
    "path", ["octubre", "OCTUBRE", "%20Oct%20", "october", "10"], ids=["name", "case", "space", "english", "number"]
)
def test_a_month_has_many_names(client: Client, path: str) -> None:
    assert ask(client, f"/cantidad-filmaciones/{path}") == {
        "mensaje": "En el mes de octubre se estrenó 1 película.",
        "mes": "octubre",
        "cantidad": 1,
        "cantidad_sin_placeholder": 1,
    }


def test_days(client: Client) -> None:
    assert ask(client, "/cantidad-filmaciones-dia/MIÉRCOLES") == {
        "mensaje": "Un miércoles se estrenaron 4 películas.",
        "dia": "miércoles",
        "cantidad": 4,
        "cantidad_sin_placeholder": 3,
    }


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/cantidad-filmaciones/brumario", list(MONTHS)),
        ("/cantidad-filmaciones-dia/8", list(WEEKDAYS)),
    ],
)
def test_no_month_and_no_day(client: Client, path: str, accepted: list[str]) -> None:
    problem = refused(client, path, 422)
    assert problem["valores_aceptados"] == accepted
    assert problem["title"] == "Parámetro no válido"


def test_score(client: Client) -> None:
    assert ask(client, "/score-titulo/amelie") == {
        "mensaje": "La película «Amélie» (2001) tiene un puntaje promedio de 7,8, con una popularidad de 12,50.",
        "id": 1,
        "titulo": "Amélie",
        "anio": 2001,
        "score": 7.8,
        "popularidad": 12.5,
        "otras_coincidencias": [],
    }


def test_a_film_without_votes_has_no_score(client: Client) -> None:
    answer = ask(client, "/score-titulo/Mudo")
    assert (answer["score"], answer["popularidad"]) == (None, None)
    assert answer["mensaje"] == "La película «Mudo» (1920) no tiene votos, y por eso no tiene puntaje."


def test_most_votes_answer_and_the_others_are_listed(client: Client) -> None:
    answer = ask(client, "/score-titulo/titanic")
    assert answer["id"] == 2
    # Not film 11, whose original title is Titanic: some films bear the title itself.
    assert answer["otras_coincidencias"] == [{"id": 3, "titulo": "Titanic", "anio": 1953}]


def test_equal_votes_fall_to_the_lower_id(client: Client) -> None:
    assert ask(client, "/score-titulo/Gemelas")["id"] == 15


@pytest.mark.parametrize("choice", ["anio=1953", "id=3", "anio=1953&id=3"])
def test_year_and_id_choose(client: Client, choice: str) -> None:
    answer = ask(client, f"/score-titulo/Titanic?{choice}")
    assert answer["id"] == 3
    assert answer["otras_coincidencias"] == [{"id": 2, "titulo": "Titanic", "anio": 1997}]


@pytest.mark.parametrize("query", ["anio=1997&anio=1953", "id=2&anio=1997&id=2", "anio=&anio=1953"])
def test_a_parameter_stands_once(client: Client, query: str) -> None:
    problem = refused(client, f"/score-titulo/Titanic?{query}", 422)
    assert f"«{query.partition('=')[0]}»" in problem["detail"]


def test_a_choice_that_is_none_says_what_there_is(client: Client) -> None:
    problem = refused(client, "/score-titulo/Titanic?anio=1901", 404)
    assert [film["id"] for film in problem["coincidencias"]] == [2, 3]
    # Film 11 bears the title only as its original title.
    assert refused(client, "/score-titulo/Titanic?id=11", 404)["coincidencias"] == problem["coincidencias"]


def test_votes_from_two_thousand_on(client: Client) -> None:
    enough = ask(client, "/votos-titulo/Face/Off")
    assert (enough["votos"], enough["promedio"], enough["cumple_minimo"]) == (2000, 6.8, True)
    assert enough["mensaje"] == "La película «Face/Off» (1997) tiene 2.000 votos, con un promedio de 6,8."
    few = ask(client, "/votos-titulo/8½")
    assert (few["votos"], few["promedio"], few["cumple_minimo"], few["minimo_votos"]) == (None, None, False, 2000)
    assert few["mensaje"] == ("La película «8½» (1963) no alcanza los 2.000 votos que hacen falta para informarlos.")
    assert ask(client, "/votos-titulo/Mudo")["cumple_minimo"] is False


def test_runtime(client: Client) -> None:
    answer = ask(client, "/peliculas-duracion/Titanic")
    assert (answer["duracion_minutos"], answer["mensaje"]) == (194, "La película «Titanic» (1997) dura 194 minutos.")
    unknown = ask(client, "/peliculas-duracion/Mudo")
    assert (unknown["duracion_minutos"], unknown["mensaje"]) == (
        None,
        "No se conoce la duración de la película «Mudo» (1920).",
    )


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
    answer = ask(client, f"/retorno/{titulo}")
    assert (answer["inversion"], answer["ganancia"], answer["retorno"]) == money
    assert sentence in answer["mensaje"]


def test_actor_without_and_with_the_films_she_directed(client: Client) -> None:
    answer = ask(client, "/nombre_actor/ana robles")
    assert answer == {
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
    with_directed = ask(client, "/nombre_actor/Ana Robles?directores=incluir")
    assert (with_directed["cantidad_peliculas"], with_directed["retorno_total"]) == (3, 14.75)
    assert with_directed["retorno_promedio"] == pytest.approx(4.9166666667)


def test_a_namesake_is_chosen_by_id(client: Client) -> None:
    answer = ask(client, "/nombre_actor/Ana Robles?id=-7")
    assert (answer["id"], answer["retorno_promedio_conocido"]) == (-7, None)
    assert [namesake["id"] for namesake in answer["homonimos"]] == [100, 101]
    problem = refused(client, "/nombre_actor/Ana Robles?id=102", 404)
    assert [namesake["id"] for namesake in problem["homonimos"]] == [100, 101, -7]


def test_an_actor_who_directed_all_his_films(client: Client) -> None:
    answer = ask(client, "/nombre_actor/Orson Solo")
    assert (answer["cantidad_peliculas"], answer["retorno_total"], answer["retorno_promedio"]) == (0, 0, 0)


def test_director(client: Client) -> None:
    answer = ask(client, "/director/Orson Solo")
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


def test_recommendations_are_the_first_five_of_v1_and_say_why(client: Client) -> None:
    answer = ask(client, "/recomendacion/Titanic")
    films = client.get("/v1/movies/2/recommendations?limit=5").json()["data"]
    assert [(one["id"], one["titulo"], one["anio"], one["puntaje"]) for one in answer["recomendaciones"]] == [
        (film["movie_id"], film["title"], film["release_year"], film["score"]) for film in films
    ]
    for one, film in zip(answer["recomendaciones"], films, strict=True):
        *shared, era, votes = one["motivos"]
        assert [reason["contribucion"] for reason in shared] == [reason["contribution"] for reason in film["reasons"]]
        assert (era["tipo"], era["termino"], era["contribucion"]) == ("epoca", str(one["anio"]), film["year_score"])
        assert (votes["tipo"], votes["contribucion"]) == ("votos", film["prior_score"])
        assert sum(reason["contribucion"] for reason in one["motivos"]) == pytest.approx(one["puntaje"])
    titles = [f"«{film['title']}»" for film in films]
    assert answer["mensaje"] == f"A quien le gustó «Titanic» le puede gustar {', '.join(titles[:-1])} y {titles[-1]}."


@pytest.mark.parametrize(
    ("title", "shared"),
    [
        # The other film of the title; and by 100, who is in the cast of both and directed one.
        (
            "Titanic",
            [("texto", "titanic"), ("reparto", "Ana Robles"), ("direccion", "Orson Solo"), ("genero", "Drama")],
        ),
        ("V/H/S", [("franquicia", "V/H/S Collection")]),
        ("Gemelas", [("idioma", "es")]),
    ],
)
def test_what_films_share_is_called_in_spanish(client: Client, title: str, shared: list[tuple[str, str]]) -> None:
    answer = ask(client, f"/recomendacion/{title}")
    reasons = [reason for film in answer["recomendaciones"] for reason in film["motivos"]]
    assert {*shared} <= {(reason["tipo"], reason["termino"]) for reason in reasons}


def test_what_further_terms_add_is_one_reason(sample: Client) -> None:
    answer = ask(sample, "/recomendacion/Toy%20Story")
    for film in answer["recomendaciones"]:
        kinds = [reason["tipo"] for reason in film["motivos"]]
        assert kinds[-2:] == ["epoca", "votos"]
        assert sum(reason["contribucion"] for reason in film["motivos"]) == pytest.approx(film["puntaje"])
    assert "otros_terminos" in [reason["tipo"] for reason in answer["recomendaciones"][0]["motivos"]]


def test_recommendations_as_a_bare_list(client: Client) -> None:
    films = ask(client, "/recomendacion/Titanic")["recomendaciones"]
    assert client.get("/recomendacion/Titanic?formato=lista").json() == [film["titulo"] for film in films]
    assert client.get("/recomendacion/Spirited%20Away?formato=lista").json() == []


def test_a_film_without_neighbours_is_no_error(client: Client) -> None:
    answer = ask(client, "/recomendacion/Spirited%20Away")
    assert answer["recomendaciones"] == []
    assert answer["mensaje"].startswith("No hay recomendaciones para «Spirited Away»")


def test_franchise(client: Client) -> None:
    answer = ask(client, "/franquicia/v/h/s collection")
    del answer["mensaje"]
    assert answer == {
        "franquicia": "V/H/S Collection",
        "cantidad_peliculas": 2,
        "ganancia_total": 100,
        "ganancia_promedio": 50,
        "peliculas_con_ganancia": 1,
    }


def test_a_franchise_of_unknown_revenue(client: Client) -> None:
    answer = ask(client, "/franquicia/Otra Coleccion")
    assert (answer["ganancia_total"], answer["ganancia_promedio"], answer["peliculas_con_ganancia"]) == (0, 0, 0)


def test_company_of_two_ids_counts_a_shared_film_once(client: Client) -> None:
    answer = ask(client, "/productoras-exitosas/RANKIN/BASS")
    assert (answer["productora"], answer["cantidad_peliculas"], answer["recaudacion_total"]) == (
        "Rankin/Bass",
        3,
        2_111_500_000,
    )
    refused(client, "/productoras-exitosas/Warner", 404)


@pytest.mark.parametrize(
    ("pais", "name", "count"), [("ar", "Argentina", 1), ("argentina", "Argentina", 1), ("congo", "Congo", 3)]
)
def test_country_by_name_or_code(client: Client, pais: str, name: str, count: int) -> None:
    answer = ask(client, f"/peliculas-pais/{pais}")
    assert (answer["pais"], answer["cantidad"]) == (name, count)


@pytest.mark.parametrize(("idioma", "code", "count"), [("ES", "es", 2), ("espanol", "es", 2), ("xx", "xx", 0)])
def test_language_by_code_or_name(client: Client, idioma: str, code: str, count: int) -> None:
    answer = ask(client, f"/peliculas-idioma/{idioma}")
    assert (answer["idioma"], answer["cantidad"]) == (code, count)


@pytest.mark.parametrize(
    ("path", "best"),
    [
        ("/score-titulo/Titanik", "Titanic"),
        ("/votos-titulo/Otto e mezo", "Otto e mezzo"),
        ("/recomendacion/Spirited", "Spirited Away"),
        ("/nombre_actor/Robert Downey", "Robert Downey Jr."),
        ("/director/Fellini", "Federico Fellini"),
        ("/nombre_actor/Downey", "Robert Downey Jr."),
        ("/franquicia/VHS Collection", "V/H/S Collection"),
        ("/productoras-exitosas/Pixr", "Pixar"),
        ("/peliculas-pais/Argentine", "Argentina"),
        ("/peliculas-idioma/Espanhol", "Español"),
    ],
)
def test_who_is_not_found_is_helped(client: Client, path: str, best: str) -> None:
    problem = refused(client, path, 404)
    assert problem["sugerencias"][0] == best
    assert len(problem["sugerencias"]) <= 5
    assert f"«{best}»" in problem["detail"]


def test_nothing_is_suggested_for_what_resembles_nothing(client: Client) -> None:
    assert refused(client, "/score-titulo/qqqqqqqqqqqq", 404)["sugerencias"] == []


def test_directors_are_not_suggested_as_actors(client: Client) -> None:
    assert "Federico Fellini" not in refused(client, "/nombre_actor/Federico Felini", 404)["sugerencias"]


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/score-titulo/Titanic?ano=1997", "No existe el parámetro «ano». ¿Quiso decir «anio»? Se aceptan: anio, id."),
        ("/franquicia/V/H/S Collection?x=1", "No existe el parámetro «x». Esta consulta no acepta ninguno."),
        (
            "/score-titulo/Titanic?anio=mil",
            "«anio» debe ser un año, un entero de 1 a 9999; por ejemplo, ?anio=1997.",
        ),
        ("/score-titulo/Titanic?anio=0", "«anio» debe ser un año, un entero de 1 a 9999; por ejemplo, ?anio=1997."),
        (
            "/score-titulo/Titanic?id=abc",
            "«id» debe ser uno de los que dan las respuestas, un entero; por ejemplo, ?id=862.",
        ),
        ("/nombre_actor/Ana Robles?directores=si", "«directores» debe ser «excluir» o «incluir»."),
        ("/recomendacion/Titanic?formato=xml", "«formato» debe ser «detalle» o «lista»."),
        (f"/score-titulo/{'a' * 301}", "El nombre que se busca debe tener de 1 a 300 caracteres."),
    ],
)
def test_a_wrong_parameter_is_explained(client: Client, path: str, detail: str) -> None:
    assert refused(client, path, 422)["detail"] == detail
