"""The nearest rows are those of the full table of scores, whatever ties, threads and blocks there are."""

from dataclasses import astuple, dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array

from recommender import similarity
from recommender.similarity import nearest_rows
from recommender.structures import Base, Neighbors

# All eighths or sixteenths: their sums and products are exact in any order, and ties abound.
WEIGHTS = [0.0, 0.0, 0.125, 0.25, 0.375]
PARTS = [0.0, 0.0625, 0.125]


@dataclass(frozen=True)
class Films:
    """What the nearest are found by."""

    rows: np.ndarray
    base: Base
    least: np.ndarray


@st.composite
def films(draw: st.DrawFn) -> Films:
    count, terms, years = draw(st.integers(1, 7)), draw(st.integers(1, 5)), draw(st.integers(1, 3))

    def floats(choices: list[float], *shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        values = draw(st.lists(st.sampled_from(choices), min_size=size, max_size=size))
        return np.array(values, dtype=np.float32).reshape(shape)

    group = np.array(draw(st.lists(st.integers(0, years - 1), min_size=count, max_size=count)))
    year_scores = floats(PARTS, years, years)
    base = Base(np.arange(years), group, year_scores, floats(PARTS, count), floats([0.0, 0.5, 1.0], count))
    return Films(floats(WEIGHTS, count, terms), base, floats([0.0, 0.0156, 0.0625], count))


def no_base(films: int) -> Base:
    zeros = np.zeros(films, dtype=np.float32)
    return Base(np.array([2000]), np.zeros(films, dtype=int), np.zeros((1, 1), dtype=np.float32), zeros, zeros)


def nearest_by_content(rows: csr_matrix, count: int, threads: int = 1) -> Neighbors:
    films = rows.shape[0]
    return nearest_rows(rows, no_base(films), np.full(films, 1e-9, dtype=np.float32), count, threads=threads)


def dense_oracle(films: Films, count: int) -> list[tuple[int, int, int, float]]:
    """(row, rank, neighbor, score) by the plain definition."""
    content = films.rows.astype(np.float64) @ films.rows.T.astype(np.float64)
    base = films.base
    pairs = []
    for row, least in enumerate(films.least):
        scores = {
            other: content[row, other]
            + base.year_scores[base.group[row], base.group[other]]
            + base.prior_shares[row] * base.prior_scores[other]
            for other in range(len(films.rows))
            if other != row and least > 0 and content[row, other] >= least
        }
        best = sorted(scores, key=lambda other: (-scores[other], other))[:count]
        pairs += [(row, place, other, min(scores[other], 1)) for place, other in enumerate(best, 1)]
    return pairs


def as_pairs(neighbors: Neighbors) -> list[tuple[int, int, int, float]]:
    return list(zip(*(column.tolist() for column in astuple(neighbors)), strict=True))


def some_rows(rows: int, terms: int, seed: int) -> csr_matrix:
    return csr_matrix(random_array((rows, terms), density=0.05, format="csr", dtype=np.float32, rng=seed) * 0.2)


@given(films=films(), count=st.integers(1, 8))
def test_the_nearest_are_those_of_the_dense_table(films: Films, count: int) -> None:
    found = nearest_rows(csr_matrix(films.rows), films.base, films.least, count)
    assert as_pairs(found) == dense_oracle(films, count)


@given(films=films(), asked=st.sets(st.integers(0, 6)))
def test_asking_for_some_rows_changes_nothing_about_them(films: Films, asked: set[int]) -> None:
    rows = np.array(sorted(row for row in asked if row < len(films.rows)), dtype=int)
    everything = as_pairs(nearest_rows(csr_matrix(films.rows), films.base, films.least, 3))
    some = nearest_rows(csr_matrix(films.rows), films.base, films.least, 3, rows=rows)
    assert as_pairs(some) == [pair for pair in everything if pair[0] in rows]


def test_content_is_the_same_in_both_directions() -> None:
    found = nearest_by_content(some_rows(300, 60, seed=1), 300)
    scores = {(row, other): score for row, _, other, score in as_pairs(found)}
    assert scores
    assert all(scores[other, row] == score for (row, other), score in scores.items())


@pytest.mark.parametrize("size", [3, 50, 700])
def test_of_many_that_tie_the_first_are_kept(size: int) -> None:
    same = csr_matrix(np.full((size, 4), 0.5, dtype=np.float32))
    found = nearest_by_content(same, 5)
    last = size - 1
    assert found.neighbor[found.row == 0].tolist() == list(range(1, size))[:5]
    assert found.neighbor[found.row == last].tolist() == list(range(last))[:5]
    assert set(found.score.tolist()) == {1.0}


def test_threads_and_blocks_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = some_rows(500, 80, seed=3)
    alone = as_pairs(nearest_by_content(vectors, 10))
    assert as_pairs(nearest_by_content(vectors, 10, threads=2)) == alone
    monkeypatch.setattr(similarity, "ROWS_PER_BLOCK", 7)
    assert as_pairs(nearest_by_content(vectors, 10, threads=2)) == alone


def test_a_score_never_passes_one() -> None:
    rows = csr_matrix(np.full((3, 3), 1 / np.sqrt(np.float32(3)), dtype=np.float32))
    rows.data = np.nextafter(rows.data, np.float32(1))
    assert (rows @ rows.T).max() > 1
    assert set(nearest_by_content(rows, 2).score.tolist()) == {1.0}


@pytest.mark.parametrize("shape", [(4, 3), (4, 0), (1, 3), (0, 0)])
def test_rows_without_terms_have_no_neighbors(shape: tuple[int, int]) -> None:
    assert as_pairs(nearest_by_content(csr_matrix(shape, dtype=np.float32), 5)) == []
