"""The benchmarks ask what the service answers, and give the peers the same data."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import duckdb
import pytest

from benchmarks.load import Request, ask
from benchmarks.mix import NAMES, read_names, variants
from benchmarks.peer_data import served_tables, write_parquet, write_sqlite
from benchmarks.peer_questions import FILMOTECA, QUESTIONS, Question
from benchmarks.peers import check_answers
from benchmarks.servers import Server, product


@pytest.fixture(scope="module")
def warehouse(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def server(sample_warehouse: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FILMOTECA_WAREHOUSE", str(sample_warehouse))
        with product() as running:
            yield running


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_service_answers_each_question_right(
    warehouse: duckdb.DuckDBPyConnection, server: Server, question: Question
) -> None:
    check_answers(warehouse, question, {FILMOTECA: server})


def test_the_mix_asks_what_is_answered(warehouse: duckdb.DuckDBPyConnection, server: Server) -> None:
    names = {name: read_names(warehouse, source) for name, source in NAMES.items()}
    document = json.loads(ask(server.address, Request("/schema/openapi.json"))[1])
    operations = {path: item["get"] for path, item in document["paths"].items() if "get" in item}
    assert len(operations) > 13
    for path, operation in operations.items():
        each_parameter = 1 + len(operation.get("parameters", []))
        for request in islice(variants(path, "get", operation, names), each_parameter):
            ask(server.address, request)


def test_the_peers_get_every_row(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_sqlite(warehouse, tmp_path / "movies.db")
    write_parquet(warehouse, tmp_path)
    tables = served_tables(warehouse)
    assert {"dim_movies", "dim_people", "fct_movie_genres", "fct_movie_actors"} <= set(tables)
    with closing(sqlite3.connect(tmp_path / "movies.db")) as database:
        for table in tables:
            [(rows,)] = warehouse.execute(f"select count(*) from marts.{table}").fetchall()
            assert database.execute(f"select count(*) from {table}").fetchall() == [(rows,)]
            with duckdb.connect() as reader:
                assert reader.execute(f"select count(*) from '{tmp_path}/{table}.parquet'").fetchall() == [(rows,)]
        assert not database.execute("pragma foreign_key_check").fetchall()
        found = database.execute("select rowid from dim_movies_fts where dim_movies_fts match '\"amelie\"'").fetchall()
        genres = database.execute("select movie_id, genre_names from dim_movies order by movie_id").fetchall()
    listed = warehouse.execute("select movie_id, genre_names from marts.dim_movies order by movie_id").fetchall()
    assert [(movie_id, json.loads(names)) for movie_id, names in genres] == listed
    assert found == warehouse.execute("select movie_id from marts.dim_movies where title_key = 'amelie'").fetchall()
