"""Raw files in the shapes of other data sets are built."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path

import duckdb
import pytest

from recommender.config import CONTENT
from recommender.train import train
from search.index import write_index
from tests.chaos.builds.replay import read_statements, replay
from tests.dbt_functions import register_functions
from tests.warehouse import known_data_sets
from warehouse.checks import check_built, read_public_tables
from warehouse.raw_files import check_files
from warehouse.raw_finder import stage_files
from warehouse.settings import REPOSITORY_ROOT

Write = Callable[[Path], None]
FILMS = 40
EVERYTHING = {"dim_movies": FILMS, "fct_cast_credits": FILMS, "fct_crew_credits": FILMS, "fct_movie_keywords": FILMS}


@pytest.fixture
def build(tmp_path: Path, sample_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Write], Path]]:
    """Replay dbt's SQL on other raw files, with the product's checks, training and search index."""
    target, staged_folder, built = (
        sample_warehouse.parent / ".build" / "target",
        tmp_path / "staged",
        tmp_path / "m.duckdb",
    )
    monkeypatch.chdir(REPOSITORY_ROOT / "dbt_project")
    monkeypatch.setenv("FILMOTECA_RAW_DIR", str(staged_folder))

    def run(write: Write) -> Path:
        write(tmp_path / "raw")
        staged_folder.mkdir()
        staged = stage_files(tmp_path / "raw", staged_folder)
        files = check_files(staged_folder, staged.found, staged.names)
        with duckdb.connect() as connection:
            register_functions(connection)
            connection.execute("attach ':memory:' as scratch; attach ':memory:' as movies; use movies")
            assert replay(list(read_statements(target)), connection) == []
            connection.execute(f"attach '{built}' as built; copy from database movies to built; detach built")
        with redirect_stdout(None):
            train(built, CONTENT, threads=1)
        write_index(built)
        with duckdb.connect(str(built)) as connection:
            check_built(connection, files, read_public_tables(target / "manifest.json"))
        return built

    yield run
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.mark.parametrize(
    ("write", "rows"),
    [
        (known_data_sets.write_tmdb_5000, EVERYTHING | {"fct_movie_genres": FILMS, "fct_movie_companies": FILMS}),
        (known_data_sets.write_daily_export, {"dim_movies": FILMS, "fct_cast_credits": 0}),
        (known_data_sets.write_least, {"dim_movies": FILMS, "fct_cast_credits": 0, "fct_movie_keywords": 0}),
    ],
)
def test_data_set_is_built(build: Callable[[Write], Path], write: Write, rows: dict[str, int]) -> None:
    with duckdb.connect(str(build(write)), read_only=True) as connection:
        assert {name: len(connection.table(f"marts.{name}")) for name in rows} == rows
        [(budgets, titles)] = connection.sql("select count(budget_usd), count(title) from marts.dim_movies").fetchall()
        assert (budgets, titles) == (0 if write is known_data_sets.write_least else FILMS, FILMS)
        assert not connection.sql("from quality.rejected_rows where source_name = 'movies'").fetchall()
