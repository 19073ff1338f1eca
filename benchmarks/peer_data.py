"""The warehouse's films and all they are linked to, as each peer wants them.

A SQLite file for Datasette; Parquet files of all tables for ROAPI, of two flat ones for the original way.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb

ROWS_PER_BATCH = 10_000
SQLITE_TYPES = {"BIGINT": "integer", "INTEGER": "integer", "BOOLEAN": "integer", "DOUBLE": "real"}
"""By the type of the warehouse; all others are text, lists as JSON."""


def served_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Films, what they are linked to, and the links; what is linked to comes before its links."""
    rows = connection.execute(r"""
        select table_name from duckdb_tables()
        where schema_name = 'marts'
            and (table_name like 'dim\_%' escape '\' or table_name like 'fct\_movie\_%' escape '\')
            and table_name <> 'fct_movie_links'
        order by table_name
    """).fetchall()
    return [name for (name,) in rows]


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """One file a table, `<table>.parquet`."""
    for table in served_tables(connection):
        connection.table(f"marts.{table}").write_parquet(str(folder / f"{table}.parquet"))


FRAMES = {
    "movies": """
        select
            movie_id, title, overview, release_date, tmdb_popularity, tmdb_vote_count, tmdb_vote_mean, budget_usd,
            revenue_usd, return_ratio
        from marts.dim_movies order by movie_id
    """,
    "people": """
        select movie_id, person_name, is_director
        from (
            select movie_id, person_id, false as is_director from marts.fct_movie_actors
            union all select movie_id, person_id, true as is_director from marts.fct_movie_directors
        )
        join marts.dim_people using (person_id) order by movie_id, person_id, is_director
    """,
}
"""The flat tables of the original way: films, and one row for each person in each."""


def write_frames(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """One file a frame, `<frame>.parquet`."""
    for frame, source in FRAMES.items():
        connection.sql(source).write_parquet(str(folder / f"{frame}.parquet"))


def write_sqlite(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """All tables with their keys, the indexes of the warehouse, each link's other way, and full text over titles."""
    with closing(sqlite3.connect(path)) as database:
        keys: dict[str, str] = {}
        for table in served_tables(connection):
            columns = dict(_columns(connection, table))
            first, second, *_ = columns
            if table.startswith("dim_"):
                keys[first] = table
                constraints = [f"primary key ({first})"]
            else:
                links = [column for column in (first, second) if column in keys]
                references = [f"foreign key ({column}) references {keys[column]} ({column})" for column in links]
                constraints = [f"primary key ({first}, {second})", *references]
            definitions = [f"{name} {SQLITE_TYPES.get(kind, 'text')}" for name, kind in columns.items()]
            database.execute(f"create table {table} ({', '.join([*definitions, *constraints])})")
            marks = ", ".join("?" * len(columns))
            database.executemany(f"insert into {table} values ({marks})", _rows(connection, table))
            if table.startswith("fct_"):
                database.execute(f"create index {table}_{second} on {table} ({second})")
        for table, column in _indexed_columns(connection, set(keys)):
            database.execute(f"create index if not exists {table}_{column} on {table} ({column})")
        # As Datasette looks for it: with the content table's name in double quotes.
        database.execute("""
            create virtual table dim_movies_fts
            using fts5 (title, content="dim_movies", content_rowid="movie_id", tokenize="unicode61 remove_diacritics 2")
        """)
        database.execute("insert into dim_movies_fts (dim_movies_fts) values ('rebuild')")
        database.execute("analyze")
        database.commit()


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    return connection.execute(
        """
        select column_name, data_type from duckdb_columns()
        where schema_name = 'marts' and table_name = $table order by column_index
        """,
        {"table": table},
    ).fetchall()


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> Iterator[Sequence[object]]:
    cursor = connection.execute(f"from marts.{table}")
    while batch := cursor.fetchmany(ROWS_PER_BATCH):
        for row in batch:
            yield [_for_sqlite(value) for value in row]


def _for_sqlite(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _indexed_columns(connection: duckdb.DuckDBPyConnection, keys: set[str]) -> list[tuple[str, str]]:
    """Table and column of each of the warehouse's indexes on a served table, those that a primary key is left out."""
    tables = set(served_tables(connection))
    rows = connection.execute("select table_name, expressions from duckdb_indexes()").fetchall()
    named = [(table, expressions.strip("[]").strip("'\"")) for table, expressions in rows]
    return [(table, column) for table, column in named if table in tables and column not in keys]
