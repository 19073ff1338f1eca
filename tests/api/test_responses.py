"""Responses and problems that were checked by hand, against small_warehouse.sql."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api.client import Client, get_json, get_problem


def read(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))


RESPONSES: dict[str, dict[str, Any]] = read("consigna/answers.yaml") | read("v1/responses.yaml")
PROBLEMS = [
    (path, status, detail)
    for name in ("consigna/problems.yaml", "v1/problems.yaml")
    for status, details in read(name).items()
    for path, detail in details.items()
]


@pytest.mark.parametrize("path", RESPONSES)
def test_response_has_the_expected_fields(client: Client, path: str) -> None:
    assert select_fields(get_json(client, path), RESPONSES[path]) == RESPONSES[path]


@pytest.mark.parametrize(("path", "status", "detail"), PROBLEMS, ids=[path[:80] for path, *_ in PROBLEMS])
def test_problem_has_the_expected_detail(client: Client, path: str, status: int, detail: str) -> None:
    assert get_problem(client, path, status)["detail"] == detail


def select_fields(value: Any, expected: Any) -> Any:
    """Return the part of a response that is expected; for fields of a list of objects, the values of each field."""
    if isinstance(expected, dict) and isinstance(value, list):
        return {name: [row[name] for row in value] for name in expected}
    if isinstance(expected, dict) and isinstance(value, dict):
        return {name: select_fields(value[name], expected[name]) for name in expected}
    if isinstance(expected, list) and isinstance(value, list) and len(value) == len(expected):
        return [select_fields(*pair) for pair in zip(value, expected, strict=True)]
    return value
