"""Training from the marts to the tables of schema `recommender`."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.__main__ import main
from recommender.config import BLEND, Config
from recommender.store import write_model
from recommender.structures import BaseScores, Model, Neighbors, Vectors
from recommender.train import train
from tests.recommender.conftest import TOY_FILMS, Film, MakeDatabase, query
from warehouse.errors import FilmotecaError

CONFIG = Config()
TABLES = ("terms", "movie_terms", "movies", "neighbors", "model")


def nearest(path: Path, movie_id: int) -> list[object]:
    sql = f"select neighbor_movie_id from recommender.neighbors where movie_id = {movie_id} order by neighbor_rank"
    return [row[0] for row in query(path, sql)]


def test_films_with_shared_terms_are_neighbors(trained: Path) -> None:
    for film, most_similar in {862: 863, 863: 862, 597: 11071, 11071: 597, 8392: 129, 1271: 1272}.items():
        assert nearest(trained, film)[0] == most_similar
    assert set(nearest(trained, 129)) == {8392, 862, 863}  # the same director or genre
    assert nearest(trained, 5000) == nearest(trained, 6000) == []


def test_neighbor_films_limits_stored_neighbors_to_most_voted(
    make_database: MakeDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    few, every = make_database(name="few.duckdb"), make_database()
    train(every, CONFIG, threads=1)
    assert "most votes" not in capsys.readouterr().out
    train(few, replace(CONFIG, neighbor_films=3), threads=1)
    assert "of the 3 films with the most votes" in capsys.readouterr().out
    voted = {film.movie_id for film in sorted(TOY_FILMS, key=lambda film: (-(film.votes or 0), film.movie_id))[:3]}
    pairs = "from recommender.neighbors order by movie_id, neighbor_rank"
    assert query(few, pairs) == [pair for pair in query(every, pairs) if pair[0] in voted]


def test_movie_terms_contain_terms_of_all_fields(trained: Path) -> None:
    sql = """
        select field, list(term order by term_id) from recommender.movie_terms
        inner join recommender.terms using (term_id) where movie_id = 597 group by all
    """
    assert dict(query(trained, sql)) == {
        "text": ["lovers", "ship", "sinks", "titanic"],
        "genre": ["Drama", "Romance"],
        "keyword": ["iceberg", "ship"],
        "cast": ["Kate Winslet"],
        "director": ["James Cameron"],
    }


def test_counts_of_tables_agree(trained: Path, make_database: MakeDatabase) -> None:
    in_films = "select count(*), count(distinct term_id), count(distinct movie_id) from recommender.movie_terms"
    (weights, terms, films) = query(trained, in_films)[0]
    assert query(trained, "select sum(document_count), count(*) from recommender.terms") == [(weights, terms)]
    model = "select trained_movie_count, untrained_movie_count, term_count from recommender.model"
    assert query(trained, model) == [(films, 1, terms)]  # 6000 has only a title
    assert films == len(TOY_FILMS) - 1
    empty = make_database((Film(1, "One"), Film(2, "Two")), name="empty.duckdb")
    train(empty, CONFIG, threads=1)
    assert query(empty, model) == [(0, 2, 0)]
    assert query(empty, "from recommender.neighbors") == []


def test_training_is_deterministic(make_database: MakeDatabase) -> None:
    first, second = make_database(), make_database(tuple(reversed(TOY_FILMS)), name="again.duckdb")
    train(first, CONFIG, threads=1)
    train(second, CONFIG, threads=2)
    train(second, CONFIG, threads=2)
    for table in TABLES:
        everything = f"select * from recommender.{table}"
        assert query(first, everything) == query(second, everything)


def test_train_command_reports_and_limits_neighbors(
    make_database: MakeDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_database()
    assert main(["train", "--database", str(path), "--neighbors", "2"]) == 0
    assert f"{len(TOY_FILMS)} films" in capsys.readouterr().out
    assert query(path, "select max(neighbor_rank) from recommender.neighbors") == [(2,)]
    (config_json,) = query(path, "select config_json from recommender.model")[0]
    assert json.loads(str(config_json))["neighbor_count"] == 2


def test_unusable_database_raises(make_database: MakeDatabase, tmp_path: Path) -> None:
    (tmp_path / "notes.duckdb").write_text("no database")
    duckdb.connect(tmp_path / "bare.duckdb").close()
    with duckdb.connect(make_database(name="old.duckdb")) as connection:
        connection.execute("alter table marts.mart_recommender_movies drop column keyword_names")
    make_database((), name="empty.duckdb")
    for name, message in {
        "none": r"none\.duckdb does not exist",
        "notes": r"Cannot open .*notes\.duckdb",
        "bare": "Run `dbt build` on it first",
        "old": r"keyword_names.*Run `dbt build`",
        "empty": "mart_recommender_movies is empty",
    }.items():
        with pytest.raises(FilmotecaError, match=message):
            train(tmp_path / f"{name}.duckdb", CONFIG, threads=1)


def test_file_open_in_another_process_raises(make_database: MakeDatabase) -> None:
    path = make_database()
    script = "import duckdb, sys; open = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(FilmotecaError, match="is open in another program"):
            train(path, CONFIG, threads=1)
        process.communicate("")


def model_of_two(weight: float = float(np.sqrt(CONFIG.weights.text)), **wrong: np.ndarray) -> Model:
    """Return a model of two films with the same word and year."""
    matrix = csr_matrix(np.full((2, 1), weight, dtype=np.float32))
    words = np.array(["text"], dtype=object)
    vectors = Vectors(matrix, words, words, words, np.array([2]), np.array([1], dtype=np.float32))
    years = np.array([[CONFIG.years.weight]], dtype=np.float32)
    none = np.zeros(2, dtype=np.float32)
    base = BaseScores(np.array([2000]), np.zeros(2, dtype=int), years, none, none, none)
    score = np.full(2, weight**2 + CONFIG.years.weight, dtype=np.float32)
    neighbors = Neighbors(np.array([0, 1]), np.array([1, 1]), np.array([1, 0]), score)
    return Model(np.array([1, 2]), vectors, base, replace(neighbors, **wrong))


@pytest.mark.parametrize(
    ("model", "rule"),
    [
        (model_of_two(weight=0.3), "squared weights of a film"),
        (model_of_two(score=np.array([0.3, 0.3], dtype=np.float32)), "add up to the score"),
        (model_of_two(rank=np.array([1, 3])), "Ranks follow score"),
        (model_of_two(neighbor=np.array([0, 1])), "no film is its own neighbor"),
    ],
    ids=["weights", "scores", "ranks", "self"],
)
def test_write_model_with_violated_rule_keeps_old_tables(trained: Path, model: Model, rule: str) -> None:
    before = query(trained, "select * from recommender.movie_terms")
    with duckdb.connect(trained) as connection, pytest.raises(FilmotecaError, match=rule):
        write_model(connection, model, CONFIG)
    assert query(trained, "select * from recommender.movie_terms") == before
    with duckdb.connect(trained) as connection:
        write_model(connection, model_of_two(), CONFIG)
    assert nearest(trained, 1) == [2]


RATINGS = ((1, 862, 5), (1, 597, 4.5), (1, 129, 3), (2, 862, 4), (2, 597, 4), (3, 1271, 2), (4, 99, 5))


def test_training_with_ratings_uses_common_likes(make_database: MakeDatabase) -> None:
    path = make_database(ratings=RATINGS)
    train(path, CONFIG, threads=1)
    assert 597 not in nearest(path, 862)
    train(path, replace(BLEND, likes_shrinkage=1), threads=1)
    likes = "select term_key, term, document_count from recommender.terms where field = 'likes'"
    assert query(path, likes) == [("1", "user 1", 2), ("2", "user 2", 2)]
    assert nearest(path, 862)[:2] == [863, 597]
    assert query(path, "select uses_ratings from recommender.model") == [(True,)]


def test_likes_limit_excludes_whole_users_and_requires_some(make_database: MakeDatabase) -> None:
    path = make_database(ratings=RATINGS)
    train(path, replace(BLEND, likes_limit=3), threads=1)
    assert query(path, "select term from recommender.terms where field = 'likes'") == [("user 1",)]
    with pytest.raises(FilmotecaError, match=r"no ratings of 4 or more.*ratings\.csv"):
        train(make_database(name="few.duckdb", ratings=((3, 1271, 2),)), BLEND, threads=1)


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "½", ""])
def test_invalid_count_is_rejected(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--database", "any", f"--neighbors={value}"])
    assert "must be a whole number from 1 to 1,000; got" in capsys.readouterr().err
