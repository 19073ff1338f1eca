"""The formats of lists: DuckDB reads the same rows from each as from JSON."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from pyarrow import ipc, parquet

from api.http.content_negotiation import MEDIA_TYPES
from tests.api.client import Client, Rows, create_client
from warehouse.settings import Settings

SQL = "select movie_id, title, overview, release_date, genre_names from dim_movies order by movie_id"
PATHS = {
    "/v1/movies?sort=movie_id&limit=1000": "movies",
    "/v1/movies?sort=-title&fields=title,release_date,genre_names&limit=7": "movies",
    "/v1/movies/2/recommendations": "recommended_movies",
    "/v1/genres": "genres",
    "/v1/queries/list_people/rows": "people",
    f"/v1/sql?query={SQL}": "query",
}
"""Names of the exported files, by path."""
FILE_FORMATS = tuple(name for name in MEDIA_TYPES if name != "json")


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings, SQL="on", SQL_SECONDS="60") as client:
        yield client


def add_suffix(path: str, format_: str) -> str:
    name, question_mark, query = path.partition("?")
    return f"{name}.{format_}{question_mark}{query}"


def read_csv(body: bytes) -> Rows:
    return [dict(row) for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]


def read_file(body: bytes, format_: str, folder: Path) -> Rows:
    if format_ == "arrow":
        relation = duckdb.from_arrow(ipc.open_stream(body).read_all())
    else:
        (path := folder / "body").write_bytes(body)
        options = ", allow_quoted_nulls = false" if format_ == "csv" else ""
        relation = duckdb.sql(f"from read_{format_.replace('nd', '')}('{path}'{options})")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def to_json_value(value: Any, expected: Any) -> Any:
    """Convert a value from a file to the value in JSON. Strings are decoded if `expected` is not a string."""
    if isinstance(value, str) and expected is not None and not isinstance(expected, str):
        return to_json_value(msgspec.json.decode(value), None)
    if isinstance(value, list):
        return [to_json_value(item, None) for item in value]
    if isinstance(value, dict):
        return {key: to_json_value(item, None) for key, item in value.items()}
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-6)  # 32-bit floats are written with different numbers of digits
    return str(value) if isinstance(value, date) or isinstance(expected, str) else value


@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_file_has_the_rows_of_the_json_response(client: Client, sample: Client, format_: str, tmp_path: Path) -> None:
    for source, path in (*((client, path) for path in PATHS), (sample, "/v1/movies?sort=movie_id&limit=1000")):
        expected_rows = source.get(path).json()["data"]
        response = source.get(add_suffix(path, format_))
        assert (response.status_code, len(expected_rows) > 1) == (200, True)
        rows = read_file(response.content, format_, tmp_path)
        assert [list(row) for row in rows] == [list(row) for row in expected_rows]
        for row, expected_row in zip(rows, expected_rows, strict=True):
            assert expected_row == {name: to_json_value(row[name], expected_row[name]) for name in row}


def test_csv_strings_are_not_altered(client: Client) -> None:
    films = {row["movie_id"]: row for row in read_csv(client.get("/v1/movies.csv").content)}
    assert films["1"]["overview"] == 'Amélie, "le destin":\n\n- l\'été\r\n- 千と千尋\tfin'
    assert films["14"]["title"] == 'A "Title"? What: 100%/50%'
    # Formulas are not escaped: that would alter the string.
    assert [films[key]["overview"] for key in ("4", "5", "7", "8", "9")] == ["=1+1", "+1", "-300-", "@horror", "007"]
    cell = "{'day': date '2001-04-25', 'exact': 1.50::decimal(4, 2), 'words': ['é', null, '\"']}"
    (row,) = read_csv(client.get(f"/v1/sql.csv?query=select {cell} as cell").content)
    assert row["cell"] == '{"day":"2001-04-25","exact":1.50,"words":["é",null,"\\""]}'


@pytest.mark.parametrize("format_", FILE_FORMATS)
def test_null_differs_from_empty_string(client: Client, format_: str, tmp_path: Path) -> None:
    """The taglines of films 1 to 3 are the word `null`, an empty string and null."""
    body = client.get(f"/v1/movies.{format_}?sort=movie_id&fields=tagline").content
    assert [row["tagline"] for row in read_file(body, format_, tmp_path)][:3] == ["null", "", None]
    if format_ == "csv":
        assert body.splitlines()[:4] == [b'"movie_id","tagline"', b'1,"null"', b'2,""', b"3,"]


def test_columns_have_their_types(client: Client) -> None:
    types = {
        "movie_id": "int32",
        "title": "string",
        "release_date": "date32[day]",
        "is_placeholder_date": "bool",
        "tmdb_popularity": "double",
        "budget_usd": "int64",
        "return_ratio": "double",
        "genre_names": "list<l: string>",
    }
    arrow = ipc.open_stream(client.get("/v1/movies.arrow").content).schema
    parquet_schema = parquet.read_schema(io.BytesIO(client.get("/v1/movies.parquet").content))
    for schema in (arrow, parquet_schema):
        assert {name: str(schema.field(name).type).replace("element:", "l:") for name in types} == types


@pytest.mark.parametrize("format_", MEDIA_TYPES)
@pytest.mark.parametrize(("path", "name"), PATHS.items())
def test_suffix_and_accept_header_return_the_same(client: Client, path: str, name: str, format_: str) -> None:
    by_suffix = client.get(add_suffix(path, format_), headers={"Accept": "application/json"})
    by_accept = client.get(path, headers={"Accept": MEDIA_TYPES[format_]})
    assert by_suffix.status_code == by_accept.status_code == 200
    if "sql" not in path or format_ != "json":  # its JSON has the duration of the query
        assert by_suffix.content == by_accept.content
    disposition = None if format_ == "json" else f'attachment; filename="{name}.{format_}"'
    for response in (by_suffix, by_accept):
        assert response.headers["content-type"].partition(";")[0] == MEDIA_TYPES[format_]
        assert response.headers.get("content-disposition") == disposition


@pytest.mark.parametrize(
    ("header", "format_"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "json"),
        ("text/csv;q=0.4, application/x-ndjson;q=0.9", "ndjson"),
        ("text/csv, application/json;q=0.9, */*;q=0.1", "csv"),
        ("application/vnd.apache.parquet", "parquet"),
        ("TEXT/CSV; charset=utf-8", "csv"),
        ("image/png, application/vnd.apache.arrow.stream;q=0.1", "arrow"),
        ("application/json;q=0, */*", "csv"),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("nonsense", None),
    ],
)
def test_accept_header_selects_the_preferred_format(client: Client, header: str, format_: str | None) -> None:
    response = client.get("/v1/movies", headers={"Accept": header})
    if format_:
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, MEDIA_TYPES[format_])
    else:
        assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")


def test_unavailable_format_lists_the_available_ones(client: Client) -> None:
    for path in PATHS:
        detail = client.get(path, headers={"Accept": "image/png"}).json()["detail"]
        assert "image/png" in detail
        assert all(f"{media_type} (.{format_})" in detail for format_, media_type in MEDIA_TYPES.items())
    for response in (client.get("/v1/movies/2.csv"), client.get("/v1/facets", headers={"Accept": "text/csv"})):
        assert response.status_code == 406
        assert response.json()["detail"].endswith("Available formats: application/json (.json).")
