"""Running queries by name."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from warehouse.connection import open_read_only


@pytest.fixture
def connection(small_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(small_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        yield connection


def test_query_after_a_failed_query_succeeds(connection: duckdb.DuckDBPyConnection) -> None:
    queries = Queries(connection)
    with pytest.raises(duckdb.Error, match="on purpose"):
        queries.run("ready", {}, lambda text: f"select error('on purpose') from ({text})")
    assert queries.first("ready") == {"build_id": "build-1", "built_at": "2026-01-31T12:00:00Z"}


def test_concurrent_queries_return_the_same_rows(connection: duckdb.DuckDBPyConnection) -> None:
    queries = Queries(connection)
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(queries.first, "peliculas_pais", nombre="congo") for _ in range(64)]
    assert {str(future.result()) for future in futures} == {"{'pais': 'Congo', 'cantidad': 3}"}
