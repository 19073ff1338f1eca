"""Year scores, priors and minimum content scores."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.base_scores import min_content_scores, prior_scores, prior_shares, year_scores
from recommender.config import Config, Prior, Years


def test_year_score_decays_exponentially() -> None:
    scores = year_scores(np.array([1990]), np.array([1980, 1990, 2010]), Years(weight=0.1, scale_years=10))
    np.testing.assert_allclose(scores, [[0.1 / np.e, 0.1, 0.1 / np.e**2]], rtol=1e-6)


def test_prior_compares_votes_with_films_of_the_same_era() -> None:
    config = Prior(weight=1, range_logs=20, era_share=1, era_years=3, era_films=2, vote_mean_weight=0)
    years = np.array([1930, 1932, 1932, 2000, 2000])
    votes = np.array([9, 99, 999, 0, 9999])
    found = prior_scores(years, votes, np.zeros(5), config)
    # Most votes within three years: 99 and 999 of the first three, 0 and 9,999 of the others.
    usual = np.repeat([(np.log(100) + np.log(1000)) / 2, np.log(10000) / 2], [3, 2])
    np.testing.assert_allclose(found, (np.log1p(votes) - usual) / 20 + 0.5, rtol=1e-6)


def test_prior_shrinks_means_of_few_votes() -> None:
    config = Prior(weight=1, range_logs=40, era_share=0, vote_mean_weight=1, assumed_vote_count=50, assumed_vote_mean=6)
    few, many, none = prior_scores(np.full(3, 2000), np.array([10, 950, 0]), np.array([10.0, 10.0, 0.0]), config)
    # (10 * 10 + 50 * 6) / 60 and (950 * 10 + 50 * 6) / 1000
    assert few == pytest.approx((np.log(11) + 400 / 60 - 6) / 40 + 0.5, abs=1e-6)
    assert many == pytest.approx((np.log(951) + 9.8 - 6) / 40 + 0.5, abs=1e-6)
    assert none == pytest.approx(0.5, abs=1e-6)


def test_prior_is_clipped_to_weight_and_its_share_grows_with_votes() -> None:
    config = Prior(weight=0.26, range_logs=2, era_share=0)
    scores = prior_scores(np.full(2, 2000), np.array([0, 10**6]), np.array([0.0, 9.0]), config)
    assert scores.tolist() == pytest.approx([0.13, 0.26])
    shares = prior_shares(np.array([0, 9, 99, 10**6]), Prior(known_vote_count=99))
    assert shares.tolist() == pytest.approx([0, 0.5, 1, 1])


def test_min_content_score_of_short_vector_is_a_share_of_it() -> None:
    vectors = csr_matrix(np.sqrt(np.array([[0.5], [0.02], [0.0]], dtype=np.float32)))
    minimum = min_content_scores(vectors, Config(least_content=0.02, least_content_share=0.5))
    assert minimum.tolist() == pytest.approx([0.02, 0.01, 0])
