"""The pool of DuckDB cursors."""

from collections.abc import Iterator

import duckdb
import pytest

from api.db.cursor_pool import CursorPool


@pytest.fixture
def pool() -> Iterator[CursorPool]:
    pool = CursorPool(duckdb.connect(), ["create temp macro one() as 1"])
    yield pool
    pool.close()


def test_cursor_is_reused_after_success(pool: CursorPool) -> None:
    with pool.cursor() as first:
        assert first.execute("select one()").fetchall() == [(1,)]
    with pool.cursor() as second:
        assert second is first


@pytest.mark.parametrize("error", [duckdb.Error, GeneratorExit])
def test_cursor_is_closed_after_failure(pool: CursorPool, error: type[BaseException]) -> None:
    with pytest.raises(error), pool.cursor() as failed:
        failed.execute("select i from range(10_000) as t (i)")
        raise error
    with pytest.raises(duckdb.ConnectionException):
        failed.execute("select 1")
    with pool.cursor() as cursor:
        assert cursor.execute("select one()").fetchall() == [(1,)]


def test_cursors_in_use_are_distinct(pool: CursorPool) -> None:
    with pool.cursor() as first, pool.cursor() as second:
        assert first is not second
