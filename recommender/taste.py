"""Tastes, ranking options and recommendations: what goes into the recommender index and what comes out."""

from dataclasses import dataclass

import numpy as np

from recommender.description import Description
from recommender.structures import Floats, Integers

DISLIKE_WEIGHT = 0.5
"""Share of a disliked film's content score that is subtracted; below 1 because parts of the film may have been good."""


UNDESCRIBED_SHARE = 0.1
"""Share of its score that a film similar to the liked ones keeps if it does not match the description."""
DESCRIBED_SHARE = 0.2
"""Share of the score for a description that does not depend on how well known a film is."""


NOVELTY_WEIGHT = 0.5
"""Score that novelty 1 subtracts from well-known films, and from those that nobody knows; more than a saga adds."""
NOVEL_PRIOR_SHARES = (0.45, 0.75)
"""Prior shares of the films that novelty prefers, those with about 20 to 180 votes."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A film, person or genre that recommendations start from."""

    term_ids: Integers
    """Columns of the film vectors, ascending; empty if no term is known."""
    weights: Floats
    """Weight of each term. A film's content score is the dot product of its vector and these weights."""
    min_content_score: float
    """Content score below which a film is not recommended."""
    prior_share: float
    """Share of a film's prior that counts, 0 to 1."""
    year: int | None = None
    """Release year; None if the seed has none, so that years add nothing to a score."""


@dataclass(frozen=True, slots=True)
class Taste:
    """Liked and disliked seeds, and a description of what is wanted; at least one seed is liked or something described.

    Content scores are added over the liked seeds, while year scores and priors are averaged, so that the more seeds a
    film is like, the less it matters how well known it is. All is divided by the square root of the number of seeds,
    which keeps scores comparable. `DISLIKE_WEIGHT` times the content scores of the disliked seeds is subtracted.

    A description multiplies the score: a film that does not match it keeps `UNDESCRIBED_SHARE`. Without liked seeds,
    the score is the match, of which `DESCRIBED_SHARE` counts for all films and the rest in proportion to the mean of
    the prior and the film's fame.
    """

    liked: tuple[Seed, ...] = ()
    disliked: tuple[Seed, ...] = ()
    description: Description | None = None


@dataclass(frozen=True, slots=True)
class RankingOptions:
    """How to choose among the films that match a taste."""

    limit: int = 10
    """Maximum number of films."""
    diversity: float = 0.0
    """0 ranks by score alone; the closer to 1, the less similar the films are to each other."""
    novelty: float = 0.0
    """How much little-known films are preferred, 0 to 1: the share of the priors that is ignored, and the share of
    `NOVELTY_WEIGHT` that is subtracted from others."""
    one_per_collection: bool = False
    """Whether to recommend only the best film of each collection."""


@dataclass(frozen=True, slots=True)
class ScoredMovie:
    """A film and its score, which is the sum of the three other scores."""

    movie_id: int
    score: float
    content_score: float
    year_score: float
    prior_score: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a shared term adds to a content score; negative if disliked films outweigh the liked ones."""

    field: str
    key: str
    term: str
    contribution: float


def combine_seeds(taste: Taste) -> tuple[Integers, Floats]:
    """Return the term ids of a taste, ascending, and their combined weights."""
    if not taste.liked and not taste.disliked:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
    parts = [(seed, len(taste.liked) ** -0.5) for seed in taste.liked]
    parts += [(seed, -DISLIKE_WEIGHT * len(taste.disliked) ** -0.5) for seed in taste.disliked]
    term_ids, positions = np.unique(np.concatenate([seed.term_ids for seed, _ in parts]), return_inverse=True)
    weights = np.concatenate([seed.weights * np.float32(share) for seed, share in parts])
    return term_ids, np.bincount(positions, weights, term_ids.size).astype(np.float32)
