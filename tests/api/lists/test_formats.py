"""The formats of lists: common tools read the same rows from each as from JSON."""

import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pyarrow import ipc, parquet

from api.http.content_negotiation import MEDIA_TYPES
from tests.api.client import Client, create_client
from tests.api.lists.file_readers import (
    READERS,
    add_suffix,
    arrow_by_pyarrow,
    assert_same_rows,
    csv_by_python,
    ndjson_by_msgspec,
    parquet_by_duckdb,
)
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


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings, SQL="on", SQL_SECONDS="60") as client:
        yield client


@pytest.mark.parametrize("reader", READERS)
def test_file_has_the_rows_of_the_json_response(client: Client, sample: Client, reader: str, tmp_path: Path) -> None:
    for source, path in (*((client, path) for path in PATHS), (sample, "/v1/movies?sort=movie_id&limit=1000")):
        rows = source.get(path).json()["data"]
        response = source.get(add_suffix(path, reader.partition("_")[0]))
        assert (response.status_code, len(rows) > 1) == (200, True)
        assert_same_rows(READERS[reader](response.content, tmp_path), rows, is_csv="csv" in reader)


def test_csv_strings_are_not_altered(client: Client) -> None:
    films = {row["movie_id"]: row for row in csv_by_python(client.get("/v1/movies.csv").content, Path())}
    assert films["1"]["overview"] == 'Amélie, "le destin":\n\n- l\'été\r\n- 千と千尋\tfin'
    assert films["14"]["title"] == 'A "Title"? What: 100%/50%'
    # Formulas are not escaped: that would alter the string.
    assert [films[key]["overview"] for key in ("4", "5", "7", "8", "9")] == ["=1+1", "+1", "-300-", "@horror", "007"]
    assert films["6"]["genre_names"] == '["Comedy","Drama"]'


def test_csv_lists_and_structs_are_json(client: Client) -> None:
    cell = "{'day': date '2001-04-25', 'exact': 1.50::decimal(4, 2), 'words': ['é', null, '\"']}"
    path = f"/v1/sql?query=select {cell} as cell"
    (row,) = csv_by_python(client.get(add_suffix(path, "csv")).content, Path())
    assert row["cell"] == '{"day":"2001-04-25","exact":1.50,"words":["é",null,"\\""]}'
    assert client.get(add_suffix(path, "ndjson")).text == f'{{"cell":{row["cell"]}}}\n'


def test_null_differs_from_empty_string(client: Client, tmp_path: Path) -> None:
    """The taglines of films 1 to 3 are the word `null`, an empty string and null."""
    lines = client.get("/v1/movies.csv?sort=movie_id&fields=tagline").content.splitlines()
    assert lines[:4] == [b'"movie_id","tagline"', b'1,"null"', b'2,""', b"3,"]
    (tmp_path / "taglines.csv").write_bytes(b"\n".join(lines))
    taglines = duckdb.sql(f"from read_csv('{tmp_path / 'taglines.csv'}', allow_quoted_nulls = false) limit 3")
    assert taglines.fetchall() == [(1, "null"), (2, ""), (3, None)]
    for reader in (arrow_by_pyarrow, parquet_by_duckdb, ndjson_by_msgspec):
        body = client.get(f"/v1/movies.{reader.__name__.partition('_')[0]}?sort=movie_id&fields=tagline").content
        assert [row["tagline"] for row in reader(body, tmp_path)][:3] == ["null", "", None]


def test_columns_have_their_types(client: Client, tmp_path: Path) -> None:
    arrow = ipc.open_stream(client.get("/v1/movies.arrow").content).schema
    columns = {
        "movie_id": ("int32", "BIGINT"),
        "title": ("string", "VARCHAR"),
        "release_date": ("date32[day]", "DATE"),
        "is_placeholder_date": ("bool", "BOOLEAN"),
        "tmdb_popularity": ("double", "DOUBLE"),
        "budget_usd": ("int64", "BIGINT"),
        "return_ratio": ("double", "DOUBLE"),
        "genre_names": ("list<l: string>", "VARCHAR"),
    }
    assert {name: str(arrow.field(name).type) for name in columns} == {
        name: type_ for name, (type_, _) in columns.items()
    }
    parquet_schema = parquet.read_schema(io.BytesIO(client.get("/v1/movies.parquet").content))
    assert {name: str(parquet_schema.field(name).type).replace("element:", "l:") for name in columns} == {
        name: type_ for name, (type_, _) in columns.items()
    }
    (tmp_path / "movies.csv").write_bytes(client.get("/v1/movies.csv").content)
    sniffed = duckdb.sql(f"from read_csv('{tmp_path / 'movies.csv'}')")
    found = dict(zip(sniffed.columns, map(str, sniffed.types), strict=True))
    assert {name: found[name] for name in columns} == {name: type_ for name, (_, type_) in columns.items()}


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
