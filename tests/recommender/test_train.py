"""From a mart to the tables of schema `recommender`, by the command that `make build` runs."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.config import Config
from recommender.similarity import nearest_rows
from recommender.store import TABLES, write_model
from recommender.structures import Model, Neighbors, Reasons, Vectors
from recommender.train import main, train
from tests.recommender.conftest import TOY_FILMS, Film, MakeDatabase
from warehouse.errors import FilmotecaError

CONFIG = Config()
NONE = np.array([], dtype=np.int32)
NO_REASONS = Reasons(pair=NONE, rank=NONE, term=NONE, contribution=NONE.astype(np.float32))


def query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def nearest(path: Path, movie_id: int) -> list[object]:
    pairs = query(path, f"select neighbor_movie_id from recommender.neighbors where movie_id = {movie_id}")
    return [row[0] for row in pairs]


@pytest.fixture
def trained(make_database: MakeDatabase) -> Path:
    path = make_database()
    train(path, CONFIG, threads=2)
    return path


@pytest.mark.parametrize(
    ("movie_id", "first"),
    [(862, 863), (863, 862), (597, 11071), (11071, 597), (129, 8392), (8392, 129), (1271, 1272)],
)
def test_the_obvious_film_comes_first(trained: Path, movie_id: int, first: int) -> None:
    assert nearest(trained, movie_id)[0] == first


def test_a_film_that_shares_nothing_has_terms_but_no_neighbors(trained: Path) -> None:
    assert nearest(trained, 5000) == []
    assert query(trained, "select count(*) from recommender.movie_terms where movie_id = 5000") == [(2,)]


def test_a_film_without_text_is_counted_and_has_no_vector(trained: Path) -> None:
    assert query(trained, "select trained_movie_count, untrained_movie_count from recommender.model") == [
        (len(TOY_FILMS) - 1, 1)
    ]
    assert query(trained, "select count(*) from recommender.movie_terms where movie_id = 6000") == [(0,)]


def test_shared_terms_make_the_score(trained: Path) -> None:
    pairs = query(
        trained,
        """
        select pairs.score, sum(own.weight::double * other.weight)
        from recommender.neighbors as pairs
        inner join recommender.movie_terms as own on pairs.movie_id = own.movie_id
        inner join recommender.movie_terms as other
            on pairs.neighbor_movie_id = other.movie_id and own.term_id = other.term_id
        group by pairs.movie_id, pairs.neighbor_movie_id, pairs.score
        """,
    )
    assert query(trained, "select count(*) from recommender.neighbors") == [(len(pairs),)]
    scores, sums = np.array(pairs, dtype=np.float64).T
    np.testing.assert_allclose(scores, sums, atol=1e-5)


def test_the_tables_give_back_the_vectors(trained: Path) -> None:
    rows = query(
        trained,
        """
        select field, term from recommender.movie_terms inner join recommender.terms using (term_id)
        where movie_id = 597 order by term_id
        """,
    )
    assert rows == [
        *(("text", word) for word in ("come", "lovers", "meet", "ship", "sinks", "titanic")),
        ("genre", "Drama"),
        ("genre", "Romance"),
        ("keyword", "iceberg"),
        ("keyword", "ship"),
        ("cast", "Kate Winslet"),
        ("director", "James Cameron"),
    ]


def test_the_counts_add_up(trained: Path) -> None:
    in_films = "select count(*), count(distinct term_id), count(distinct movie_id) from recommender.movie_terms"
    (weights, terms, films) = query(trained, in_films)[0]
    assert query(trained, "select sum(document_count), count(*) from recommender.terms") == [(weights, terms)]
    model = "select trained_movie_count, term_count from recommender.model"
    assert query(trained, model) == [(films, terms)]


def test_columns_are_described_and_typed_as_promised(trained: Path) -> None:
    columns = query(
        trained,
        """
        select table_name, column_name, lower(data_type), comment
        from duckdb_columns() where schema_name = 'recommender' order by table_name, column_index
        """,
    )
    assert columns == [
        (table, column, sql_type, meaning)
        for table, (_, definitions) in sorted(TABLES.items())
        for column, (sql_type, meaning) in definitions.items()
    ]
    sql = "select table_name, comment from duckdb_tables() where schema_name = 'recommender' order by table_name"
    assert query(trained, sql) == [(table, comment) for table, (comment, _) in sorted(TABLES.items())]


def test_reasons_are_the_shared_terms_that_add_most(trained: Path) -> None:
    # The oracle: SQL over movie_terms, without the recommender's own arithmetic.
    expected = query(
        trained,
        f"""
        select pairs.movie_id, pairs.neighbor_rank, pairs.neighbor_movie_id, terms.term_id, terms.field, terms.term
        from recommender.neighbors as pairs
        inner join recommender.movie_terms as own on pairs.movie_id = own.movie_id
        inner join recommender.movie_terms as other
            on pairs.neighbor_movie_id = other.movie_id and own.term_id = other.term_id
        inner join recommender.terms as terms on own.term_id = terms.term_id
        where pairs.neighbor_rank <= {CONFIG.explained_neighbor_count}
        qualify row_number() over (
            partition by pairs.movie_id, pairs.neighbor_rank order by own.weight * other.weight desc, terms.term_id
        ) <= {CONFIG.reason_count}
        order by pairs.movie_id, pairs.neighbor_rank, own.weight * other.weight desc, terms.term_id
        """,
    )
    columns = "movie_id, neighbor_rank, neighbor_movie_id, term_id, field, term"
    assert expected
    assert query(trained, f"select {columns} from recommender.reasons") == expected
    ranks = query(
        trained,
        "select count(*) from recommender.reasons where reason_rank not between 1 and 5 or contribution <= 0",
    )
    assert ranks == [(0,)]


def test_two_trainings_give_the_same_tables(make_database: MakeDatabase) -> None:
    first, second = make_database(), make_database(tuple(reversed(TOY_FILMS)), name="again.duckdb")
    train(first, CONFIG, threads=1)
    train(second, CONFIG, threads=2)
    train(second, CONFIG, threads=2)
    for table in TABLES:
        everything = f"select * from recommender.{table}"
        assert query(first, everything) == query(second, everything)


def test_the_command_says_what_it_did(make_database: MakeDatabase, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_database()
    assert main(["--database", str(path), "--neighbors", "2"]) == 0
    assert f"{len(TOY_FILMS)} films" in capsys.readouterr().out
    assert query(path, "select max(neighbor_rank) from recommender.neighbors") == [(2,)]
    (config_json,) = query(path, "select config_json from recommender.model")[0]
    assert json.loads(str(config_json))["neighbor_count"] == 2


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "½"])
def test_a_count_that_is_none_is_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--database", "any", "--neighbors", value])
    assert "is not a whole number from 1 to 1000" in capsys.readouterr().err


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FilmotecaError, match=r"there is no file .*none\.duckdb"):
        train(tmp_path / "none.duckdb", CONFIG, threads=1)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("no database")
    with pytest.raises(FilmotecaError, match=r"notes\.duckdb cannot be opened"):
        train(path, CONFIG, threads=1)


def test_a_missing_mart_says_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "bare.duckdb"
    duckdb.connect(path).close()
    with pytest.raises(FilmotecaError, match="run dbt build on it first"):
        train(path, CONFIG, threads=1)


def test_a_missing_column_says_what_to_run(make_database: MakeDatabase) -> None:
    path = make_database()
    with duckdb.connect(path) as connection:
        connection.execute("alter table marts.mart_recommender_movies drop column keyword_names")
    with pytest.raises(FilmotecaError, match=r"run dbt build on it first.*keyword_names"):
        train(path, CONFIG, threads=1)


def test_an_empty_mart_is_refused(make_database: MakeDatabase) -> None:
    with pytest.raises(FilmotecaError, match="is empty; expected: films"):
        train(make_database(()), CONFIG, threads=1)


def test_films_without_text_alone_make_an_empty_model(make_database: MakeDatabase) -> None:
    path = make_database((Film(1, "One"), Film(2, "Two")))
    train(path, CONFIG, threads=1)
    assert query(path, "select * exclude (config_json) from recommender.model") == [(0, 2, 0)]


def test_a_file_that_another_process_holds_is_named(make_database: MakeDatabase) -> None:
    path = make_database()
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FilmotecaError, match="is open in another program"):
            train(path, CONFIG, threads=1)
        holder.communicate("")


def test_a_model_that_breaks_a_promise_leaves_the_old_one(trained: Path) -> None:
    before = query(trained, "select * from recommender.movie_terms")
    matrix = csr_matrix(np.full((2, 1), 0.5, dtype=np.float32))
    words = np.array(["text"], dtype=object)
    too_short = Vectors(matrix, words, words, np.array([2]), np.array([1], dtype=np.float32))
    with duckdb.connect(trained) as connection, pytest.raises(FilmotecaError, match="weights have length 1"):
        write_model(connection, Model(np.array([1, 2]), too_short, nearest_rows(matrix, 1), NO_REASONS), CONFIG)
    assert query(trained, "select * from recommender.movie_terms") == before


@pytest.mark.parametrize(
    ("wrong", "promise"),
    [
        ({"score": np.array([0.5, 0.5], dtype=np.float32)}, "make their score"),
        ({"rank": np.array([1, 3])}, "ranks follow score"),
        ({"neighbor": np.array([0, 1])}, "no film is near itself"),
    ],
)
def test_wrong_neighbors_are_not_written(trained: Path, wrong: dict[str, np.ndarray], promise: str) -> None:
    matrix = csr_matrix(np.ones((2, 1), dtype=np.float32))
    words = np.array(["text"], dtype=object)
    vectors = Vectors(matrix, words, words, np.array([2]), np.array([1], dtype=np.float32))
    neighbors: Neighbors = replace(nearest_rows(matrix, 1), **wrong)
    with duckdb.connect(trained) as connection, pytest.raises(FilmotecaError, match=promise):
        write_model(connection, Model(np.array([1, 2]), vectors, neighbors, NO_REASONS), CONFIG)


def test_the_package_imports_no_learning_library() -> None:
    code = "import recommender, recommender.config, sys; print({'sklearn', 'scipy'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ended.stdout == "set()\n"
