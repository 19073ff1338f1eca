"""What the service says of the file: its build and its public tables."""

from pathlib import Path

import duckdb
import pytest
from litestar import Litestar
from litestar.testing import TestClient


def test_the_build_is_the_one_that_answers(client: TestClient[Litestar]) -> None:
    response = client.get("/v1/build")
    build = response.json()
    assert build["build_id"] == response.headers["filmoteca-build"] == "build-1"
    assert build["built_at"] == "2026-01-31T12:00:00Z"
    assert build["source_files"] == [
        {"source_name": "movies", "file_name": "movies.csv", "size_bytes": 1234, "sha256": "ab12"}
    ]
    assert build["tables"] == [{"table_schema": "marts", "table_name": "dim_movies", "row_count": 16}]
    assert build["steps"] == [{"step": "raw files", "seconds": 0.25}]


def test_the_build_counted_what_the_tables_hold(sample: TestClient[Litestar]) -> None:
    built = {
        (table["table_schema"], table["table_name"]): table["row_count"]
        for table in sample.get("/v1/build").json()["tables"]
    }
    listed = {
        (table["table_schema"], table["table_name"]): table["row_count"]
        for table in sample.get("/v1/tables?limit=1000").json()["data"]
    }
    assert listed == {**built, ("quality", "build_info"): 1}


def test_every_public_table_is_listed_described_and_counted(
    sample: TestClient[Litestar], sample_warehouse: Path
) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        names = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        tables = sample.get("/v1/tables?limit=1000").json()["data"]
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
    ],
)
def test_an_unknown_table_is_a_404_that_names_the_nearest(
    client: TestClient[Litestar], path: str, nearest: str
) -> None:
    response = client.get(f"/v1/tables/{path}")
    assert response.status_code == 404
    assert response.json()["suggestions"][0] == nearest


def test_private_tables_are_not_there(client: TestClient[Litestar]) -> None:
    assert client.get("/v1/tables/information_schema/tables").status_code == 404
    assert client.get("/v1/tables/main/duckdb_tables").status_code == 404
