"""The build of the bundled sample: complete, readable with the CLI, and with every kind of defect."""

import subprocess
from pathlib import Path

from tools.engine_parity import compare_files
from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.checks import read_public_tables
from warehouse.connection import open_read_only
from warehouse.settings import Settings
from warehouse.sql import find_cli

REJECTED = {
    "movies": {"duplicate_id", "invalid_release_date", "malformed_row", "missing_release_date"},
    "credits": {"duplicate_id", "unknown_movie"},
    "keywords": {"duplicate_id", "unknown_movie"},
    "links": {"unknown_movie"},
    "ratings": {"unknown_movie"},
}
UNREADABLE = {"cast", "keywords", "genres", "budget", "revenue", "video", "vote_average"}


def test_build_publishes_the_public_tables_and_leaves_nothing_else(sample_warehouse: Path) -> None:
    build_folder = sample_warehouse.parent / ".build"
    assert [path.name for path in build_folder.iterdir()] == ["target"]
    with open_read_only(sample_warehouse) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    assert sorted(tables) == read_public_tables(build_folder / "target" / "manifest.json")


def test_parts_and_parquet_give_the_same_tables(
    sample_warehouse: Path, settings: Settings, sample_in_parts: Path
) -> None:
    BuildRun(settings, BuildCommands.from_settings(settings)).run(sample_in_parts)
    assert [found for found in compare_files(sample_warehouse, settings.published_file) if found[1]] == []


def test_macro_of_the_file_works_in_another_folder(sample_warehouse: Path, tmp_path: Path) -> None:
    query = "select title from marts.dim_movies where title_key = marts.text_key('AMELIE')"
    command = [str(find_cli()), "-readonly", "-list", "-noheader", str(sample_warehouse), query]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "Amélie"


def test_sample_has_every_kind_of_defect(sample_warehouse: Path) -> None:
    with open_read_only(sample_warehouse) as connection:
        rejected = connection.sql("select source_name, list(distinct reason) from quality.rejected_rows group by all")
        unreadable = connection.sql("select distinct column_name from quality.unreadable_cells")
        assert {source: set(reasons) for source, reasons in rejected.fetchall()} == REJECTED
        assert {column for (column,) in unreadable.fetchall()} == UNREADABLE
