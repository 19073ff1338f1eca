"""`nearest_rows` equals a dense computation, whatever the ties, threads and block sizes."""

from dataclasses import astuple, dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array

from recommender import similarity
from recommender.similarity import nearest_rows
from recommender.structures import BaseScores, Neighbors

# Multiples of 1/16: sums and products are exact in any order, and there are many ties.
WEIGHTS, PARTS = [0.0, 0.0, 0.125, 0.25, 0.375], [0.0, 0.0625, 0.125]


@dataclass(frozen=True)
class Films:
    """Input of `nearest_rows`."""

    rows: np.ndarray
    base: BaseScores
    min_content: np.ndarray


@st.composite
def films(draw: st.DrawFn) -> Films:
    count, terms, years = draw(st.integers(1, 7)), draw(st.integers(1, 5)), draw(st.integers(1, 3))

    def floats(choices: list[float], *shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        values = draw(st.lists(st.sampled_from(choices), min_size=size, max_size=size))
        return np.array(values, dtype=np.float32).reshape(shape)

    group = np.array(draw(st.lists(st.integers(0, years - 1), min_size=count, max_size=count)))
    year_scores = floats(PARTS, years, years)
    base = BaseScores(
        np.arange(years), group, year_scores, floats(PARTS, count), floats([0.0, 0.5, 1.0], count), floats([0.0], count)
    )
    return Films(floats(WEIGHTS, count, terms), base, floats([0.0, 0.0156, 0.0625], count))


def nearest_by_content(rows: csr_matrix, count: int, threads: int = 1) -> Neighbors:
    films = rows.shape[0]
    zeros, year_of_film = np.zeros(films, dtype=np.float32), np.zeros(films, dtype=int)
    base = BaseScores(np.array([2000]), year_of_film, np.zeros((1, 1), dtype=np.float32), zeros, zeros, zeros)
    return nearest_rows(rows, base, np.full(films, 1e-9, dtype=np.float32), count, threads=threads)


def dense_oracle(films: Films, count: int) -> list[tuple[int, int, int, float]]:
    """Return (row, rank, neighbor, score) by definition."""
    content = films.rows.astype(np.float64) @ films.rows.T.astype(np.float64)
    base = films.base
    pairs = []
    for row, minimum in enumerate(films.min_content):
        scores = {
            other: content[row, other]
            + base.year_scores[base.year_of_film[row], base.year_of_film[other]]
            + base.prior_shares[row] * base.prior_scores[other]
            for other in range(len(films.rows))
            if other != row and minimum > 0 and content[row, other] >= minimum
        }
        best = sorted(scores, key=lambda other: (-scores[other], other))[:count]
        pairs += [(row, place, other, min(scores[other], 1)) for place, other in enumerate(best, 1)]
    return pairs


def as_pairs(neighbors: Neighbors) -> list[tuple[int, int, int, float]]:
    return list(zip(*(column.tolist() for column in astuple(neighbors)), strict=True))


@given(films=films(), count=st.integers(1, 8))
def test_nearest_rows_equal_dense_computation(films: Films, count: int) -> None:
    found = nearest_rows(csr_matrix(films.rows), films.base, films.min_content, count)
    assert as_pairs(found) == dense_oracle(films, count)


@given(films=films(), selected=st.sets(st.integers(0, 6)))
def test_nearest_rows_of_subset_equal_those_of_all(films: Films, selected: set[int]) -> None:
    rows = np.array(sorted(row for row in selected if row < len(films.rows)), dtype=int)
    everything = as_pairs(nearest_rows(csr_matrix(films.rows), films.base, films.min_content, 3))
    some = nearest_rows(csr_matrix(films.rows), films.base, films.min_content, 3, rows=rows)
    assert as_pairs(some) == [pair for pair in everything if pair[0] in rows]


def test_content_score_is_symmetric_for_any_threads_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = csr_matrix(random_array((500, 80), density=0.05, format="csr", dtype=np.float32, rng=3) * 0.2)
    alone = as_pairs(nearest_by_content(vectors, 10))
    scores = {(row, other): score for row, _, other, score in as_pairs(nearest_by_content(vectors, 500))}
    assert scores
    assert all(scores[other, row] == score for (row, other), score in scores.items())
    assert as_pairs(nearest_by_content(vectors, 10, threads=2)) == alone
    monkeypatch.setattr(similarity, "ROWS_PER_BLOCK", 7)
    assert as_pairs(nearest_by_content(vectors, 10, threads=2)) == alone


def test_score_is_at_most_one() -> None:
    rows = csr_matrix(np.full((3, 3), 1 / np.sqrt(np.float32(3)), dtype=np.float32))
    rows.data = np.nextafter(rows.data, np.float32(1))
    assert (rows @ rows.T).max() > 1
    assert set(nearest_by_content(rows, 2).score.tolist()) == {1.0}


@pytest.mark.parametrize("shape", [(4, 3), (4, 0), (1, 3), (0, 0)])
def test_row_without_terms_has_no_neighbors(shape: tuple[int, int]) -> None:
    assert as_pairs(nearest_by_content(csr_matrix(shape, dtype=np.float32), 5)) == []
