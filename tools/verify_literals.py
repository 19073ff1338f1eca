"""Compare every parsed literal with Python's own parser: `.venv/bin/python -m tools.verify_literals`.

dbt stages the raw files in a temporary database; each staged list is then compared with what `ast.literal_eval` reads
from the raw cell.
"""

import argparse
import ast
import os
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from tools.dbt_functions import register_functions
from warehouse import raw_files
from warehouse.errors import run_command
from warehouse.progress import Progress
from warehouse.settings import Settings
from warehouse.transform import run_dbt

Entries = list[dict[str, str | None]]

BATCH_ROWS = 2_000
MAX_MISMATCHES_SHOWN = 5


LITERAL_COLUMNS = (
    ("movies", "belongs_to_collection", "collections"),
    ("movies", "genres", "genres"),
    ("movies", "production_companies", "companies"),
    ("movies", "production_countries", "countries"),
    ("movies", "spoken_languages", "spoken_languages"),
    ("keywords", "keywords", "keywords"),
    ("credits", "crew", "crew_entries"),
    ("credits", "cast", "cast_entries"),
)
"""Source, raw column of Python literals, and the staged column that dbt parses from it."""


def parse_cell(cell: str, keys: Sequence[str]) -> Entries | None:
    """Return the entries of a cell as `ast.literal_eval` reads them, with values as text.

    Returns None unless the cell is a dictionary or a list of dictionaries, and for lone surrogates, which no database
    can store.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an unknown escape such as \d is still a literal
            value = ast.literal_eval(cell)
        entries = [value] if isinstance(value, dict) else value
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            return None
        for entry in entries:
            "".join(map(str, entry.values())).encode()
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return [{key: None if (value := entry.get(key)) is None else str(value) for key in keys} for entry in entries]


def compare(connection: duckdb.DuckDBPyConnection, source: str, raw: str, staged: str) -> tuple[int, int, list[int]]:
    """Compare a staged column with its raw column.

    Returns the number of cells, the number of unreadable ones, and the rows (from 1) in which the two parsers disagree.
    """
    result = connection.execute(
        f"""
        select row_number, raw_record."{raw}", {staged}
        from staging.stg_tmdb__{source}
        where raw_record."{raw}" is not null
        """  # noqa: S608 (the names are constants of this module)
    )
    cell_count = unreadable_count = 0
    mismatched_rows = []
    while rows := result.fetchmany(BATCH_ROWS):
        for row_number, cell, entries in rows:
            expected = parse_cell(cell, keys=list(entries[0]) if entries else [])
            cell_count += 1
            unreadable_count += expected is None
            if expected != entries:
                mismatched_rows.append(row_number)
    return cell_count, unreadable_count, mismatched_rows


def verify(raw_folder: Path, settings: Settings, progress: Progress) -> int:
    """Compare all literals of a folder of raw files, print the results, and return the number of mismatches."""
    raw_files.check_files(raw_folder, raw_files.find_files(raw_folder))
    mismatch_count = 0
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "scratch.duckdb"
        temporary = replace(settings, published_file=Path(folder) / "movies.duckdb")
        with progress.step("staging"):
            select = ("run", "--select", "path:models/staging")
            run_dbt(temporary, raw_folder, progress, *select, environment={"FILMOTECA_SCRATCH": str(database)})
        os.environ["FILMOTECA_RAW_DIR"] = str(raw_folder)  # read by the function raw_file_path
        with duckdb.connect(str(database), read_only=True) as connection:
            register_functions(connection, settings.dbt_project)
            for source, raw, staged in LITERAL_COLUMNS:
                with progress.step(f"{source}.{raw}"):
                    cells, unreadable, rows = compare(connection, source, raw, staged)
                mismatch_count += len(rows)
                shown = f" (rows {', '.join(map(str, rows[:MAX_MISMATCHES_SHOWN]))})" if rows else ""
                progress.print_line(f"  {cells:,} cells, {unreadable:,} unreadable, {len(rows):,} mismatches{shown}")
    return mismatch_count


def main(arguments: Sequence[str]) -> int:
    """Verify a folder of raw files; return 1 if there are mismatches."""
    parser = argparse.ArgumentParser(prog="python -m tools.verify_literals", description=__doc__)
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="folder with the raw CSV files, as for the build")
    settings = Settings.from_environment()
    folder, reason = raw_files.choose_folder(settings, parser.parse_args(arguments).raw_dir)
    progress = Progress()
    progress.print_line(f"raw files from {folder} ({reason})")
    mismatch_count = verify(folder, settings, progress)
    progress.print_line(f"{mismatch_count:,} mismatches" if mismatch_count else "all literals match")
    return int(mismatch_count > 0)


if __name__ == "__main__":
    sys.exit(run_command(main))
