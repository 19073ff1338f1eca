"""The least work that any transform has to do: `python -m benchmarks.plain_duckdb RAW_DIR DATABASE`.

Reads, casts and writes the five raw files with DuckDB, without rules, keys or tests.
"""

import sys
from pathlib import Path

import duckdb

from warehouse.raw_finder import find_files

if __name__ == "__main__":
    raw_folder, database = sys.argv[1:]
    with duckdb.connect(database) as connection:
        for name, (path, *_) in find_files(Path(raw_folder)).items():
            connection.execute(f"set variable {name} = $path", {"path": str(path)})
        connection.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
