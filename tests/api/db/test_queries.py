"""Running queries by name, and their time limit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from api.db.queries import Queries, QueryTimeoutError
from api.db.snapshots import MEMORY_LIMIT, THREADS
from tests.api.client import create_client
from warehouse.connection import open_read_only
from warehouse.settings import Settings

SLOW = "select count(*) from range(100_000) a, range(100_000) b where a.range % 7 = b.range % 11"


@pytest.fixture
def queries(small_warehouse: Path) -> Iterator[Queries]:
    connection = open_read_only(small_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS)
    queries = Queries(connection, timeout_seconds=0.2)
    yield queries
    queries.close()


def test_cursor_is_reused_only_after_success(queries: Queries) -> None:
    with queries.cursor("ready", {}) as first:
        pass
    with queries.cursor("ready", {}) as second, queries.cursor("ready", {}) as third:
        assert second is first
        assert third is not second
    with pytest.raises(duckdb.Error, match="on purpose"):
        queries.run("ready", {}, lambda text: f"select error('on purpose') from ({text})")
    ready = queries.first("ready")
    assert ready is not None
    assert ready["build_id"] == "build-1"


def test_concurrent_queries_return_the_same_rows(queries: Queries) -> None:
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(queries.first, "peliculas_pais", nombre="congo") for _ in range(64)]
    assert {str(future.result()) for future in futures} == {"{'pais': 'Congo', 'codigo': 'CG', 'cantidad': 3}"}


def test_slow_query_is_interrupted(queries: Queries) -> None:
    with pytest.raises(QueryTimeoutError, match=r"the query ready exceeded its time limit of 0\.2 s"):
        queries.run("ready", {}, lambda _: SLOW)
    assert queries.first("ready") is not None


def test_timeout_returns_503_with_retry_after(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def time_out(*arguments: object, **options: object) -> None:
        raise QueryTimeoutError("get_movie", 1)

    with create_client(settings) as client:
        monkeypatch.setattr("api.db.queries.Queries.cursor", time_out)
        response = client.get("/v1/movies/7")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
