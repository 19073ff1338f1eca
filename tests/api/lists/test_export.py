"""Exports: streamed in chunks, reproducible and without uninitialized memory."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import ipc

from api.db.queries import Queries
from api.lists.export import BATCH_ROWS, Export, export_chunks
from tests.api.client import Client, create_client
from tests.api.lists.file_readers import FILE_FORMATS, add_suffix
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings, SQL="on", SQL_SECONDS="60") as client:
        yield client


QUERIES_WITH_NULLS = {
    "structs": "select movies.movie_id, others from marts.dim_movies as movies left join (select *, "
    "[movie_id::bigint, budget_usd, 3]::bigint[3] as three, {'l': [budget_usd, 1], 't': title} as both "
    "from marts.dim_movies where movie_id % 2 = 0) as others on movies.movie_id = others.movie_id "
    "order by movies.movie_id",
    "nested": "select case when movie_id % 3 > 0 then [movie_id::bigint, budget_usd] end as list, "
    "case when movie_id % 3 > 0 then {'x': movie_id, 'y': {'z': budget_usd, 't': title}} end as struct, "
    "case when movie_id % 3 > 0 then map {title: budget_usd} end as map from marts.dim_movies order by movie_id",
    "scalars": "select case when movie_id % 3 > 0 then movie_id::decimal(30, 2) end as exact, "
    "case when movie_id % 3 > 0 then release_date end as day, case when movie_id % 3 > 0 then true end as bit, "
    "case when movie_id % 3 > 0 then release_date::timestamp end as moment, "
    "case when movie_id % 3 > 0 then 'a'::enum('a', 'b') end as letter, "
    "case when movie_id % 3 > 0 then movie_id::hugeint end as huge, null as nothing "
    "from marts.dim_movies order by movie_id",
}


def null_bytes(column: "pa.Array[Any]") -> bytes:
    """Return the bytes that a column stores for its nulls, at any depth."""
    kind: Any = column.type
    nested: Any = column
    if pa.types.is_struct(kind):
        return b"".join(null_bytes(nested.field(at)) for at in range(kind.num_fields))
    if pa.types.is_nested(kind):
        return null_bytes(nested.values)
    if pa.types.is_dictionary(kind):
        return null_bytes(nested.indices)
    values = column.buffers()[-1]
    if values is None or kind in (pa.string(), pa.null()):
        return b""
    bits = np.unpackbits(np.frombuffer(values.to_pybytes(), np.uint8), bitorder="little")
    cells = bits[: (column.offset + len(column)) * kind.bit_width].reshape(-1, kind.bit_width)[column.offset :]
    return bytes(cells[column.is_null().to_numpy(zero_copy_only=False)].ravel())


def make_queries(folder: Path, connection: duckdb.DuckDBPyConnection, texts: Mapping[str, str]) -> Queries:
    """Create query files with these texts, by name, and return the queries."""
    (files := folder / "test" / "queries").mkdir(parents=True)
    for name, text in texts.items():
        (files / f"{name}.sql").write_text(f"{text}\n")
    return Queries(connection, folder)


@pytest.fixture
def queries(small_warehouse: Path, tmp_path: Path) -> Iterator[Queries]:
    """Queries on the small warehouse whose rows have nulls."""
    queries = make_queries(tmp_path / "nulls", duckdb.connect(str(small_warehouse), read_only=True), QUERIES_WITH_NULLS)
    yield queries
    queries.close()


@pytest.mark.parametrize("name", QUERIES_WITH_NULLS)
@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_repeated_exports_have_the_same_bytes(queries: Queries, name: str, format_: str) -> None:
    bodies = set()
    for round_ in range(4):
        with duckdb.connect() as other:  # fills the memory that the next export uses
            other.sql(f"select hash(i + {round_}) as a, md5(i::varchar) as b from range(20_000) as t (i) order by a")
        bodies.add(b"".join(export_chunks(queries, Export(name, {}), format_)))
    assert len(bodies) == 1


@pytest.mark.parametrize("name", QUERIES_WITH_NULLS)
def test_arrow_export_stores_zeros_for_nulls(queries: Queries, name: str) -> None:
    for batch in ipc.open_stream(b"".join(export_chunks(queries, Export(name, {}), "arrow"))):
        stored = b"".join(null_bytes(column) for column in batch.columns)
        assert len(stored) > 0
        assert not any(stored)


@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_repeated_exports_over_http_have_the_same_bytes(client: Client, format_: str) -> None:
    sql_path = add_suffix(f"/v1/sql?query={QUERIES_WITH_NULLS['nested']}", format_)
    for path in (f"/v1/movies.{format_}?sort=movie_id", sql_path):
        bodies = {client.get(path, headers={"X-Round": str(round_)}).content for round_ in range(3)}
        assert len(bodies) == 1


ROW_COUNT = 150_000
VALUE = f"if(i < {ROW_COUNT - 1}, i, error('too late')::bigint)"


@pytest.fixture
def big(tmp_path: Path) -> Iterator[Queries]:
    """A query for many rows of 300 bytes. The last row raises an error."""
    text = f"select {VALUE} as i, repeat('x', 300) as filling from range({ROW_COUNT}) as t (i)\n"
    queries = make_queries(tmp_path / "big", duckdb.connect(), {"big": text})
    yield queries
    queries.close()


@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_export_is_streamed_in_chunks(big: Queries, format_: str) -> None:
    chunks = export_chunks(big, Export("big", {}), format_)
    before = pa.total_allocated_bytes()
    for _ in range(3):
        assert len(next(chunks)) < BATCH_ROWS * 400
        assert pa.total_allocated_bytes() - before < 4 * BATCH_ROWS * 400
    with pytest.raises((duckdb.Error, OSError), match=r"too late|Interrupted"):
        for _ in chunks:
            pass
