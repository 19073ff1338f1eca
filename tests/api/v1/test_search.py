"""Texts that are no names; `responses.yaml` has hits of the search."""

import pytest

from tests.api.client import Client


@pytest.mark.parametrize(
    "typed", ["%", "_", "';drop table x;--", "$q", ".*", "\\", "😀" * 200, "a " * 100, "\u0301", " "]
)
def test_garbage_returns_no_hits(client: Client, typed: str) -> None:
    response = client.get("/v1/search", params={"q": typed})
    assert response.status_code == 200
    assert all(hit["score"] <= 1 for hit in response.json()["data"])
