"""Query parameters and formats of all operations of /v1."""

from typing import Any

import pytest

from tests.api.client import Client


@pytest.fixture(scope="module")
def operations(client: Client) -> dict[str, dict[str, Any]]:
    """The GET operations of /v1 by path."""
    paths: dict[str, dict[str, Any]] = client.get("/schema/openapi.json").json()["paths"]
    return {path: item["get"] for path, item in paths.items() if path.startswith("/v1/") and "get" in item}


def test_unknown_format_or_parameter_is_rejected_by_every_operation(
    client: Client, operations: dict[str, dict[str, Any]]
) -> None:
    examples = {one["path"]: one["example"] for one in client.get("/").json()["operations"]}
    for path in operations:
        assert {"406", "422"} <= set(operations[path]["responses"]), path
        example = examples[path]
        assert client.get(example, headers={"Accept": "image/png"}).status_code == 406, path
        assert client.get(f"{example}{'&' if '?' in example else '?'}nonsense=1").status_code == 422, path


@pytest.mark.parametrize("path", ["/v1/movies/862", "/v1/movies/99", "/v1/movies.csv", "/score-titulo/300"])
def test_conditional_request_runs_no_query(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr("api.db.queries.Queries.cursor", lambda *arguments: 1 / 0)
    assert client.get(path, headers={"If-None-Match": 'W/"build-1"'}).status_code == 304
    assert client.get("/nowhere", headers={"If-None-Match": 'W/"build-1"'}).status_code == 404
    assert client.get("/v1/movies?limit=0", headers={"If-None-Match": 'W/"build-1"'}).status_code == 422
