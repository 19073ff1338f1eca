"""The nearest rows are those of the full table of cosines, whatever ties, threads and blocks there are."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.sparse import csr_matrix, random_array

from recommender import similarity
from recommender.similarity import nearest_rows
from recommender.structures import Neighbors

# Few values, all eighths: sums of their products are exact in any order, and ties abound.
EIGHTHS = arrays(
    np.float32,
    array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=7),
    elements=st.sampled_from([0.0, 0.0, 0.125, 0.25, 0.375]),
)


def dense_oracle(rows: np.ndarray, count: int) -> list[tuple[int, int, int, float]]:
    """(row, rank, neighbor, score) by the plain definition."""
    scores = rows.astype(np.float64) @ rows.T.astype(np.float64)
    pairs = []
    for row in range(len(rows)):
        others = [other for other in range(len(rows)) if other != row and scores[row, other] > 0]
        others.sort(key=lambda other: (-scores[row, other], other))
        pairs += [(row, place + 1, other, scores[row, other]) for place, other in enumerate(others[:count])]
    return pairs


def as_pairs(neighbors: Neighbors) -> list[tuple[int, int, int, float]]:
    return list(zip(*(column.tolist() for column in astuple(neighbors)), strict=True))


def unit_rows(rows: int, terms: int, seed: int) -> csr_matrix:
    matrix = random_array((rows, terms), density=0.05, format="csr", dtype=np.float32, rng=seed).toarray()
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return csr_matrix(np.divide(matrix, lengths, out=matrix, where=lengths > 0))


@given(rows=EIGHTHS, count=st.integers(1, 8))
def test_the_nearest_are_those_of_the_dense_table_ties_included(rows: np.ndarray, count: int) -> None:
    assert as_pairs(nearest_rows(csr_matrix(rows), count)) == dense_oracle(rows, count)


def test_scores_are_the_cosines_of_unit_rows() -> None:
    vectors = unit_rows(400, 120, seed=7)
    found = nearest_rows(vectors, 400)
    expected = vectors.toarray().astype(np.float64) @ vectors.toarray().T
    np.testing.assert_allclose(found.score, expected[found.row, found.neighbor], atol=1e-6)
    np.fill_diagonal(expected, 0)
    assert found.row.size == np.count_nonzero(expected)


def test_a_score_is_the_same_in_both_directions() -> None:
    found = nearest_rows(unit_rows(300, 60, seed=1), 300)
    scores = {(row, other): score for row, _, other, score in as_pairs(found)}
    assert scores
    assert all(scores[other, row] == score for (row, other), score in scores.items())


@pytest.mark.parametrize("size", [3, 50, 700])
def test_of_many_that_tie_the_first_are_kept(size: int) -> None:
    same = csr_matrix(np.full((size, 4), 0.5, dtype=np.float32))
    found = nearest_rows(same, 5)
    last = size - 1
    assert found.neighbor[found.row == 0].tolist() == list(range(1, size))[:5]
    assert found.neighbor[found.row == last].tolist() == list(range(last))[:5]
    assert set(found.score.tolist()) == {1.0}


def test_threads_and_blocks_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = unit_rows(500, 80, seed=3)
    alone = as_pairs(nearest_rows(vectors, 10, threads=1))
    assert as_pairs(nearest_rows(vectors, 10, threads=2)) == alone
    monkeypatch.setattr(similarity, "CANDIDATES_PER_BLOCK", 100)
    assert as_pairs(nearest_rows(vectors, 10, threads=2)) == alone


def test_a_score_never_passes_one() -> None:
    rows = csr_matrix(np.full((3, 3), 1 / np.sqrt(np.float32(3)), dtype=np.float32))
    rows.data = np.nextafter(rows.data, np.float32(1))
    assert (rows @ rows.T).max() > 1
    assert set(nearest_rows(rows, 2).score.tolist()) == {1.0}


@pytest.mark.parametrize("shape", [(4, 3), (4, 0), (1, 3)])
def test_rows_without_terms_have_no_neighbors(shape: tuple[int, int]) -> None:
    assert as_pairs(nearest_rows(csr_matrix(shape, dtype=np.float32), 5)) == []
