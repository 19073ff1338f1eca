"""The time limit for queries."""

from collections.abc import Iterator

import duckdb
import pytest

from api.db.query_timeout import QueryTimeout, QueryTimeoutError
from tests.api.client import create_client
from warehouse.settings import Settings

SLOW = "select count(*) from range(100_000) a, range(100_000) b where a.range % 7 = b.range % 11"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def test_slow_query_is_interrupted(connection: duckdb.DuckDBPyConnection) -> None:
    timeout = QueryTimeout(seconds=0.2)
    with (
        pytest.raises(QueryTimeoutError, match=r"the query endless exceeded its time limit of 0\.2 s"),
        timeout.limit(connection, "endless"),
    ):
        connection.execute(SLOW)
    assert connection.execute("select 1").fetchall() == [(1,)]
    timeout.stop()


def test_query_within_the_time_limit_is_not_interrupted(connection: duckdb.DuckDBPyConnection) -> None:
    timeout = QueryTimeout(seconds=60)
    with timeout.limit(connection, "short"):
        assert connection.execute("select 1").fetchall() == [(1,)]
    timeout.stop()


def test_timeout_returns_503_with_retry_after(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(*arguments: object, **options: object) -> None:
        raise QueryTimeoutError("get_movie", 1)

    with create_client(settings) as client:
        monkeypatch.setattr("api.db.queries.Queries.run", time_out)
        response = client.get("/v1/movies/7")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
