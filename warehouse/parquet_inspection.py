"""Validation and hashing of raw Parquet files."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.csv_inspection import Inspection


def inspect_parquet(path: Path, columns: Sequence[str]) -> Inspection:
    """Return size, hash, record count and problems of a Parquet file, whose columns must be text as in the CSV."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    try:
        with duckdb.connect() as connection:
            relation = connection.read_parquet(str(path).translate({ord(mark): f"[{mark}]" for mark in "*?["}))
            types = dict(zip(relation.columns, map(str, relation.types), strict=True))
            [(records,)] = relation.count("*").fetchall()
    except duckdb.Error as error:
        return Inspection(size, digest, (f"is not a valid Parquet file ({str(error).splitlines()[0]})",))
    missing = [column for column in columns if column.lower() not in map(str.lower, types)]
    wrong = [f"{column} ({kind})" for column, kind in types.items() if kind != "VARCHAR"]
    problems = [f"has no column {', '.join(missing)}; expected {', '.join(columns)}"] if missing else []
    problems += [f"has columns that are not text: {', '.join(wrong)}; expected text, as in the CSV"] if wrong else []
    return Inspection(size, digest, tuple(problems), tuple(types), records)
