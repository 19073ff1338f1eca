"""The bundled sample contains every kind of defect."""

from pathlib import Path

import pytest

from warehouse.connection import open_read_only

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
