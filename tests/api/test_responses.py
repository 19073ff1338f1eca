"""Responses that were checked by hand, against small_warehouse.sql."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api.client import Client, get_json

FOLDER = Path(__file__).parent
RESPONSES: dict[str, dict[str, Any]] = {
    path: expected
    for file in ("consigna/answers.yaml", "v1/responses.yaml")
    for path, expected in yaml.safe_load((FOLDER / file).read_text("utf-8")).items()
}


@pytest.mark.parametrize("path", RESPONSES)
def test_response_has_the_expected_fields(client: Client, path: str) -> None:
    assert select_fields(get_json(client, path), RESPONSES[path]) == RESPONSES[path]


def select_fields(value: Any, expected: Any) -> Any:
    """Return the part of a response that is expected; for fields of a list of objects, the values of each field."""
    if not isinstance(expected, dict):
        return value
    if isinstance(value, list):
        return {name: [row[name] for row in value] for name in expected}
    return {name: select_fields(value[name], expected[name]) for name in expected}
