"""Names of countries and languages."""

import pytest

from warehouse.names import find_code


@pytest.mark.parametrize(
    ("kind", "names", "code"),
    [
        ("country", ["Estados Unidos", "united states", "USA", "EE. UU.", "EE.UU."], "US"),
        ("country", ["España", "espana", "Spain", "ESP"], "ES"),
        ("country", ["Reino Unido", "United Kingdom", "UK", "Inglaterra"], "GB"),
        ("country", ["Narnia", "Estado Unido", "", "8"], None),
        ("language", ["español", "Spanish", "castellano", "spa"], "es"),
        ("language", ["cantonés", "Cantonese"], "cn"),
        ("language", ["uk", "klingonés"], None),
        ("genre", ["Drama"], None),
    ],
)
def test_name_or_three_letter_code_finds_the_code(kind: str, names: list[str], code: str | None) -> None:
    assert {find_code(kind, name) for name in names} == {code}


def test_two_letters_are_a_code() -> None:
    assert find_code("language", "ga") is None
