"""What a film has of the score without sharing a term: the closeness of its years, and its prior. Pure."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from recommender.config import Config, Prior, Years
from recommender.structures import Base, Corpus, Floats, Integers

Reals = npt.NDArray[np.float64]


def base_scores(corpus: Corpus, config: Config) -> Base:
    """The parts of the score that are the films' own."""
    groups, group = np.unique(corpus.years, return_inverse=True)
    return Base(
        groups=groups,
        group=group,
        year_scores=year_scores(groups, groups, config.years),
        prior_scores=prior_scores(corpus.years, corpus.vote_counts, corpus.vote_means, config.prior),
        prior_shares=prior_shares(corpus.vote_counts, config.prior),
    )


def least_content(vectors: csr_matrix, config: Config) -> Floats:
    """What others must at least share with each film to be recommended for it, shape (films,); 0 without terms."""
    own = np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float32).ravel()
    least: Floats = np.minimum(np.float32(config.least_content), np.float32(config.least_content_share) * own)
    return least


def most_voted(vote_counts: Integers, count: int) -> Integers:
    """The rows of the films with the most votes, `count` or all, ascending; of films with as many, the first ones."""
    return np.sort(np.argsort(-vote_counts, kind="stable")[:count])


def year_scores(asked: Integers, years: Integers, config: Years) -> Floats:
    """Closeness of every two years, shape (asked, years): weight * exp(-|difference| / scale)."""
    apart = np.abs(np.subtract.outer(asked, years)).astype(np.float64)
    return np.asarray(config.weight * np.exp(-apart / config.scale_years), dtype=np.float32)


def prior_scores(years: Integers, vote_counts: Integers, vote_means: Reals, config: Prior) -> Floats:
    """From 0 to the prior's weight, shape (films,).

    ln(1 + votes), less `era_share` of what is usual in the film's years, plus `vote_mean_weight` for each point by
    which its Bayesian mean vote is above the assumed one: the mean of the film's votes and of the assumed ones
    together, as in IMDb's weighted rating. What lies in `range_logs` around 0 is brought to [0, weight].
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
    """From 0 to 1, shape (films,): ln(1 + votes), divided by that of `known_vote_count`.

    Who likes what nobody knows is not helped with what everybody knows.
    """
    logs = np.log1p(vote_counts) / np.log1p(config.known_vote_count)
    return np.asarray(np.minimum(logs, 1), dtype=np.float32)


def _usual_votes(years: Integers, votes: Reals, config: Prior) -> Reals:
    """The mean of `votes` of the films that have most of them in the years around each film's, shape (films,)."""
    groups, group = np.unique(years, return_inverse=True)
    usual = np.empty(groups.size)
    for place, year in enumerate(groups):
        around = votes[np.abs(years - year) <= config.era_years]
        usual[place] = np.sort(around)[-config.era_films :].mean()
    return usual[group]
