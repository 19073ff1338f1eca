"""Query parameters of /v1: what is read before any operation is asked, and how problems name it."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]


@pytest.fixture(scope="module")
def operations(client: Client) -> dict[str, dict[str, Any]]:
    """The operations of /v1 that can be got, by path."""
    paths: dict[str, dict[str, Any]] = client.get("/schema/openapi.json").json()["paths"]
    return {path: item["get"] for path, item in paths.items() if path.startswith("/v1/") and "get" in item}


def needed(operation: dict[str, Any]) -> list[str]:
    return [one["name"] for one in operation.get("parameters", []) if one["in"] == "query" and one["required"]]


def test_every_operation_foretells_what_is_met_before_it(operations: dict[str, dict[str, Any]]) -> None:
    for path, operation in operations.items():
        assert {"406", "422"} <= set(operation["responses"]), path


def test_every_operation_meets_what_it_foretells(client: Client, operations: dict[str, dict[str, Any]]) -> None:
    examples = {one["path"]: one["example"] for one in client.get("/").json()["operations"]}
    for path in operations:
        example = examples[path]
        assert client.get(example, headers={"Accept": "image/png"}).status_code == 406, path
        assert client.get(f"{example}{'&' if '?' in example else '?'}nonsense=1").status_code == 422, path


def test_a_parameter_that_is_missing_is_named(client: Client, operations: dict[str, dict[str, Any]]) -> None:
    asked = {path: needed(operation)[0] for path, operation in operations.items() if needed(operation)}
    assert asked == {"/v1/search": "q", "/v1/sql": "query"}
    for path, name in asked.items():
        problem = client.get(path).json()
        assert (problem["status"], problem["detail"].startswith(f"`{name}` is missing")) == (422, True)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/search?q=", "q"),
        ("/v1/sql?query=", "query"),
        ("/v1/movies?limit=0", "limit"),
        ("/v1/movies?year_from=x", "year_from"),
        ("/v1/facets?facet_limit=201", "facet_limit"),
    ],
)
def test_a_problem_calls_a_parameter_as_the_query_does(client: Client, path: str, name: str) -> None:
    """Some arguments of the handlers are called otherwise: `query` is a word of the framework."""
    response = client.get(path)
    assert (response.status_code, response.json()["detail"].startswith(f"`{name}`: ")) == (422, True)
