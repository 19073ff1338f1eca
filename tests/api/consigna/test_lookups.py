"""Unknown names: 404 with suggestions."""

from dataclasses import replace
from typing import Any

import pytest

from api.consigna.lookups import MES, Lookup
from api.consigna.openapi import document_name
from tests.api.client import Client, get_problem


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


def test_unknown_name_like_no_other_returns_no_suggestions(client: Client) -> None:
    assert get_problem(client, "/score-titulo/qqqqqqqqqqqq", 404)["sugerencias"] == []


def test_too_long_name_returns_422_with_the_limit(client: Client) -> None:
    problem = get_problem(client, f"/score-titulo/{'a' * 301}", 422)
    assert problem["detail"] == "El nombre debe tener de 1 a 300 caracteres; se recibieron 301."


@pytest.mark.parametrize("options", [{}, {"suggestions": "sugerir_titulos", "accepted": ("enero",)}])
def test_lookup_needs_either_suggestions_or_accepted_names(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"'estudio' must have either `suggestions`.* or `accepted`"):
        Lookup(path_parameter="estudio", description="", examples=(), not_found="«{}»", **options)


def test_document_lists_the_numbers_of_accepted_names_only_if_they_are_accepted() -> None:
    numbered, named = document_name(MES), document_name(replace(MES, accepts_numbers=False))
    assert numbered.to_schema()["schema"]["enum"] == [*MES.accepted, *map(str, range(1, 13))]
    assert named.to_schema()["schema"]["enum"] == list(MES.accepted)
