"""Build, the public tables and their rows."""

import csv
import io
from pathlib import Path

import duckdb
import pytest

from tests.api.client import Client, get_json, get_problem, get_rows


def test_list_contains_every_public_table_with_description_and_size(sample: Client, sample_warehouse: Path) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        names = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        tables = get_rows(sample, "/v1/tables", limit=1000)
        counted_by_build = sample.get("/v1/build").json()["tables"]
        counts = {(table["table_schema"], table["table_name"]): table["row_count"] for table in tables}
        assert counts == {
            **{(table["table_schema"], table["table_name"]): table["row_count"] for table in counted_by_build},
            ("quality", "build_info"): 1,
        }
        assert [(table["table_schema"], table["table_name"]) for table in tables] == names
        for table in tables:
            assert table["description"].startswith("One row")
            name = f"{table['table_schema']}.{table['table_name']}"
            detail = sample.get(f"/v1/tables/{name.replace('.', '/')}").json()
            assert {key: detail[key] for key in table} == table
            assert connection.execute(f"select count(*) from {name}").fetchall() == [(table["row_count"],)]
            described = connection.execute(f"describe {name}").fetchall()
            assert [(column["column_name"], column["data_type"]) for column in detail["columns"]] == [
                (column[0], column[1]) for column in described
            ]
            assert len(detail["columns"]) == table["column_count"]
            for column in detail["columns"]:
                assert column["description"], (name, column["column_name"])


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("marts/dim_movie", "marts.dim_movies"),
        ("mart/dim_movies", "marts.dim_movies"),
        ("quality/REJECTED", "quality.rejected_rows"),
        ("marts/dim_genre/rows", "marts.dim_genres"),
        ("marts/dim_genre/rows.csv", "marts.dim_genres"),
    ],
)
def test_unknown_table_returns_404_with_similar_names(client: Client, path: str, nearest: str) -> None:
    assert get_problem(client, f"/v1/tables/{path}", 404)["suggestions"][0] == nearest
    get_problem(client, "/v1/tables/main/duckdb_tables", 404)


GENRES = "/v1/tables/marts/dim_genres/rows"


def test_rows_equal_the_table(client: Client, small_warehouse: Path) -> None:
    with duckdb.connect(str(small_warehouse), read_only=True) as connection:
        relation = connection.sql("from marts.dim_genres")
        rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    response = client.get(GENRES)
    assert response.headers["content-type"] == "application/json"
    assert response.json() == {"data": rows, "row_count": len(rows), "is_truncated": False}
    listed = list(csv.DictReader(io.StringIO(client.get(f"{GENRES}.csv").text)))
    assert [row["genre_name"] for row in listed] == [row["genre_name"] or "" for row in rows]
    assert list(listed[0]) == relation.columns


def test_rows_beyond_the_limit_set_is_truncated(client: Client) -> None:
    films = "/v1/tables/marts/dim_movies/rows"
    for limit, is_truncated in ((15, True), (16, False)):
        body = get_json(client, films, limit=limit)
        assert (len(body["data"]), body["row_count"], body["is_truncated"]) == (limit, limit, is_truncated)
    for query, count in (("?limit=3", 3), ("", 16)):
        assert len(list(csv.DictReader(io.StringIO(client.get(f"{films}.csv{query}").text)))) == count
    assert client.get(f"{films}?limit=1001").status_code == 422
