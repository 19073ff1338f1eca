"""The documentation of operations in the OpenAPI document."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
import pytest
from litestar import Litestar, get
from litestar.openapi.spec import Example, Operation
from litestar.params import QueryParameter

from api.http.openapi import add_problem, operation_docs


class Genre(msgspec.Struct):
    genre_id: int


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    order: Literal["name", "films"] | None = None


class GenreParams(msgspec.Struct, frozen=True, kw_only=True):
    filters: Filters
    q: Annotated[str, QueryParameter(description="A name.", examples=[Example(value="drama")])]
    limit: Annotated[int | None, QueryParameter(ge=1, le=9, description="Rows.", examples=[Example(value=5)])] = None

    @classmethod
    def amend_operation(cls, operation: Operation) -> None:
        add_problem(operation, HTTPStatus.FORBIDDEN, "Not allowed.", "Ask again later.")


DRAMA = Genre(18)


def describe(**options: Any) -> dict[str, Any]:
    @get("/genres", sync_to_thread=False, **operation_docs("Genres", list[Genre], example=[DRAMA], **options))
    def list_genres() -> list[Genre]:
        """All genres."""
        return [DRAMA]

    operation: dict[str, Any] = Litestar([list_genres]).openapi_schema.to_schema()["paths"]["/genres"]["get"]
    return operation


def test_every_response_has_an_example() -> None:
    operation = describe(raises=(HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS))
    assert operation["summary"] == "Genres"
    responses = operation["responses"]
    assert set(responses) == {"200", "304", "404", "406", "422", "429", "500"}, "without Litestar's own 400"
    examples = responses["200"]["content"]["application/json"]["examples"].values()
    assert [example["value"] for example in examples] == [[{"genre_id": 18}]]
    for status in (404, 406, 422, 429, 500):
        (example,) = responses[str(status)]["content"]["application/problem+json"]["examples"].values()
        assert (example["value"]["status"], example["value"]["title"]) == (status, HTTPStatus(status).phrase)


def test_formats_become_media_types() -> None:
    content = describe(formats=("json", "csv"), is_conditional=False)["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/csv"}


def test_operation_without_common_errors_documents_none() -> None:
    assert set(describe(common_errors=(), is_conditional=False)["responses"]) == {"200", "500"}


def test_parameters_are_those_of_the_struct() -> None:
    order, q, limit = describe(parameters=GenreParams)["parameters"]
    assert (order["name"], order["schema"]) == ("order", {"type": "string", "enum": ["name", "films"]})
    assert (q["name"], q["required"], q["description"]) == ("q", True, "A name.")
    assert [example["value"] for example in q["examples"].values()] == ["drama"]
    assert (limit["name"], limit["required"]) == ("limit", False)
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 9, "description": "Rows."}


def test_example_of_an_optional_parameter_is_in_its_description() -> None:
    *_, limit = describe(parameters=GenreParams)["parameters"]
    assert limit["description"] == "Rows. For example: 5"
    assert "examples" not in limit
    *_, limit = describe(parameters=GenreParams, prefilled=("limit",))["parameters"]
    assert limit["examples"]


def test_struct_can_amend_the_operation() -> None:
    response = describe(parameters=GenreParams)["responses"]["403"]
    assert response["description"] == "Not allowed."
    (example,) = response["content"]["application/problem+json"]["examples"].values()
    assert (example["value"]["status"], example["value"]["detail"]) == (403, "Ask again later.")


def test_status_without_texts_is_an_error() -> None:
    with pytest.raises(KeyError):
        operation_docs("Tea", Genre, example=DRAMA, raises=(HTTPStatus.IM_A_TEAPOT,))
