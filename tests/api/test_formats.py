"""The formats of an answer: each is read by the tools people have, and holds what the JSON of the same rows holds."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from pyarrow import ipc, parquet

from api.app import create_app
from api.formats import BATCH_ROWS, MEDIA_TYPES, Export, stream
from api.queries import Queries, Statement
from api.settings import ApiSettings
from api.sql.settings import SqlSettings
from warehouse.settings import Settings

Client = TestClient[Litestar]
Rows = list[dict[str, Any]]

FILES = tuple(format_ for format_ in MEDIA_TYPES if format_ != "json")
TABLES = (
    "/v1/movies?sort=movie_id&limit=1000",
    "/v1/movies?sort=-title&fields=title,release_date,genre_names&limit=7",
    "/v1/movies/2/recommendations",
    "/v1/genres",
    "/v1/queries/list_genres/rows",
    "/v1/sql?query=select movie_id, title, overview, release_date, genre_names from dim_movies order by movie_id",
)
EVERYTHING = "/v1/movies?sort=movie_id"


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    """The service over the small warehouse, ad-hoc SQL included."""
    with TestClient(create_app(settings, ApiSettings(SqlSettings(is_on=True)))) as client:
        yield client


def suffixed(path: str, format_: str) -> str:
    name, question_mark, query = path.partition("?")
    return f"{name}.{format_}{question_mark}{query}"


# How people read files. Each reader makes rows of a body; `plain` makes of their values what JSON would hold.


def csv_by_duckdb(body: bytes, folder: Path) -> Rows:
    (folder / "body.csv").write_bytes(body)
    return rows_of(duckdb.sql(f"from read_csv('{folder / 'body.csv'}')"))


def csv_by_python(body: bytes, _: Path) -> Rows:
    return [dict(row) for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]


def csv_by_pandas(body: bytes, _: Path) -> Rows:
    # A title may be "NA" or "null": only an empty field is no value.
    return records(pd.read_csv(io.BytesIO(body), keep_default_na=False, na_values=[""]))


def ndjson_by_msgspec(body: bytes, _: Path) -> Rows:
    rows: Rows = msgspec.json.Decoder().decode_lines(body)
    return rows


def ndjson_by_duckdb(body: bytes, folder: Path) -> Rows:
    (folder / "body.ndjson").write_bytes(body)
    return rows_of(duckdb.sql(f"from read_json('{folder / 'body.ndjson'}')"))


def parquet_by_pandas(body: bytes, _: Path) -> Rows:
    return records(pd.read_parquet(io.BytesIO(body)))


def parquet_by_duckdb(body: bytes, folder: Path) -> Rows:
    (folder / "body.parquet").write_bytes(body)
    return rows_of(duckdb.sql(f"from '{folder / 'body.parquet'}'"))


def arrow_by_pyarrow(body: bytes, _: Path) -> Rows:
    return ipc.open_stream(body).read_all().to_pylist()


def arrow_by_duckdb(body: bytes, _: Path) -> Rows:
    return rows_of(duckdb.from_arrow(ipc.open_stream(body).read_all()))


def rows_of(relation: duckdb.DuckDBPyRelation) -> Rows:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def records(frame: pd.DataFrame) -> Rows:
    rows: Rows = frame.to_dict("records")
    return rows


READERS: dict[str, Callable[[bytes, Path], Rows]] = {
    reader.__name__: reader
    for reader in (
        csv_by_duckdb,
        csv_by_python,
        csv_by_pandas,
        ndjson_by_msgspec,
        ndjson_by_duckdb,
        parquet_by_pandas,
        parquet_by_duckdb,
        arrow_by_pyarrow,
        arrow_by_duckdb,
    )
}


def plain(value: Any, like: Any) -> Any:
    """A value that was read, as JSON would hold it; `like` is what the JSON holds, whose type a text takes."""
    if value is None or value is pd.NaT or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, str) and like is not None and not isinstance(like, str):
        return plain(msgspec.json.decode(value), None)
    if isinstance(value, np.ndarray | list):
        return [plain(item, None) for item in value]
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-6)  # some are of 32 bits, of which each reader shows as many as it likes
    if isinstance(value, dict):
        return {key: plain(item, None) for key, item in value.items()}
    return str(value)[:10] if isinstance(value, date) else value


def assert_same(read: Rows, expected: Rows, *, is_csv: bool) -> None:
    assert [list(row) for row in read] == [list(row) for row in expected]
    for read_row, row in zip(read, expected, strict=True):
        for name, value in row.items():
            # Which texts are empty and which unknown, CSV says and most of its readers do not tell.
            wanted = None if is_csv and value == "" else value
            found = plain(None if is_csv and read_row[name] == "" else read_row[name], wanted)
            if is_csv and isinstance(wanted, str):
                found = str(found)
            assert wanted == found, (name, row)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", TABLES)
def test_every_reader_finds_the_rows_of_the_json(client: Client, path: str, reader: str, tmp_path: Path) -> None:
    expected = client.get(path).json()["data"]
    response = client.get(suffixed(path, reader.partition("_")[0]))
    assert (response.status_code, len(expected) > 1) == (200, True)
    assert_same(READERS[reader](response.content, tmp_path), expected, is_csv="csv" in reader)


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_finds_the_real_films(sample: Client, reader: str, tmp_path: Path) -> None:
    expected = sample.get("/v1/movies?sort=movie_id&limit=1000").json()["data"]
    body = sample.get(f"/v1/movies.{reader.partition('_')[0]}?sort=movie_id&limit=1000").content
    assert_same(READERS[reader](body, tmp_path), expected, is_csv="csv" in reader)


def test_texts_come_through_whole(client: Client) -> None:
    films = {row["movie_id"]: row for row in csv_by_python(client.get("/v1/movies.csv").content, Path())}
    assert films["1"]["overview"] == 'Amélie, "le destin":\n\n- l\'été\r\n- 千と千尋\tfin'
    assert films["14"]["title"] == 'A "Title"? What: 100%/50%'
    # No apostrophe before what a spreadsheet might take for a formula: that would be another text.
    assert [films[key]["overview"] for key in ("4", "5", "7", "8", "9")] == ["=1+1", "+1", "-300-", "@horror", "007"]
    assert films["6"]["genre_names"] == '["Comedy","Drama"]'


def test_lists_and_structs_are_json_in_csv(client: Client) -> None:
    cell = "{'day': date '2001-04-25', 'exact': 1.50::decimal(4, 2), 'words': ['é', null, '\"']}"
    path = f"/v1/sql?query=select {cell} as cell"
    (in_csv,) = csv_by_python(client.get(suffixed(path, "csv")).content, Path())
    assert in_csv["cell"] == '{"day":"2001-04-25","exact":1.50,"words":["é",null,"\\""]}'
    assert client.get(suffixed(path, "ndjson")).text == f'{{"cell":{in_csv["cell"]}}}\n'


def test_an_unknown_text_is_no_empty_one(client: Client, tmp_path: Path) -> None:
    """Film 2 has an empty tagline, 3 none, and that of 1 is the word `null`."""
    lines = client.get("/v1/movies.csv?sort=movie_id&fields=tagline").content.splitlines()
    assert lines[:4] == [b'"movie_id","tagline"', b'1,"null"', b'2,""', b"3,"]
    (tmp_path / "taglines.csv").write_bytes(b"\n".join(lines))
    told_apart = duckdb.sql(f"from read_csv('{tmp_path / 'taglines.csv'}', allow_quoted_nulls = false) limit 3")
    assert told_apart.fetchall() == [(1, "null"), (2, ""), (3, None)]
    for reader in (arrow_by_pyarrow, parquet_by_duckdb, ndjson_by_msgspec):
        body = client.get(f"/v1/movies.{reader.__name__.partition('_')[0]}?sort=movie_id&fields=tagline").content
        assert [row["tagline"] for row in reader(body, tmp_path)][:3] == ["null", "", None]


def test_every_column_has_its_type(client: Client, tmp_path: Path) -> None:
    arrow = ipc.open_stream(client.get("/v1/movies.arrow").content).schema
    columns = {
        "movie_id": ("int32", "BIGINT"),
        "title": ("string", "VARCHAR"),
        "release_date": ("date32[day]", "DATE"),
        "is_placeholder_date": ("bool", "BOOLEAN"),
        "tmdb_popularity": ("double", "DOUBLE"),
        "budget_usd": ("int64", "BIGINT"),
        "return_ratio": ("double", "DOUBLE"),
        "genre_names": (str(pa.list_(pa.string())).replace("item", "l"), "VARCHAR"),
    }
    assert {name: str(arrow.field(name).type) for name in columns} == {name: of for name, (of, _) in columns.items()}
    in_parquet = parquet.read_schema(io.BytesIO(client.get("/v1/movies.parquet").content))
    assert [str(in_parquet.field(name).type) for name in columns if name != "genre_names"] == [
        of for name, (of, _) in columns.items() if name != "genre_names"
    ]
    (tmp_path / "movies.csv").write_bytes(client.get("/v1/movies.csv").content)
    sniffed = duckdb.sql(f"from read_csv('{tmp_path / 'movies.csv'}')")
    found = dict(zip(sniffed.columns, map(str, sniffed.types), strict=True))
    assert {name: found[name] for name in columns} == {name: of for name, (_, of) in columns.items()}


@pytest.mark.parametrize("format_", MEDIA_TYPES)
@pytest.mark.parametrize("path", TABLES)
def test_suffix_and_accept_agree(client: Client, path: str, format_: str) -> None:
    by_suffix = client.get(suffixed(path, format_), headers={"Accept": "application/json"})
    by_accept = client.get(path, headers={"Accept": MEDIA_TYPES[format_]})
    assert by_suffix.status_code == by_accept.status_code == 200
    if "sql" not in path or format_ != "json":  # that answer says how long it took
        assert by_suffix.content == by_accept.content
    assert by_suffix.headers["content-type"].partition(";")[0] == MEDIA_TYPES[format_]
    assert by_suffix.headers.get("content-disposition") == by_accept.headers.get("content-disposition")
    assert ("content-disposition" in by_suffix.headers) is (format_ != "json")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/movies", "movies"),
        ("/v1/movies/2/recommendations", "recommendations"),
        ("/v1/genres", "genres"),
        ("/v1/queries/list_genres/rows", "genres"),
        ("/v1/queries/get_movie/rows", "get_movie"),
        ("/v1/sql?query=select 1 as one", "query"),
    ],
)
def test_a_file_has_a_name(client: Client, path: str, name: str) -> None:
    for format_ in FILES:
        disposition = client.get(suffixed(path, format_)).headers["content-disposition"]
        assert disposition == f'attachment; filename="{name}.{format_}"'


@pytest.mark.parametrize(
    ("header", "format_"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "json"),
        ("text/html,application/xml;q=0.8,*/*;q=0.5", "json"),
        ("text/csv;q=0.4, application/x-ndjson;q=0.9", "ndjson"),
        ("text/csv, application/json;q=0.9, */*;q=0.1", "csv"),
        ("application/vnd.apache.parquet", "parquet"),
        ("text/csv; charset=utf-8", "csv"),
        ("TEXT/CSV", "csv"),
        ("image/png, application/vnd.apache.arrow.stream;q=0.1", "arrow"),
        ("application/json;q=0, text/csv", "csv"),
        ("application/json;q=0, */*", "csv"),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("nonsense", None),
    ],
)
def test_the_format_that_is_liked_best(client: Client, header: str, format_: str | None) -> None:
    response = client.get("/v1/movies", headers={"Accept": header})
    if format_:
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, MEDIA_TYPES[format_])
    else:
        assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")


def test_a_format_that_there_is_not_names_those_that_there_are(client: Client) -> None:
    for path in TABLES:
        detail = client.get(path, headers={"Accept": "image/png"}).json()["detail"]
        assert "image/png" in detail
        assert all(f"{media_type} (.{format_})" in detail for format_, media_type in MEDIA_TYPES.items())
    for response in (client.get("/v1/movies/2.csv"), client.get("/v1/facets", headers={"Accept": "text/csv"})):
        assert response.status_code == 406
        assert response.json()["detail"].endswith("right is one of: application/json (.json).")


# What leaves the process, and how.

HOLES = {
    "whole": "select movies.movie_id, others from dim_movies as movies left join (select *, "
    "[movie_id::bigint, budget_usd, 3]::bigint[3] as three, {'l': [budget_usd, 1], 't': title} as both "
    "from dim_movies where movie_id % 2 = 0) as others on movies.movie_id = others.movie_id order by movies.movie_id",
    "nested": "select case when movie_id % 3 > 0 then [movie_id::bigint, budget_usd] end as list, "
    "case when movie_id % 3 > 0 then {'x': movie_id, 'y': {'z': budget_usd, 't': title}} end as struct, "
    "case when movie_id % 3 > 0 then map {title: budget_usd} end as map from dim_movies order by movie_id",
    "scalars": "select case when movie_id % 3 > 0 then movie_id::decimal(30, 2) end as exact, "
    "case when movie_id % 3 > 0 then release_date end as day, case when movie_id % 3 > 0 then true end as bit, "
    "case when movie_id % 3 > 0 then release_date::timestamp end as moment, "
    "case when movie_id % 3 > 0 then 'a'::enum('a', 'b') end as letter, "
    "case when movie_id % 3 > 0 then movie_id::hugeint end as huge, null as nothing from dim_movies order by movie_id",
}


def bytes_behind_nulls(column: "pa.Array[Any]") -> bytes:
    """What a column holds where it holds nothing, at any depth."""
    kind: Any = column.type
    nested: Any = column
    if pa.types.is_struct(kind):
        return b"".join(bytes_behind_nulls(nested.field(at)) for at in range(kind.num_fields))
    if pa.types.is_nested(kind):
        return bytes_behind_nulls(nested.values)
    if pa.types.is_dictionary(kind):
        return bytes_behind_nulls(nested.indices)
    values = column.buffers()[-1]
    if values is None or kind in (pa.string(), pa.null()):
        return b""
    bits = np.unpackbits(np.frombuffer(values.to_pybytes(), np.uint8), bitorder="little")
    cells = bits[: (column.offset + len(column)) * kind.bit_width].reshape(-1, kind.bit_width)[column.offset :]
    return bytes(cells[column.is_null().to_numpy(zero_copy_only=False)].ravel())


@pytest.fixture
def queries(small_warehouse: Path) -> Iterator[Queries]:
    """Queries of ours over the small warehouse, as many rows as memory has to be asked for anew."""
    queries = Queries(duckdb.connect(str(small_warehouse), read_only=True), macros=("set search_path = 'marts'",))
    queries.statements = {name: Statement(name, "test", "", f"{text}\n") for name, text in HOLES.items()}
    yield queries
    queries.close()


@pytest.mark.parametrize("name", HOLES)
@pytest.mark.parametrize("format_", FILES)
def test_two_answers_are_the_same_bytes(queries: Queries, name: str, format_: str) -> None:
    bodies = set()
    for round_ in range(4):
        with duckdb.connect() as busy:  # leaves something behind in the memory that is asked for next
            busy.sql(f"select hash(i + {round_}) as a, md5(i::varchar) as b from range(20_000) as t (i) order by a")
        bodies.add(b"".join(stream(queries, Export(name, {}), format_)))
    assert len(bodies) == 1


@pytest.mark.parametrize("name", HOLES)
def test_behind_nulls_there_is_nothing(queries: Queries, name: str) -> None:
    for batch in ipc.open_stream(b"".join(stream(queries, Export(name, {}), "arrow"))):
        behind = b"".join(bytes_behind_nulls(column) for column in batch.columns)
        assert len(behind) > 0
        assert not any(behind)


@pytest.mark.parametrize("format_", FILES)
def test_two_answers_over_http_are_the_same_bytes(client: Client, format_: str) -> None:
    question = suffixed(f"/v1/sql?query={HOLES['nested']}", format_)
    for path in (f"/v1/movies.{format_}?sort=movie_id", question):
        bodies = {client.get(path, headers={"X-Round": str(round_)}).content for round_ in range(3)}
        assert len(bodies) == 1


BIG = 150_000
LATE = f"if(i < {BIG - 1}, i, error('too late')::bigint)"


@pytest.fixture
def big() -> Iterator[Queries]:
    """Many rows of 300 bytes, the last of which fails."""
    text = f"select {LATE} as i, repeat('x', 300) as filling from range({BIG}) as t (i)\n"
    queries = Queries(duckdb.connect(), statements={"big": Statement("big", "test", "", text)}, macros=())
    yield queries
    queries.close()


@pytest.mark.parametrize("format_", FILES)
def test_the_first_piece_comes_before_the_last_row_is_read(big: Queries, format_: str) -> None:
    pieces = stream(big, Export("big", {}), format_)
    before = pa.total_allocated_bytes()
    for _ in range(3):
        assert len(next(pieces)) < BATCH_ROWS * 400
        assert pa.total_allocated_bytes() - before < 4 * BATCH_ROWS * 400
    with pytest.raises((duckdb.Error, OSError), match="too late|Interrupted"):
        for _ in pieces:
            pass


@pytest.mark.parametrize("format_", FILES)
def test_a_stream_gives_its_cursor_back(queries: Queries, big: Queries, format_: str) -> None:
    """One that was read to its end is lent again; one that was broken off may have rows left, and is closed."""
    for _ in range(3):
        assert b"".join(stream(queries, Export("whole", {}), format_))
        assert len(queries._idle) == 1
    lent: list[duckdb.DuckDBPyConnection] = []
    new_cursor = big._new_cursor
    big._new_cursor = lambda: lent.append(new_cursor()) or lent[-1]  # type: ignore[func-returns-value, method-assign]
    pieces = stream(big, Export("big", {}), format_)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    with pytest.raises(duckdb.ConnectionException):
        lent[0].execute("select 1")
    assert not big._idle
