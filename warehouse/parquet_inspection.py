"""Validation and hashing of raw Parquet files."""

from pathlib import Path

import duckdb

from warehouse.csv_inspection import Inspection
from warehouse.hashing import hash_file
from warehouse.raw_headers import header_problems
from warehouse.raw_sources import Source
from warehouse.raw_tables import open_parquet


def inspect_parquet(path: Path, source: Source) -> Inspection:
    """Return size, hash, record count and problems of a Parquet file. Its columns may have any type."""
    digest, size = hash_file(path), path.stat().st_size
    try:
        with duckdb.connect() as connection:
            relation = open_parquet(connection, path)
            header = tuple(relation.columns)
            [(records,)] = relation.count("*").fetchall()
    except duckdb.Error as error:
        return Inspection(size, digest, (f"is not a valid Parquet file ({str(error).splitlines()[0]})",))
    problems = header_problems(header, source)
    if source.needs_records and not records:
        problems.append("has no records; expected at least one record")
    return Inspection(size, digest, tuple(problems), header, records)
