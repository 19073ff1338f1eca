"""Example answers, made from the examples of their fields."""

from datetime import date
from typing import Annotated

import msgspec
import pytest

from api.http.examples import described, example_of


class Film(msgspec.Struct):
    title: Annotated[str, described("The title.", "Heat")]
    released: Annotated[date | None, described("The release date.", "1995-12-15")]


class Person(msgspec.Struct):
    id: Annotated[int, described("The id.", 7, ge=1)]
    films: Annotated[list[Film], msgspec.Meta(description="Their films.")]
    best: Film


class Unknown(msgspec.Struct):
    id: int


def test_example_contains_the_first_example_of_each_field() -> None:
    assert example_of(Film) == Film("Heat", date(1995, 12, 15))


def test_example_of_nested_structs_contains_their_examples() -> None:
    film = example_of(Film)
    assert example_of(Person) == Person(7, [film], film)


def test_example_of_a_field_without_example_raises() -> None:
    with pytest.raises(ValueError, match="has no example"):
        example_of(Unknown)


def test_described_field_has_the_bounds_of_its_type() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": 0, "films": [], "best": {"title": "Heat", "released": None}}, Person)
