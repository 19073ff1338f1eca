"""The bundled sample contains the films, values and defects that documentation and tests rely on."""

import csv
from pathlib import Path

import pytest

from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT

SAMPLE = REPOSITORY_ROOT / "warehouse" / "sample"
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


def read_records(name: str) -> list[dict[str, str]]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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


@pytest.mark.parametrize(
    ("name", "predicate"),
    [
        ("movies of many years", "select count(*) >= 250 and count(distinct release_year // 10) >= 12 from dim_movies"),
        ("movies with a shared title", "select count(*) - count(distinct title) >= 20 from dim_movies"),
        (
            "namesakes",
            "select count(*) >= 2 from (from dim_people select person_name group by all having count(*) > 1)",
        ),
        (
            "co-directed movies",
            "select count(*) >= 10 from (from fct_movie_directors select movie_id group by all having count(*) > 1)",
        ),
        ("a person without a TMDB id", "select min(person_id) < 0 from dim_people"),
        ("actors who direct", "select count(*) >= 10 from fct_movie_actors where is_also_director"),
        ("suspicious budgets", "select count(*) >= 2 from dim_movies where has_suspicious_budget"),
        ("placeholder dates", "select count(*) >= 1 from dim_movies where is_placeholder_date"),
        ("an unknown runtime", "select count(*) >= 2 from dim_movies where runtime_minutes is null"),
        ("an unknown vote mean", "select count(*) >= 1 from dim_movies where tmdb_vote_mean is null"),
        ("an unknown overview", "select count(*) >= 2 from dim_movies where overview is null"),
        ("raters", "select count(distinct user_id) = 60 and min(movielens_rating) >= 0.5 from fct_ratings"),
    ],
)
def test_sample_has_what_tests_rely_on(sample_warehouse: Path, name: str, predicate: str) -> None:
    with open_read_only(sample_warehouse) as connection:
        connection.execute("use marts")
        assert connection.sql(predicate).fetchone() == (True,), name


@pytest.mark.parametrize(
    "title", ["Toy Story", "Titanic", "Amélie", "Face/Off", "8½", "300", "50/50", "Fahrenheit 9/11"]
)
def test_sample_has_the_films_of_the_documentation(title: str) -> None:
    assert title in {record["title"] for record in read_records("movies_dataset")}


def test_titles_have_the_characters_that_urls_escape() -> None:
    assert set("".join(record["title"] or "" for record in read_records("movies_dataset"))) >= set("/%?#&!'()[]*:,.·")


@pytest.mark.parametrize("text", [r"\t", r"\n", r"\xa0", r"\u200b", r"\\", "'None'", r"\'Ace\' " + '"the gambler"'])
def test_literals_have_escapes_and_both_kinds_of_quote(text: str) -> None:
    cells = [cell for name in ("credits", "keywords") for record in read_records(name) for cell in record.values()]
    assert any(text in cell for cell in cells)
