"""The exploratory models equal the pandas oracle on random data with ties, zeros, gaps and constant columns."""

import random
from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.eda.models import run_model
from tests.oracle.eda import count_words, describe_returns
from tests.oracle.eda_measures import SCALES, correlate

FILMS = 700


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def make_films(connection: duckdb.DuckDBPyConnection, seed: int) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    budgets = np.round(10 ** generator.normal(6.5, 1.5, FILMS))
    revenues = np.round(budgets * 10 ** generator.normal(0.3, 0.6, FILMS)) + 1
    budgets[generator.random(FILMS) < 0.4] = np.nan
    revenues[generator.random(FILMS) < 0.3] = np.nan
    films = pd.DataFrame(
        {
            "movie_id": np.arange(1, FILMS + 1),
            "release_year": generator.integers(1950, 1960, FILMS),
            "release_decade": 1950,
            "budget_usd": budgets,
            "revenue_usd": revenues,
            "return_ratio": revenues / budgets,
            "runtime_minutes": generator.integers(60, 75, FILMS),
            "tmdb_vote_count": generator.integers(0, 30, FILMS),
            "tmdb_vote_mean": 5.0,
            "tmdb_popularity": generator.lognormal(0, 1, FILMS),
            "has_suspicious_budget": budgets < 1000,
        }
    )
    assert films["has_suspicious_budget"].any()
    connection.from_df(films).create("dim_movies")
    return films


@pytest.mark.filterwarnings("ignore")  # the constant mean vote has no correlation
@pytest.mark.parametrize("seed", range(3))
def test_correlations_equal_pandas(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    films = make_films(connection, seed)
    expected = correlate(films, films.set_index("movie_id")[list(SCALES)].astype("float64"))
    found = pd.DataFrame(run_model(connection, "mart_eda_correlations"))[expected.columns]
    keys = ["measure", "other_measure"]
    pd.testing.assert_frame_equal(
        found.sort_values(keys, ignore_index=True), expected.sort_values(keys, ignore_index=True), check_dtype=False
    )
    assert found["pearson_coefficient"].isna().sum() == len(SCALES)


def test_median_interval_equals_binomial_interval(connection: duckdb.DuckDBPyConnection) -> None:
    films = make_films(connection, 7)
    known = films[films["return_ratio"].notna() & ~films["has_suspicious_budget"]]
    sizes = [*range(1, 40), 100, len(known)]
    genres = pd.DataFrame({"genre_id": sizes, "genre_name": [f"genre of {size}" for size in sizes]})
    links = pd.concat([known[["movie_id"]].head(size).assign(genre_id=size) for size in sizes])
    connection.from_df(genres).create("dim_genres")
    connection.from_df(links).create("fct_movie_genres")
    rows = [row for row in run_model(connection, "mart_eda_returns") if row["grouping"] == "genre"]
    assert sorted(int(row["group_code"]) for row in rows) == sizes
    for row in rows:
        expected = describe_returns(known["return_ratio"].head(int(row["group_code"])))
        found = pd.Series(row)[expected.index].astype("float64")
        pd.testing.assert_series_equal(found, expected, check_names=False)
        assert bool(np.isnan(found["lower_return_ratio"])) == (
            len(links[links["genre_id"] == found["movie_count"]]) < 6
        )


PIECES = [
    *("Love", "LOVE", "love's", "the", "El", "niño", "NIÑO's", "don't", "don’t", "it's", "rock'n'roll", "'quoted'"),
    *("x", "Москва", "千と千尋", "A.I.", "—", "...", "50/50", "cafe\u0301", "dogs'", "mother-in-law", "son"),
]


@pytest.mark.parametrize("seed", range(3))
def test_word_counts_equal_simple_counting(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    texts = {
        source: [None if chance.random() < 0.1 else " ".join(chance.choices(PIECES, k=length)) for _ in range(80)]
        for source, length in (("title", 3), ("overview", 30))
    }
    films = pd.DataFrame({"movie_id": range(80), **texts})
    connection.from_df(films).create("dim_movies")
    rows = pd.DataFrame(run_model(connection, "mart_eda_word_counts"))
    for source in texts:
        expected = count_words(films, source)
        found = rows.loc[rows["text_source"] == source, expected.columns]
        pd.testing.assert_frame_equal(
            found.sort_values("word_rank", ignore_index=True), expected.reset_index(drop=True), check_dtype=False
        )
        assert {"love", "niño", "rock'n'roll", "son"} <= set(found["word"])
        assert not {"the", "el", "don't", "it", "x"} & set(found["word"])
