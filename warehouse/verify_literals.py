"""`python -m warehouse.verify_literals`: holds every parsed literal against what `ast.literal_eval` reads.

dbt stages the raw files into a throw-away file; each list it made is then compared with the cell it came from.
"""

import argparse
import ast
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from warehouse import raw_files
from warehouse.errors import FilmotecaError, run_command
from warehouse.processes import run
from warehouse.screen import Screen
from warehouse.settings import Settings
from warehouse.transform import DbtLog, dbt_command, dbt_environment

Entries = list[dict[str, str | None]]

BATCH_ROWS = 2_000
MISMATCHES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LiteralColumn:
    """A raw column of Python literals, and the staged column that holds what was read."""

    source: str
    raw: str
    staged: str


LITERAL_COLUMNS = (
    LiteralColumn("movies", "belongs_to_collection", "collections"),
    LiteralColumn("movies", "genres", "genres"),
    LiteralColumn("movies", "production_companies", "companies"),
    LiteralColumn("movies", "production_countries", "countries"),
    LiteralColumn("movies", "spoken_languages", "spoken_languages"),
    LiteralColumn("keywords", "keywords", "keywords"),
    LiteralColumn("credits", "crew", "crew_entries"),
    LiteralColumn("credits", "cast", "cast_entries"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many cells a column has, how many no one can read, and the rows (from 1) where the two disagree."""

    cell_count: int
    unreadable_count: int
    mismatched_rows: tuple[int, ...]


def expected_entries(cell: str, keys: Sequence[str]) -> Entries | None:
    """What the cell holds by `ast.literal_eval`, values as text.

    None for what is no list of dictionaries (or one), and for half a surrogate pair, which no database holds.
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
    return [{key: _as_text(entry.get(key)) for key in keys} for entry in entries]


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def compare(connection: duckdb.DuckDBPyConnection, column: LiteralColumn) -> Comparison:
    """Reads a staged column beside its raw one, a batch at a time."""
    cells = unreadable = 0
    mismatched = []
    for row_number, cell, staged in _rows(connection, column):
        expected = expected_entries(cell, keys=list(staged[0]) if staged else [])
        cells += 1
        unreadable += expected is None
        if expected != staged:
            mismatched.append(row_number)
    return Comparison(cells, unreadable, tuple(mismatched))


def _rows(connection: duckdb.DuckDBPyConnection, column: LiteralColumn) -> Iterator[tuple[int, str, Entries | None]]:
    result = connection.execute(
        f"""
        select raw_records.row_number, raw_records."{column.raw}", staged.{column.staged}
        from staging.base_tmdb__{column.source} as raw_records
        inner join staging.stg_tmdb__{column.source} as staged on raw_records.row_number = staged.row_number
        where raw_records."{column.raw}" is not null
        """  # noqa: S608 (the names stand above)
    )
    while rows := result.fetchmany(BATCH_ROWS):
        yield from rows


def stage(settings: Settings, files: Sequence[raw_files.RawFile], scratch: Path, screen: Screen) -> None:
    """Lets dbt read the raw files into the staging tables of the file `scratch`."""
    laid_out = settings.build_folder / "raw"
    raw_files.lay_out(files, laid_out)
    log = DbtLog(screen)
    ended = run(
        dbt_command(settings, "run", "--select", "path:models/staging"),
        folder=settings.dbt_project,
        environment={**dbt_environment(settings, laid_out), "FILMOTECA_SCRATCH": str(scratch)},
        on_line=log.follow,
    )
    if ended.exit_code != 0:
        raise FilmotecaError(f"dbt could not stage the raw files:\n{log.why_failed()}")


def verify(raw_folder: Path, settings: Settings, screen: Screen) -> int:
    """Compares all literals of a folder of raw files, says what it found, and returns the mismatches."""
    files = raw_files.check_files(raw_folder, raw_files.find_files(raw_folder))
    mismatch_count = 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch.duckdb"
        with screen.step("staging"):
            stage(replace(settings, published_file=Path(folder) / "movies.duckdb"), files, scratch, screen)
        with duckdb.connect(str(scratch), read_only=True) as connection:
            for column in LITERAL_COLUMNS:
                with screen.step(f"{column.source}.{column.raw}"):
                    comparison = compare(connection, column)
                mismatches = comparison.mismatched_rows
                mismatch_count += len(mismatches)
                rows = f", in rows {', '.join(map(str, mismatches[:MISMATCHES_SHOWN]))}" if mismatches else ""
                screen.say(
                    f"  {comparison.cell_count:,} cells, {comparison.unreadable_count:,} unreadable, "
                    f"{len(mismatches):,} read otherwise than Python reads them{rows}"
                )
    return mismatch_count


def main(arguments: Sequence[str]) -> int:
    """Verifies a folder of raw files; returns 1 when any literal was read wrongly."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.verify_literals", description=__doc__)
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="as for warehouse.build")
    settings = Settings.from_environment()
    folder, reason = raw_files.choose_folder(settings, parser.parse_args(arguments).raw_dir)
    screen = Screen()
    screen.say(f"raw files from {folder} ({reason})")
    mismatch_count = verify(folder, settings, screen)
    screen.say("every literal is read exactly" if mismatch_count == 0 else f"{mismatch_count:,} mismatches")
    return int(mismatch_count > 0)


if __name__ == "__main__":
    sys.exit(run_command(main))
