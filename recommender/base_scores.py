"""The parts of a score that need no shared terms: closeness of release years, and the prior. Pure functions."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from recommender.config import Config, Prior, Years
from recommender.structures import BaseScores, Corpus, Floats, Integers

Reals = npt.NDArray[np.float64]


def compute_base_scores(corpus: Corpus, config: Config) -> BaseScores:
    """Return the year scores and priors of all films."""
    years, year_of_film = np.unique(corpus.years, return_inverse=True)
    return BaseScores(
        years=years,
        year_of_film=year_of_film,
        year_scores=year_scores(years, years, config.years),
        prior_scores=prior_scores(corpus.years, corpus.vote_counts, corpus.vote_means, config.prior),
        prior_shares=prior_shares(corpus.vote_counts, config.prior),
        exposure_penalties=np.zeros(corpus.years.size, dtype=np.float32),
    )


def min_content_scores(vectors: csr_matrix, config: Config) -> Floats:
    """Return the content score required to be recommended for each film, shape (films,); 0 for films without terms."""
    squared_norms = np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float32).ravel()
    minimum: Floats = np.minimum(
        np.float32(config.least_content), np.float32(config.least_content_share) * squared_norms
    )
    return minimum


def year_scores(seed_years: Integers, years: Integers, config: Years) -> Floats:
    """Return weight * exp(-|difference| / scale) for every pair of years, shape (seed_years, years)."""
    differences = np.abs(np.subtract.outer(seed_years, years)).astype(np.float64)
    return np.asarray(config.weight * np.exp(-differences / config.scale_years), dtype=np.float32)


def prior_scores(years: Integers, vote_counts: Integers, vote_means: Reals, config: Prior) -> Floats:
    """Return the prior of each film, shape (films,), in [0, config.weight].

    The prior is ln(1 + votes), minus `era_share` times the usual value for films of the same time, plus
    `vote_mean_weight` for each point by which the Bayesian mean vote (as in IMDb's weighted rating) exceeds
    `assumed_vote_mean`. The range of width `range_logs` around 0 is mapped to [0, weight].
    """
    votes = np.log1p(vote_counts.astype(np.float64))
    means = (vote_counts * vote_means + config.assumed_vote_count * config.assumed_vote_mean) / (
        vote_counts + config.assumed_vote_count
    )
    logs = (
        votes
        - config.era_share * _usual_votes(years, votes, config)
        + config.vote_mean_weight * (means - config.assumed_vote_mean)
    )
    return np.asarray(config.weight * np.clip(logs / config.range_logs + 0.5, 0, 1), dtype=np.float32)


def prior_shares(vote_counts: Integers, config: Prior) -> Floats:
    """Return ln(1 + votes) / ln(1 + known_vote_count), at most 1, shape (films,).

    Recommendations for an obscure film should not be dominated by popular ones.
    """
    logs = np.log1p(vote_counts) / np.log1p(config.known_vote_count)
    return np.asarray(np.minimum(logs, 1), dtype=np.float32)


def _usual_votes(years: Integers, votes: Reals, config: Prior) -> Reals:
    """Return the mean of `votes` over the most voted films of each film's time, shape (films,)."""
    distinct_years, year_of_film = np.unique(years, return_inverse=True)
    usual = np.empty(distinct_years.size)
    for position, year in enumerate(distinct_years):
        same_era = votes[np.abs(years - year) <= config.era_years]
        usual[position] = np.sort(same_era)[-config.era_films :].mean()
    return usual[year_of_film]
