"""The recommendations in Spanish: the same films as those of /v1, and their reasons."""

import pytest

from tests.api.client import Client, get_json


def test_recommendations_equal_the_first_five_of_v1(client: Client) -> None:
    answer = get_json(client, "/recomendacion/Titanic")
    films = client.get("/v1/movies/2/recommendations?limit=5").json()["data"]
    assert [(one["id"], one["titulo"], one["anio"], one["puntaje"]) for one in answer["recomendaciones"]] == [
        (film["movie_id"], film["title"], film["release_year"], film["score"]) for film in films
    ]
    for one, film in zip(answer["recomendaciones"], films, strict=True):
        *shared, year, votes = one["motivos"]
        assert [reason["contribucion"] for reason in shared] == [reason["contribution"] for reason in film["reasons"]]
        assert (year["tipo"], year["termino"], year["contribucion"]) == ("epoca", str(one["anio"]), film["year_score"])
        assert (votes["tipo"], votes["contribucion"]) == ("votos", film["prior_score"])
        assert sum(reason["contribucion"] for reason in one["motivos"]) == pytest.approx(one["puntaje"])
    titles = [f"«{film['title']}»" for film in films]
    assert answer["mensaje"] == f"A quien le gustó «Titanic» le puede gustar {', '.join(titles[:-1])} y {titles[-1]}."


@pytest.mark.parametrize(
    ("title", "shared"),
    [
        # The other film with the title; and the films of person 100, who is in the cast of both and directed one.
        (
            "Titanic",
            [("texto", "titanic"), ("reparto", "Ana Robles"), ("direccion", "Orson Solo"), ("genero", "Drama")],
        ),
        ("V/H/S", [("franquicia", "V/H/S Collection")]),
        ("Gemelas", [("idioma", "es")]),
    ],
)
def test_reasons_have_spanish_types(client: Client, title: str, shared: list[tuple[str, str]]) -> None:
    answer = get_json(client, f"/recomendacion/{title}")
    reasons = [reason for film in answer["recomendaciones"] for reason in film["motivos"]]
    assert {*shared} <= {(reason["tipo"], reason["termino"]) for reason in reasons}


def test_other_shared_terms_are_one_reason(sample: Client) -> None:
    answer = get_json(sample, "/recomendacion/Toy%20Story")
    for film in answer["recomendaciones"]:
        types = [reason["tipo"] for reason in film["motivos"]]
        assert types[-2:] == ["epoca", "votos"]
        assert sum(reason["contribucion"] for reason in film["motivos"]) == pytest.approx(film["puntaje"])
    assert "otros_terminos" in [reason["tipo"] for reason in answer["recomendaciones"][0]["motivos"]]


def test_formato_lista_returns_only_titles(client: Client) -> None:
    films = get_json(client, "/recomendacion/Titanic")["recomendaciones"]
    assert client.get("/recomendacion/Titanic?formato=lista").json() == [film["titulo"] for film in films]
