"""The file in which the search index is built while the recommender writes to the built file.

A DuckDB file has one writer, so the index gets a file of its own: a copy of the documents, to which the command adds
schema `search`. The built file takes that schema over.
"""

from pathlib import Path

import duckdb

DOCUMENTS = "marts.mart_search_documents"


def create_index_file(index_file: Path, built_file: Path) -> None:
    """Create a DuckDB file with the documents of the search index."""
    with duckdb.connect(config={"force_compression": "uncompressed"}) as connection:
        _attach(connection, built_file, "built")
        _attach(connection, index_file, "indexed")
        connection.execute("create schema indexed.marts")
        connection.execute(f"create table indexed.{DOCUMENTS} as from built.{DOCUMENTS}")


def import_index(index_file: Path, built_file: Path) -> None:
    """Copy schema `search` into the built file."""
    with duckdb.connect() as connection:
        _attach(connection, built_file, "built")
        _attach(connection, index_file, "indexed")
        connection.execute("drop schema indexed.marts cascade")
        connection.execute("copy from database indexed to built")


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, alias: str) -> None:
    path = str(file).replace("'", "''")
    connection.execute(f"attach '{path}' as {alias}")
