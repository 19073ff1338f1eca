"""The parts of the films' scores, and how a description changes them. Pure functions."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.structures import Floats
from recommender.taste import DESCRIBED_SHARE, UNDESCRIBED_SHARE, Taste


@dataclass(frozen=True, slots=True)
class Scores:
    """The parts of every film's score, each float32 (films,), and whether the film may be recommended."""

    content: Floats
    year: Floats
    prior: Floats
    is_eligible: npt.NDArray[np.bool_]
    by_seed: npt.NDArray[np.float32]
    """Shape (liked seeds, films): the total for each seed alone; -inf for films that share too little with it."""

    @property
    def total(self) -> Floats:
        return self.content + self.year + self.prior


def apply_description(scores: Scores, taste: Taste, novelty: float, relative_priors: Floats) -> Scores:
    """Return the scores for a taste with a description.

    Args:
        scores: The scores for the seeds of the taste.
        taste: The taste.
        novelty: As in the ranking options.
        relative_priors: The prior of each film as a share of the largest one, shape (films,).
    """
    if taste.description is None:
        return scores
    match = taste.description.matches()
    is_allowed = ~taste.description.is_excluded(relative_priors.size)
    if taste.liked:
        share = np.float32(UNDESCRIBED_SHARE)
        prior = np.maximum(scores.prior, 0)  # a description decides more than novelty
        positive = np.maximum(scores.content + scores.year + prior, 0)
        return Scores(
            content=share * scores.content + (1 - share) * match * positive,
            year=share * scores.year,
            prior=share * prior,
            is_eligible=scores.is_eligible & is_allowed,
            by_seed=scores.by_seed,
        )
    prior_share = np.float32((1 - DESCRIBED_SHARE) * (1 - novelty))
    return Scores(
        content=scores.content + np.float32(DESCRIBED_SHARE) * match,
        year=scores.year,
        prior=np.asarray(prior_share * match * (relative_priors + taste.description.fame) / 2, dtype=np.float32),
        is_eligible=(match > 0) & is_allowed,
        by_seed=scores.by_seed,
    )
