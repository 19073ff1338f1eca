"""The statistics of the exploratory models equal those of scipy and of simple Python code, on random data."""

import math
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from scipy import stats

from tests.eda.models import DBT_PROJECT, run_model

FILMS = 700
COLUMNS = "budget_usd, revenue_usd, return_ratio, runtime_minutes, tmdb_vote_count, tmdb_vote_mean, tmdb_popularity"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def make_films(connection: duckdb.DuckDBPyConnection, seed: int) -> dict[str, np.ndarray]:
    """Create films with skewed amounts, ties, zeros and unknown values; return the columns, unknown as nan."""
    generator = np.random.default_rng(seed)
    budgets = np.round(10 ** generator.normal(6.5, 1.5, FILMS))
    revenues = np.round(budgets * 10 ** generator.normal(0.3, 0.6, FILMS)) + 1
    budgets[generator.random(FILMS) < 0.4] = np.nan
    revenues[generator.random(FILMS) < 0.3] = np.nan
    columns = {
        "movie_id": np.arange(1, FILMS + 1, dtype="float64"),
        "release_year": generator.integers(1950, 1960, FILMS).astype("float64"),
        "budget_usd": budgets,
        "revenue_usd": revenues,
        "return_ratio": revenues / budgets,
        "runtime_minutes": generator.integers(60, 75, FILMS).astype("float64"),
        "tmdb_vote_count": generator.integers(0, 30, FILMS).astype("float64"),
        "tmdb_vote_mean": np.full(FILMS, 5.0),
        "tmdb_popularity": generator.lognormal(0, 1, FILMS),
    }
    rows = [
        [None if math.isnan(value) else float(value) for value in values]
        for values in zip(*columns.values(), strict=True)
    ]
    connection.execute(f"create table dim_movies ({', '.join(f'{name} double' for name in columns)})")
    connection.executemany(f"insert into dim_movies values ({', '.join('?' * len(columns))})", rows)
    connection.execute("alter table dim_movies add column has_suspicious_budget boolean")
    connection.execute("update dim_movies set has_suspicious_budget = coalesce(budget_usd < 1000, false)")
    connection.execute("alter table dim_movies add column release_decade integer default 1950")
    return columns


