"""Exports: streamed in chunks and reproducible."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from api.db.queries import Queries
from api.lists.export import BATCH_ROWS, Export, export_chunks
from tests.api.lists.test_formats import FILE_FORMATS

QUERY_WITH_NULLS = """
select if(movie_id % 3 > 0, columns(*), null) from (
    select
        movie_id, release_date, release_date::timestamp as moment, true as bit, 'a'::enum('a', 'b') as letter,
        movie_id::hugeint as huge, movie_id::decimal(30, 2) as exact, [movie_id::bigint, budget_usd] as list,
        {'x': movie_id, 'y': {'z': budget_usd, 't': title}} as struct, map {title: budget_usd} as map
    from marts.dim_movies
) order by all
"""
ROW_COUNT = 150_000
BIG_QUERY = f"""
select if(i < {ROW_COUNT - 1}, i, error('too late')::bigint) as i, repeat('x', 300) as filling
from range({ROW_COUNT}) as t (i)
"""
"""Many rows of 300 bytes. The last row raises an error."""

ExportQuery = Callable[[str, str], Iterator[bytes]]


@pytest.fixture
def export(small_warehouse: Path, tmp_path: Path) -> Iterator[ExportQuery]:
    """A function that exports a query with this SQL in a format."""
    (folder := tmp_path / "test" / "queries").mkdir(parents=True)
    (folder / "exported.sql").write_text("select 1\n")
    queries = Queries(duckdb.connect(str(small_warehouse), read_only=True), tmp_path)
    yield lambda text, format_: export_chunks(queries, Export("exported", {}, lambda _: text), format_)
    queries.close()


@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_repeated_exports_have_the_same_bytes(export: ExportQuery, format_: str) -> None:
    bodies = set()
    for round_ in range(4):
        with duckdb.connect() as other:  # fills the memory that the next export uses
            other.sql(f"select hash(i + {round_}) as a, md5(i::varchar) as b from range(20_000) as t (i) order by a")
        bodies.add(b"".join(export(QUERY_WITH_NULLS, format_)))
    assert len(bodies) == 1


@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_export_is_streamed_in_chunks(export: ExportQuery, format_: str) -> None:
    chunks = export(BIG_QUERY, format_)
    before = pa.total_allocated_bytes()
    for _ in range(3):
        assert len(next(chunks)) < BATCH_ROWS * 400
        assert pa.total_allocated_bytes() - before < 4 * BATCH_ROWS * 400
    with pytest.raises((duckdb.Error, OSError), match=r"too late|Interrupted"):
        for _ in chunks:
            pass
