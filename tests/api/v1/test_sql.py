"""Ad-hoc SQL over HTTP: responses, problems, guards and settings."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.api.client import Client, create_client
from warehouse.settings import Settings

ENDLESS = "select max(range) from range(1000000000000)"


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings, SQL="on", SQL_SECONDS="5", SQL_CONCURRENCY="1") as client:
        yield client


QUERY = "select movie_id, title from dim_movies where release_year >= $year order by movie_id"


def test_get_and_post_return_the_same_rows(client: Client) -> None:
    parameters = {"query": QUERY, "parameters": json.dumps({"year": 2012}), "limit": "2"}
    got = client.get("/v1/sql", params=parameters)
    posted = client.post("/v1/sql", json={"query": QUERY, "parameters": {"year": 2012}, "limit": 2})
    for response in (got, posted):
        body: dict[str, Any] = response.json()
        assert (response.status_code, response.headers["cache-control"]) == (200, "no-store")
        assert body.pop("milliseconds") > 0
        assert body == {
            "columns": [{"name": "movie_id", "type": "INTEGER"}, {"name": "title", "type": "VARCHAR"}],
            "data": [{"movie_id": 8, "title": "#Horror"}, {"movie_id": 9, "title": "100% Wolf"}],
            "row_count": 2,
            "is_truncated": True,
        }


@pytest.mark.parametrize(
    ("body", "status", "reason", "text"),
    [
        ({"query": "selec 1"}, 400, "syntax", "line 1, character 1"),
        ({"query": "drop table marts.dim_movies"}, 403, "refused", "may not drop"),
        ({"query": "from dim_movie"}, 422, "unknown_name", "dim_movies"),
        ({"query": "select 'a'::int"}, 422, "failed", "Could not convert"),
        ({"query": "select $a"}, 422, "parameters", "$a"),
        ({"query": "select range(1000000000)"}, 422, "memory_limit", "memory"),
        ({"query": "select 1", "limit": 0}, 400, None, ""),
        ({"query": "select 1", "qery": 1}, 400, None, ""),
    ],
)
def test_failed_query_returns_a_problem_with_its_reason(
    client: Client, body: dict[str, Any], status: int, reason: str | None, text: str
) -> None:
    response = client.post("/v1/sql", json=body)
    problem = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code if reason else 400, problem.get("reason")) == (status, reason)
    assert 400 <= response.status_code < 500
    assert text in problem["detail"]
    assert "/dev/fd" not in response.text


@pytest.mark.parametrize("parameters", ["", "{", "[1]", "7", '{"a": 1e999}', "[" * 10_000])
def test_parameters_that_are_not_an_object_return_422(client: Client, parameters: str) -> None:
    response = client.get("/v1/sql", params={"query": "select 1", "parameters": parameters})
    assert (response.status_code, "JSON object" in response.json()["detail"]) == (422, True)


def test_query_while_all_workers_are_busy_returns_429_with_retry_after(client: Client) -> None:
    def run_endless_query() -> None:
        while client.get("/v1/sql", params={"query": ENDLESS}).status_code == 429:
            pass

    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(run_endless_query)
        while (response := client.get("/v1/sql", params={"query": "select 1"})).status_code == 200:
            pass
        assert (response.status_code, response.headers["retry-after"], response.json()["reason"]) == (429, "1", "busy")
        endless.result()
    assert client.get("/v1/sql", params={"query": "select 1 as x"}).json()["data"] == [{"x": 1}]


def test_sql_that_is_off_returns_403_with_the_setting(settings: Settings) -> None:
    with create_client(settings, SQL="off") as client:
        problem = client.get("/v1/sql", params={"query": "select 1"}).json()
    assert (problem["status"], problem["reason"], "FILMOTECA_SQL=on" in problem["detail"]) == (403, "off", True)


@pytest.fixture(scope="module")
def local_client(settings: Settings) -> Iterator[Client]:
    """A client of an application that runs SQL for this machine only."""
    with create_client(settings, SQL="local") as client:
        client.base_url = "http://127.0.0.1:8000"
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://["},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},  # DNS rebinding
    ],
)
def test_request_from_another_site_returns_403(local_client: Client, headers: dict[str, str]) -> None:
    refused = local_client.get("/v1/sql", params={"query": "select 1 as one"}, headers=headers)
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    own = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    assert local_client.get("/v1/sql", params={"query": "select 1 as one"}, headers=own).json()["data"] == [{"one": 1}]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_body_that_is_not_declared_as_json_returns_415(local_client: Client, kind: str) -> None:
    response = local_client.post("/v1/sql", content=b'{"query": "select 1"}', headers={"Content-Type": kind})
    assert (response.status_code, response.headers["content-type"]) == (415, "application/problem+json")


def test_too_large_body_returns_413(local_client: Client) -> None:
    body = {"query": "select 1", "parameters": {"a": "x" * 300_000}}
    assert local_client.post("/v1/sql", json=body).status_code == 413
