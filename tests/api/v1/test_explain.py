from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from api.db.query_files import API_FOLDER, load_macros
from api.v1 import explain
from tests.api.client import Client, create_client
from warehouse.settings import Settings

PATHS = [
    "/v1/movies?year_from=1990&sort=-release_date&limit=2&fields=title",
    "/v1/movies/2/recommendations?genre=Drama&sort=-tmdb_vote_count",
    "/v1/stats/releases?by=decade",
    "/v1/quality/rejected-rows?key=77,78",
    "/v1/queries/score_titulo/rows?nombre=titanic",
]


def run_again(database: Path, query: dict[str, Any]) -> list[dict[str, Any]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        for macro in load_macros(API_FOLDER):
            connection.execute(macro)
        cursor = connection.execute(query["sql"], query["parameters"])
        columns = [column[0] for column in cursor.description or ()]
        return [msgspec.to_builtins(dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]


def explained(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}explain=sql"


@pytest.mark.parametrize("path", PATHS)
def test_explained_sql_returns_the_rows_of_the_response(client: Client, small_warehouse: Path, path: str) -> None:
    rows = client.get(path).json()["data"]
    explanation = client.get(explained(path)).json()
    rerun = run_again(small_warehouse, explanation["queries"][-1])
    assert rows
    assert [{key: row[key] for key in rows[0]} for row in rerun][: len(rows)] == rows
    assert len(rerun) - len(rows) in (0, 1), "a page fetches one row more"


def test_explained_sql_has_only_the_requested_conditions(client: Client) -> None:
    query, lookup = client.get("/v1/movies?year_from=1990&limit=1&explain=sql").json()["queries"]
    assert query["name"] == lookup["name"] == "list_movies"
    assert query["parameters"] == {"year_from": 1990, "row_limit": 2}
    assert "$year_to" not in query["sql"]
    assert "year" not in "".join(lookup["parameters"])
    assert {"table": "marts.dim_movies", "documentation": "/v1/tables/marts/dim_movies"} in query["models"]


def test_explained_models_link_to_their_documentation(sample: Client) -> None:
    for path in ("/v1/quality", "/v1/stats/ratings", "/v1/movies/862", "/v1/queries/franquicia/rows?nombre=x"):
        queries = sample.get(explained(path)).json()["queries"]
        models = [model for query in queries for model in query["models"]]
        assert models, path
        for model in models:
            detail = sample.get(model["documentation"]).json()
            assert f"{detail['table_schema']}.{detail['table_name']}" == model["table"]


def test_explanation_is_json_and_never_cached(client: Client) -> None:
    response = client.get("/v1/stats/releases.csv?explain=sql")
    assert response.headers["content-type"] == explain.EXPLANATION_JSON
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
    assert response.json()["milliseconds"] >= sum(query["milliseconds"] for query in response.json()["queries"])


def test_request_after_an_explanation_is_not_traced(client: Client) -> None:
    assert "queries" in client.get("/v1/build?explain=sql").json()
    assert client.get("/v1/build").json()["build_id"] == "build-1"


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/tables/marts/nothing?explain=sql", 404), ("/v1/build?explain=plan", 422)]
)
def test_explain_of_a_failed_request_returns_the_problem(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_explain_that_is_off_returns_403_with_the_setting(settings: Settings) -> None:
    with create_client(settings, EXPLAIN="off") as client:
        assert client.get("/v1/build").status_code == 200
        response = client.get("/v1/build?explain=sql")
    assert response.status_code == 403
    assert "FILMOTECA_EXPLAIN=on" in response.json()["detail"]
