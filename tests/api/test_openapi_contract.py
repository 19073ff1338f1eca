"""The OpenAPI document is complete, and the service follows it.

FUZZ_CASES=5000 tests for minutes instead of seconds, with other cases each time (`make fuzz`).
"""

import os
from typing import Any

import hypothesis
import jsonschema_rs
import pytest
import schemathesis
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from tests.api.client import Client
from tests.api.operations import Operation
from warehouse.settings import Settings

CASES = int(os.environ.get("FUZZ_CASES", "250"))
"""Number of requests in each mode, divided among the operations."""
MIN_CASES = 5
"""Minimum number of requests to an operation."""


def test_every_operation_is_described(operations: list[Operation]) -> None:
    ids = [operation.docs["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids) > 60
    for operation in operations:
        assert operation.docs["summary"]
        assert operation.docs["description"]
        for parameter in operation.parameters:
            assert parameter["schema"]["description"], (operation.path, parameter["name"])
            assert "'null'" not in str(parameter["schema"]), "a parameter is left out, never null"


def test_every_field_is_described(openapi_document: dict[str, Any]) -> None:
    for name, schema in openapi_document["components"]["schemas"].items():
        for field, content in schema.get("properties", {}).items():
            assert content.get("description"), (name, field)


def test_every_response_has_an_example(operations: list[Operation]) -> None:
    for operation in operations:
        responses = operation.docs["responses"]
        assert responses.keys() >= {"200", "500", *(["422"] if operation.parameters else [])}
        assert operation.docs["tags"] != ["Consigna"] or "304" in responses
        for status in responses.keys() - {"304"}:
            media_type = "application/json" if status == "200" else "application/problem+json"
            assert responses[status]["content"][media_type].get("examples"), (operation.path, status)


def test_every_example_matches_its_schema(openapi_document: dict[str, Any], operations: list[Operation]) -> None:
    for operation in operations:
        contents = [
            content
            for response in operation.docs["responses"].values()
            for content in response.get("content", {}).values()
        ]
        for content in (*operation.parameters, *contents):
            for example in content.get("examples", {}).values():
                schema = {**content["schema"], "components": openapi_document["components"]}
                jsonschema_rs.validate(schema, example["value"])


def test_document_is_available_as_yaml(client: Client) -> None:
    assert client.get("/schema/openapi.yaml").text.startswith("components:")


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_generated_requests_get_documented_responses(
    settings: Settings, operations: list[Operation], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_asgi("/schema/openapi.json", create_app(settings))
    readable = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(readable) == len(operations)
    for operation in readable:
        if mode is GenerationMode.NEGATIVE and not (operation.path_parameters or operation.query or operation.body):
            continue  # a request without input cannot be invalid

        @given(case=operation.as_strategy(generation_mode=mode))
        @hypothesis.settings(
            max_examples=max(MIN_CASES, CASES // len(operations)),
            deadline=None,
            derandomize="FUZZ_CASES" not in os.environ,
            suppress_health_check=[hypothesis.HealthCheck.too_slow],
        )
        def check(case: schemathesis.Case[Any]) -> None:
            # A valid request can return 422, because the document does not list all names of genres, people and so on.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        check()
