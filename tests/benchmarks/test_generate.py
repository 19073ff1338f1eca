"""Generated raw files: the distributions of the real ones, every defect, and reproducible bytes."""

import filecmp
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from benchmarks.distributions import load_distributions
from benchmarks.generate import COLUMNS, ESCAPED_CHARACTER, main, write_raw_files
from benchmarks.sampling import Defects
from warehouse.build import BuildCommands, BuildRun
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

FILMS, SEED = 2_000, 1
REAL = load_distributions()


@pytest.fixture(scope="module")
def raw_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    write_raw_files(folder, FILMS, SEED)
    return folder


@pytest.fixture(scope="module")
def warehouse(raw_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(raw_folder / "movies.duckdb")})
    BuildRun(settings, BuildCommands.from_settings(settings)).run(raw_folder)
    with duckdb.connect(str(settings.published_file), read_only=True) as connection:
        yield connection


def test_same_seed_gives_the_same_bytes_and_another_seed_gives_others(raw_folder: Path, tmp_path: Path) -> None:
    names = [f"{name}.csv" for name in COLUMNS]
    write_raw_files(tmp_path / "same", FILMS, SEED)
    assert filecmp.cmpfiles(raw_folder, tmp_path / "same", names, shallow=False) == (names, [], [])
    write_raw_files(tmp_path / "other", FILMS, SEED + 1)
    assert filecmp.cmpfiles(raw_folder, tmp_path / "other", names, shallow=False)[0] == ["links.csv"]
    assert 3_500 < (raw_folder / "credits.csv").stat().st_size / FILMS < 4_700, "credits of real films take 4 kB"


def test_defects_are_rejected_for_their_reason_or_read_exactly(warehouse: duckdb.DuckDBPyConnection) -> None:
    count = {kind: len(films) for kind, films in Defects.distribute(REAL, FILMS).films.items()}
    broken = count["movies.malformed_row"]
    unknown = count["movies.missing_release_date"] + count["movies.invalid_release_date"] + broken
    by_reason = "select source_name || '.' || reason, count(*) from quality.rejected_rows group by all"
    rejected = dict(warehouse.execute(by_reason).fetchall())
    assert 0 < rejected.pop("ratings.unknown_movie") < 100
    assert rejected == {
        **{kind: number for kind, number in count.items() if "." in kind},
        "movies.missing_release_date": count["movies.missing_release_date"] + broken,
        "credits.unknown_movie": unknown,
        "keywords.unknown_movie": unknown,
        "links.unknown_movie": count["links.unknown_movie"] + unknown,
    }
    unreadable = warehouse.execute("select column_name from quality.unreadable_cells order by all").fetchall()
    assert unreadable == [("budget",), ("genres",)] * count["unreadable"]
    escaped = "select count(*) from marts.fct_cast_credits where character_name = $name"
    assert warehouse.execute(escaped, {"name": ESCAPED_CHARACTER}).fetchall() == [(count["escaped"],)]


def test_numbers_have_the_real_quartiles_and_share_of_known_values(warehouse: duckdb.DuckDBPyConnection) -> None:
    for name, column in {
        **{"budget": "budget_usd", "revenue": "revenue_usd", "runtime": "runtime_minutes"},
        **{"vote_count": "tmdb_vote_count", "vote_average": "tmdb_vote_mean"},
    }.items():
        sql = f"select quantile_cont({column}, [0.25, 0.5, 0.75]), count({column}) / count(*) from marts.dim_movies"
        [(quartiles, known)] = warehouse.execute(sql).fetchall()
        for index, quartile in zip((10, 20, 30), quartiles, strict=True):
            assert REAL.numbers[name][index - 3] - 1 <= quartile <= REAL.numbers[name][index + 3] + 1, name
        assert known == pytest.approx(REAL.known.get(name, 1), abs=0.05), name


@pytest.mark.parametrize(
    ("name", "key"),
    [("companies", "company_id"), ("keywords", "keyword_id"), ("genres", "genre_id"), ("countries", "country_code")],
)
def test_lists_have_the_real_lengths_and_an_uneven_use(
    warehouse: duckdb.DuckDBPyConnection, name: str, key: str
) -> None:
    sql = """
        select (select list(n order by n) from (select count(*) as n from {0} group by movie_id)),
            (select list(n order by n desc) from (select count(*) as n from {0} group by {1}))
    """
    [(lengths, uses)] = warehouse.execute(sql.format(f"marts.fct_movie_{name}", key)).fetchall()
    for index in (10, 20, 30):
        assert lengths[index * len(lengths) // 40] == pytest.approx(REAL.lengths[name][index], rel=0.15, abs=1)
    vocabulary = REAL.vocabularies[name]
    assert uses[0] / sum(uses) == pytest.approx(vocabulary.shares[0], rel=0.3, abs=0.01)
    size = vocabulary.size * (FILMS / REAL.films) ** vocabulary.growth
    assert size / 2 <= len(uses) <= size * 2


def test_too_few_films_or_a_folder_with_files_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "credits.csv").write_text("mine")
    for films, message in (("10", "--films must be at least 200; got 10"), ("300", "is not empty")):
        with pytest.raises(FilmotecaError, match=message):
            main(["--films", films, "--to", str(tmp_path)])
    assert (tmp_path / "credits.csv").read_text() == "mine"
