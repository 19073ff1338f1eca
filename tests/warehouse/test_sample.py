"""The build of the bundled sample: complete, readable with the CLI, and with every kind of defect."""

import subprocess
from pathlib import Path

import pytest

from warehouse.checks import read_public_tables
from warehouse.connection import open_read_only
from warehouse.sql import find_cli

REJECTED = {
    ("credits", "duplicate_id", 2),
    ("credits", "unknown_movie", 2),
    ("keywords", "duplicate_id", 1),
    ("keywords", "unknown_movie", 1),
    ("links", "unknown_movie", 2),
    ("movies", "duplicate_id", 3),
    ("movies", "invalid_release_date", 2),
    ("movies", "malformed_row", 1),
    ("movies", "missing_release_date", 2),
    ("ratings", "unknown_movie", 3),
}
UNREADABLE = {
    ("credits", "10947", "cast"),
    ("keywords", "8357", "keywords"),
    ("movies", "662", "budget"),
    ("movies", "8357", "revenue"),
    ("movies", "8357", "video"),
    ("movies", "10947", "budget"),
    ("movies", "10947", "vote_average"),
    ("movies", "11548", "genres"),
}


def test_build_publishes_the_public_tables_and_leaves_nothing_else(sample_warehouse: Path) -> None:
    build_folder = sample_warehouse.parent / ".build"
    assert [path.name for path in build_folder.iterdir()] == ["target"]
    with open_read_only(sample_warehouse) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    assert sorted(tables) == read_public_tables(build_folder / "target" / "manifest.json")


def test_macro_of_the_file_works_in_another_folder(sample_warehouse: Path, tmp_path: Path) -> None:
    query = "select title from marts.dim_movies where title_key = marts.text_key('AMELIE')"
    command = [str(find_cli()), "-readonly", "-list", "-noheader", str(sample_warehouse), query]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "Amélie"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select source_name, reason, count(*) from quality.rejected_rows group by all", REJECTED),
        ("select source_name, record_key, column_name from quality.unreadable_cells", UNREADABLE),
    ],
)
def test_sample_has_every_kind_of_defect(
    sample_warehouse: Path, query: str, expected: set[tuple[str, str, int | str]]
) -> None:
    with open_read_only(sample_warehouse) as connection:
        assert set(connection.sql(query).fetchall()) == expected
