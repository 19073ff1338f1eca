"""The OpenAPI document is complete, and the service follows it.

FUZZ_CASES=5000 tests for minutes instead of seconds, with other cases each time (`make fuzz`).
"""

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import given
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from api.db.query_files import API_FOLDER
from api.v1.entity_kinds import KINDS
from warehouse.settings import Settings

CASES = int(os.environ.get("FUZZ_CASES", "250"))
"""How many cases each mode of attack tries, shared among the operations."""
FEWEST_CASES = 5
"""How many each operation gets at least."""


@pytest.fixture(scope="module")
def document(client: TestClient[Litestar]) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/schema/openapi.json").json()
    return document


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


def test_every_operation_is_described(operations: list[dict[str, Any]]) -> None:
    assert len({operation["operationId"] for operation in operations}) == len(operations) > 13
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        for parameter in operation.get("parameters", []):
            assert parameter["schema"]["description"], (operation["operationId"], parameter["name"])


def test_every_response_has_an_example(operations: list[dict[str, Any]]) -> None:
    for operation in operations:
        documented = set(operation["responses"])
        assert documented >= {"200", "500", *(["422"] if operation.get("parameters") else [])}
        assert operation["tags"] != ["Consigna"] or "304" in documented
        for status, response in operation["responses"].items():
            kind = "application/json" if status == "200" else "application/problem+json"
            if status != "304":
                assert response["content"][kind].get("examples"), (operation["operationId"], status)


def examples(operation: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every example in an operation, after the schema that it should follow."""
    described = list(operation.get("parameters", []))
    for response in operation["responses"].values():
        described += response.get("content", {}).values()
    for content in described:
        for example in content.get("examples", {}).values():
            yield content["schema"], example["value"]


def test_every_example_matches_its_schema(document: dict[str, Any], operations: list[dict[str, Any]]) -> None:
    checked = 0
    for operation in operations:
        for schema, value in examples(operation):
            jsonschema_rs.validate({**schema, "components": document["components"]}, value)
            checked += 1
    assert checked > 4 * len(operations)


def test_no_parameter_is_nullable(operations: list[dict[str, Any]]) -> None:
    for operation in operations:
        for parameter in operation.get("parameters", []):
            assert "'null'" not in str(parameter["schema"]), (operation["operationId"], parameter["name"])


def test_every_operation_has_a_query_of_its_name(operations: list[dict[str, Any]]) -> None:
    queries = {path.stem for path in API_FOLDER.rglob("queries/*.sql")}
    of_none = {"index", "live", "query_sql", "post_sql", "list_queries", "get_query", "run_query"}
    of_none |= {"get_table_rows"}  # any table as it lies: its name is the whole query
    of_several = {"count_facets", "get_movie_credits"}
    of_the_model = {"recommend_movies", "list_recommendations"}
    of_films = {f"list_{one}_movies" for one in ("person", *(kind.name for kind in KINDS))}
    of_entities = {name for kind in KINDS for name in (f"list_{kind.plural}", f"get_{kind.name}")}
    assert {
        operation["operationId"] for operation in operations
    } - queries == of_none | of_several | of_films | of_entities | of_the_model


def test_every_field_is_described(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, content in schema.get("properties", {}).items():
            assert content.get("description"), (name, field)


def test_document_is_available_as_yaml(client: TestClient[Litestar]) -> None:
    assert client.get("/schema/openapi.yaml").text.startswith("components:")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_generated_requests_get_documented_responses(
    settings: Settings, operations: list[dict[str, Any]], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", create_app(settings))
    readable = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(readable) == len(operations)
    for operation in readable:
        if mode is GenerationMode.NEGATIVE and not (operation.path_parameters or operation.query or operation.body):
            continue  # where nothing is asked for, nothing can be wrong

        @given(case=operation.as_strategy(generation_mode=mode))
        @hypothesis.settings(
            max_examples=max(FEWEST_CASES, CASES // len(operations)),
            deadline=None,
            derandomize="FUZZ_CASES" not in os.environ,
            suppress_health_check=[hypothesis.HealthCheck.too_slow],
        )
        def attack(case: schemathesis.Case[Any]) -> None:
            # A name may be any text in the document, and none that anything bears: that is a 422 all the same.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        attack()
