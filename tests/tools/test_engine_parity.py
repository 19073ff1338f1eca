"""The comparison of two warehouses, table by table."""

from pathlib import Path

import duckdb
import pytest

from tools.engine_parity import compare_files

TABLES = """
create schema search;
create table search.index_files as
from (values ('{n}.idx', 'a'::blob), ('{n}.json', '{n}'::blob)) as files (file_name, content);
create schema marts;
create schema staging;
create table staging.private as select {n} as a;
create table marts.films as from (values (1, 'a', 0.1), (2, 'b', 1e300), (3, null, null)) as films (id, name, size);
"""


FILMS, INDEX = "marts.films", "search.index_files"


@pytest.mark.parametrize(
    ("table", "change", "difference"),
    [
        (FILMS, "update marts.films set size = 0.1 + 5e-11 where id = 1", None),
        (FILMS, "update marts.films set size = 0.1 + 5e-10 where id = 1", '1 values of "size" differ, by up to 5e-09'),
        (FILMS, "update marts.films set size = null where id = 1", '1 values of "size" differ'),
        (FILMS, "update marts.films set name = 'c' where id = 1", "1 rows only in duckdb's, such as (1, 1, 'a')"),
        (
            FILMS,
            "create or replace table marts.films as from marts.films order by id desc",
            "2 rows are in another order",
        ),
        (
            FILMS,
            "insert into marts.films values (4, 'd', 1)",
            "0 rows only in duckdb's, such as None and 1 rows only in spark's",
        ),
        (FILMS, "alter table marts.films alter id type bigint", "the columns differ"),
        (FILMS, "drop table marts.films", "the columns differ"),
        (INDEX, "", None),
        (
            INDEX,
            "update search.index_files set content = 'b'::blob",
            "1 rows only in duckdb's, such as (1, '.idx', b'a')",
        ),
    ],
)
def test_differences_are_found(tmp_path: Path, table: str, change: str, difference: str | None) -> None:
    files = [tmp_path / "first's.duckdb", tmp_path / "second.duckdb"]
    for number, (file, last) in enumerate(zip(files, ("", change), strict=True)):
        with duckdb.connect(str(file)) as connection:
            connection.execute(TABLES.format(n=number) + last)
    differences = dict(compare_files(*files))
    assert differences.keys() == {FILMS, INDEX}
    found = differences[table]
    assert (found or "").startswith(difference or "")
    assert bool(found) == bool(difference)
