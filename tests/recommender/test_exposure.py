"""Penalties of films that are in too many lists."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.base_scores import min_content_scores
from recommender.config import CONTENT, Exposure
from recommender.exposure import exposure_penalties, limit_exposure
from recommender.similarity import nearest_rows
from recommender.structures import BaseScores, Integers, Neighbors

FILMS, LIST_LENGTH = 200, 5
EXPOSURE = Exposure(max_list_share=0.1, list_length=LIST_LENGTH, seed_films=FILMS, candidates=40, passes=60, step=0.005)


@pytest.fixture
def films() -> tuple[csr_matrix, BaseScores, Integers]:
    """Films that share random terms; the first ten have the most votes, which makes them best for most others."""
    rng = np.random.default_rng(1)
    vectors = csr_matrix(((rng.random((FILMS, 40)) < 0.3) * rng.uniform(0.1, 0.3, (FILMS, 40))).astype(np.float32))
    priors = np.full(FILMS, 0.1, dtype=np.float32)
    priors[:10] = 0.2
    base = BaseScores(
        years=np.array([2000]),
        year_of_film=np.zeros(FILMS, dtype=int),
        year_scores=np.zeros((1, 1), dtype=np.float32),
        prior_scores=priors,
        prior_shares=np.ones(FILMS, dtype=np.float32),
        exposure_penalties=np.zeros(FILMS, dtype=np.float32),
    )
    return vectors, base, np.where(priors > 0.1, 1000, 10)


def largest_list_share(vectors: csr_matrix, base: BaseScores) -> float:
    found = nearest_rows(vectors, base, min_content_scores(vectors, CONTENT), LIST_LENGTH)
    return float(np.bincount(found.neighbor).max() / FILMS)


def test_no_film_is_in_more_lists_than_allowed(films: tuple[csr_matrix, BaseScores, Integers]) -> None:
    vectors, base, votes = films
    assert largest_list_share(vectors, base) > 0.3
    limited = limit_exposure(vectors, base, min_content_scores(vectors, CONTENT), votes, EXPOSURE)
    assert largest_list_share(vectors, limited) <= 0.12
    assert (limited.exposure_penalties[:10] > 0).all()
    assert np.count_nonzero(limited.exposure_penalties) < FILMS / 4
    np.testing.assert_allclose(limited.prior_scores, np.maximum(base.prior_scores - limited.exposure_penalties, 0))


def test_small_catalog_has_no_penalties(films: tuple[csr_matrix, BaseScores, Integers]) -> None:
    vectors, base, votes = films
    config = replace(EXPOSURE, seed_films=FILMS + 1)
    assert limit_exposure(vectors, base, min_content_scores(vectors, CONTENT), votes, config) is base


def test_penalty_grows_with_the_excess() -> None:
    """Film 2 is in both lists, the others in one; allowed is half of the lists."""
    pairs = Neighbors(
        row=np.array([0, 0, 1, 1]),
        rank=np.array([1, 2, 1, 2]),
        neighbor=np.array([2, 3, 2, 4]),
        score=np.array([0.9, 0.1, 0.9, 0.1], dtype=np.float32),
    )
    config = Exposure(max_list_share=0.5, list_length=1, passes=1, step=0.01)
    found = exposure_penalties(pairs, np.ones(5, dtype=np.float32), config)
    assert found.tolist() == pytest.approx([0, 0, 0.01 * np.log(2), 0, 0])
