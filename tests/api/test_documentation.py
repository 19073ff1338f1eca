"""What `documented` says of an operation ends up in the document."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
import pytest
from litestar import Litestar, get
from litestar.params import QueryParameter

from api.http.openapi import documented


class Genre(msgspec.Struct):
    genre_id: int


DRAMA = Genre(18)


def described(**said: Any) -> dict[str, Any]:
    @get("/genres", sync_to_thread=False, **documented("Genres", list[Genre], example=[DRAMA], **said))
    def list_genres(
        limit: Annotated[int | None, QueryParameter(ge=1, le=9)] = None,
        order: Annotated[Literal["name", "films"] | None, QueryParameter()] = None,
    ) -> list[Genre]:
        """All genres."""
        return [DRAMA] * (limit or 1)

    operation: dict[str, Any] = Litestar([list_genres]).openapi_schema.to_schema()["paths"]["/genres"]["get"]
    return operation


def test_every_answer_and_its_example() -> None:
    operation = described(raises=(HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS))
    assert operation["summary"] == "Genres"
    answers = operation["responses"]
    assert set(answers) == {"200", "304", "404", "406", "422", "429", "500"}, "without litestar's own 400"
    assert [example["value"] for example in answers["200"]["content"]["application/json"]["examples"].values()] == [
        [{"genre_id": 18}]
    ]
    for status in (404, 406, 422, 429, 500):
        (example,) = answers[str(status)]["content"]["application/problem+json"]["examples"].values()
        assert (example["value"]["status"], example["value"]["title"]) == (status, HTTPStatus(status).phrase)


def test_other_formats_of_the_good_answer() -> None:
    content = described(formats=("text/csv",), held=False)["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/csv"}


def test_outside_of_v1_nothing_is_read_before() -> None:
    assert set(described(before=(), held=False)["responses"]) == {"200", "500"}


def test_a_parameter_is_no_null() -> None:
    limit, order = described()["parameters"]
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 9}
    assert order["schema"] == {"type": "string", "enum": ["name", "films"]}
    assert not limit["required"]


def test_a_status_needs_a_detail() -> None:
    with pytest.raises(KeyError):
        documented("Tea", Genre, example=DRAMA, raises=(HTTPStatus.IM_A_TEAPOT,))