@pytest.mark.parametrize("seed", range(3))
def test_correlations_equal_scipy(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    films = make_films(connection, seed)
    suspicious = films["budget_usd"] < 1000
    assert suspicious.any()
    for column in ("budget_usd", "return_ratio"):
        films[column] = np.where(suspicious, np.nan, films[column])
    rows = run_model(connection, "mart_eda_correlations")
    assert len(rows) == 28
    for row in rows:
        one, other = films[row["measure"]], films[row["other_measure"]]
        both = ~(np.isnan(one) | np.isnan(other))
        assert row["movie_count"] == both.sum()
        if "tmdb_vote_mean" in (row["measure"], row["other_measure"]):
            assert row["pearson_coefficient"] is None
            assert row["spearman_coefficient"] is None
        else:
            assert row["pearson_coefficient"] == pytest.approx(stats.pearsonr(one[both], other[both])[0])
            assert row["spearman_coefficient"] == pytest.approx(stats.spearmanr(one[both], other[both])[0])


def test_median_interval_equals_binomial_interval(connection: duckdb.DuckDBPyConnection) -> None:
    make_films(connection, 7)
    sizes = [*range(1, 40), 100, 999]
    connection.execute("create table dim_genres (genre_id integer, genre_name varchar)")
    connection.execute("create table fct_movie_genres (movie_id integer, genre_id integer)")
    known = "from dim_movies where return_ratio is not null and not has_suspicious_budget"
    returns = [ratio for (ratio,) in connection.execute(f"select return_ratio {known} order by movie_id").fetchall()]
    sizes = [size for size in sizes if size <= len(returns)]
    for size in sizes:
        connection.execute("insert into dim_genres values (?, ?)", [size, f"genre of {size}"])
        connection.execute(
            f"insert into fct_movie_genres select movie_id, ? {known} order by movie_id limit ?", [size, size]
        )
    found = {
        int(row["group_code"]): row for row in run_model(connection, "mart_eda_returns") if row["grouping"] == "genre"
    }
    assert sorted(found) == sizes
    for size, row in found.items():
        ordered = sorted(returns[:size])
        ranks = [rank for rank in range(1, size + 1) if stats.binom.cdf(rank - 1, size, 0.5) <= 0.025]
        low, high = (ordered[ranks[-1] - 1], ordered[-ranks[-1]]) if ranks else (None, None)
        assert (row["lower_return_ratio"], row["upper_return_ratio"]) == (low, high), size
        assert row["median_return_ratio"] == pytest.approx(np.median(ordered))
    assert found[5]["lower_return_ratio"] is None
    assert found[6]["lower_return_ratio"] == min(returns[:6])


def test_smoothed_counts_equal_gaussian_kernel_density(connection: duckdb.DuckDBPyConnection) -> None:
    films = make_films(connection, 3)
    rows = [row for row in run_model(connection, "mart_eda_histograms") if row["measure"] == "tmdb_popularity"]
    scaled = np.log10(films["tmdb_popularity"])
    spread = min(scaled.std(ddof=1), stats.iqr(scaled) / 1.34)
    bandwidth = max(0.9 * spread * FILMS**-0.2, 0.125)
    density = stats.gaussian_kde(scaled, bandwidth / scaled.std(ddof=1))
    for row in rows:
        middle = (math.log10(row["from_value"]) + math.log10(row["to_value"])) / 2
        assert row["smoothed_movie_count"] == pytest.approx(density(middle)[0] * FILMS * 0.25)
        inside = (films["tmdb_popularity"] >= row["from_value"]) & (films["tmdb_popularity"] < row["to_value"])
        assert row["movie_count"] == inside.sum()
    assert sum(row["movie_count"] for row in rows) == FILMS


PIECES = [
    *("Love", "LOVE", "love's", "the", "El", "niño", "NIÑO's", "don't", "don’t", "it's", "rock'n'roll", "'quoted'"),
    *("x", "Москва", "千と千尋", "A.I.", "—", "...", "50/50", "cafe\u0301", "dogs'", "mother-in-law", "son"),
]


def count_plainly(texts: list[str | None]) -> dict[str, tuple[int, int]]:
    """Return, by word, the number of texts that contain it and its number of occurrences."""
    lines = (DBT_PROJECT / "seeds" / "stop_words.csv").read_text("utf-8").splitlines()[1:]
    stop_words = {line.split(",")[0] for line in lines}
    times: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for text in texts:
        letters = "".join(
            letter if letter == "'" or unicodedata.category(letter)[0] in "LM" else " "
            for letter in (text or "").lower().replace("’", "'")
        )
        runs = [part for run in letters.split() for part in re.sub("'{2,}", " ", run.strip("'")).split()]
        words = [run[:-2] if run.endswith("'s") else run for run in runs]
        words = [word for word in words if len(word) > 1 and word not in stop_words]
        times.update(words)
        having.update(set(words))
    return {word: (having[word], times[word]) for word in times}


@pytest.mark.parametrize("seed", range(3))
def test_word_counts_equal_simple_counting(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    connection.execute("create table dim_movies (movie_id integer, title varchar, overview varchar)")
    titles, overviews = (
        [None if chance.random() < 0.1 else " ".join(chance.choices(PIECES, k=length)) for _ in range(80)]
        for length in (3, 30)
    )
    connection.executemany(
        "insert into dim_movies values (?, ?, ?)", [[*row] for row in zip(range(80), titles, overviews, strict=True)]
    )
    rows = run_model(connection, "mart_eda_word_counts")
    for source, texts in (("title", titles), ("overview", overviews)):
        found = {
            row["word"]: (row["movie_count"], row["occurrence_count"]) for row in rows if row["text_source"] == source
        }
        assert found == count_plainly(texts)
        assert {"love", "niño", "rock'n'roll", "son"} <= set(found)
        assert not {"the", "el", "don't", "it", "x"} & set(found)
