"""The OpenAPI document says what the service does: read as a contract, then attacked with what it allows."""

from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import given
from litestar import Litestar
from litestar.openapi.spec import Parameter
from litestar.testing import TestClient
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from api.app import create_app
from api.queries import API_FOLDER
from warehouse.settings import Settings

OPERATIONS = 13 + 1 + 3


@pytest.fixture(scope="module")
def document(client: TestClient[Litestar]) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/schema/openapi.json").json()
    return document


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


def test_every_operation_is_described(operations: list[dict[str, Any]]) -> None:
    assert len({operation["operationId"] for operation in operations}) == len(operations) == OPERATIONS
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]
        for parameter in operation.get("parameters", []):
            assert parameter["schema"]["description"], (operation["operationId"], parameter["name"])


def test_every_answer_has_an_example(operations: list[dict[str, Any]]) -> None:
    for operation in operations:
        consigna = operation["tags"] == ["Consigna"]
        assert {"200", "500", *(["304", "400", "422"] if consigna else [])} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            for media_type, content in response.get("content", {}).items():
                assert content["examples"], (operation["operationId"], status)
                assert media_type == ("application/json" if status == "200" else "application/problem+json")


def test_every_question_has_a_query_of_its_name(operations: list[dict[str, Any]]) -> None:
    queries = {path.stem for path in API_FOLDER.glob("*/queries/*.sql")}
    assert {operation["operationId"] for operation in operations} - queries == {"index", "live"}


def test_every_field_is_described(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, content in schema.get("properties", {}).items():
            assert content.get("description"), (name, field)


def test_known_query_parameters_are_those_of_the_document(settings: Settings) -> None:
    app = create_app(settings)
    paths = app.openapi_schema.paths or {}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            known = handler.opt.get("query_parameters")
            if known is not None:
                operation = paths[route.path_format].get
                assert operation is not None
                parameters = [p for p in operation.parameters or [] if isinstance(p, Parameter)]
                declared = {parameter.name for parameter in parameters if parameter.param_in == "query"}
                assert declared == set(known)


def test_yaml_too(client: TestClient[Litestar]) -> None:
    assert client.get("/schema/openapi.yaml").text.startswith("components:")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_the_service_keeps_its_contract(settings: Settings, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", create_app(settings))
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) == OPERATIONS
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.path_parameters:
            continue  # without a parameter nothing can be wrong

        @given(case=operation.as_strategy(generation_mode=mode))
        @hypothesis.settings(max_examples=40, deadline=None, derandomize=True)
        def attack(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate()

        attack()
