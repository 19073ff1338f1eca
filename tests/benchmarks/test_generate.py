"""Generated raw files have the shapes that were measured, every defect, and the same bytes each time."""

import filecmp
from pathlib import Path

import duckdb
import pytest

from benchmarks.generate import COLUMNS, Defects, main, make_files
from benchmarks.shapes import Shapes, load_shapes, measure
from warehouse.build import Build, Commands
from warehouse.errors import FilmotecaError
from warehouse.screen import Screen
from warehouse.settings import Settings

FILMS, SEED = 2_000, 1


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    make_files(folder, FILMS, SEED, Screen())
    return folder


@pytest.fixture(scope="module")
def built(generated: Path) -> Path:
    published = generated / "movies.duckdb"
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    Build(settings, Commands.of(settings)).run(generated)
    return published


@pytest.fixture(scope="module")
def shapes(built: Path) -> Shapes:
    with duckdb.connect(str(built), read_only=True) as connection:
        return measure(connection)


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(generated: Path, tmp_path: Path) -> None:
    names = [f"{name}.csv" for name in COLUMNS]
    make_files(tmp_path / "again", FILMS, SEED, Screen())
    assert filecmp.cmpfiles(generated, tmp_path / "again", names, shallow=False) == (names, [], [])
    make_files(tmp_path / "other", FILMS, SEED + 1, Screen())
    others = ["movies_dataset.csv", "credits.csv", "keywords.csv", "ratings_small.csv"]
    assert sorted(filecmp.cmpfiles(generated, tmp_path / "other", names, shallow=False)[1]) == sorted(others)


def test_every_defect_is_counted_where_it_was_put(built: Path) -> None:
    put = {kind: len(films) for kind, films in Defects.spread(load_shapes(), FILMS).by_kind.items()}
    with duckdb.connect(str(built), read_only=True) as connection:
        counted = connection.execute(
            "select source_name || '.' || reason, count(*) from quality.rejected_rows group by all"
        ).fetchall()
        unreadable = connection.execute("select column_name from quality.unreadable_cells order by all").fetchall()
        escaped = connection.execute(
            "select count(*) from marts.fct_cast_credits where character_name = 'The \t \"other\" ''one'''"
        ).fetchall()
    rejected = dict(counted)
    broken = put["movies.malformed_row"]
    not_kept = put["movies.missing_release_date"] + put["movies.invalid_release_date"] + broken
    in_ratings = rejected.pop("ratings.unknown_movie")
    assert 0 < in_ratings < 100
    assert rejected == {
        "movies.malformed_row": broken,
        "movies.missing_release_date": put["movies.missing_release_date"] + broken,
        "movies.invalid_release_date": put["movies.invalid_release_date"],
        "movies.duplicate_id": put["movies.duplicate_id"],
        "credits.duplicate_id": put["credits.duplicate_id"],
        "credits.unknown_movie": not_kept,
        "keywords.duplicate_id": put["keywords.duplicate_id"],
        "keywords.unknown_movie": not_kept,
        "links.unknown_movie": put["links.unknown_movie"] + not_kept,
    }
    assert unreadable == [("budget",), ("genres",)] * put["unreadable"]
    assert escaped == [(put["escaped"],)]


def test_what_is_known_is_as_much_as_in_the_real_files(shapes: Shapes) -> None:
    real = load_shapes()
    assert shapes.known == pytest.approx(real.known, abs=0.05)
    assert shapes.placeholder_dates == pytest.approx(real.placeholder_dates, abs=0.02)


@pytest.mark.parametrize("name", ["budget", "revenue", "runtime", "vote_count", "vote_average", "release_day"])
def test_numbers_are_spread_as_in_the_real_files(shapes: Shapes, name: str) -> None:
    real, made = load_shapes().numbers[name], shapes.numbers[name]
    for place in (10, 20, 30):  # quartiles
        assert real[place - 3] - 1 <= made[place] <= real[place + 3] + 1


@pytest.mark.parametrize("name", ["companies", "keywords", "genres", "countries", "overview", "tagline", "title"])
def test_lists_and_texts_are_as_long_as_in_the_real_files(shapes: Shapes, name: str) -> None:
    real, made = load_shapes().lengths[name], shapes.lengths[name]
    for place in (10, 20, 30):
        assert made[place] == pytest.approx(real[place], rel=0.15, abs=1)


@pytest.mark.parametrize("name", ["companies", "keywords", "genres", "countries", "original_languages"])
def test_few_things_are_used_much_as_in_the_real_files(shapes: Shapes, name: str) -> None:
    real, made = load_shapes().vocabularies[name], shapes.vocabularies[name]
    assert made.shares[0] == pytest.approx(real.shares[0], rel=0.3, abs=0.01)
    assert made.shares[3] == pytest.approx(real.shares[3], rel=0.3, abs=0.01)
    grown = real.size * (FILMS / load_shapes().films) ** real.growth
    assert grown / 2 <= made.size <= grown * 2


def test_full_credits_take_about_four_kilobytes_a_film(generated: Path) -> None:
    assert 3_500 < (generated / "credits.csv").stat().st_size / FILMS < 4_700


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [(["--films", "10"], "200 or more"), (["--films", "300", "--seed", "-1"], "--seed 0 or more")],
)
def test_impossible_sizes_are_refused(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    with pytest.raises(FilmotecaError, match=sentence):
        main([*arguments, "--to", str(tmp_path / "new")])


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "credits.csv").write_text("mine")
    with pytest.raises(FilmotecaError, match="is not empty; expected: a new folder"):
        main(["--films", "300", "--to", str(tmp_path)])
    assert (tmp_path / "credits.csv").read_text() == "mine"
