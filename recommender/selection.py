"""Chooses the best of scored films. Pure functions."""

import numpy as np
from scipy.sparse import csr_matrix

from recommender.structures import Floats, Integers
from recommender.taste import RankingOptions

TINY = float(np.finfo(np.float32).tiny)
MIN_POOL, POOL_FACTOR = 30, 3
"""Diversity reorders the best `POOL_FACTOR` times `limit` films, at least `MIN_POOL`; others are hardly related."""
MAX_DIVERSITY_WEIGHT = 0.6
"""Weight of the difference from other films at diversity 1; the rest is the score, so that films stay related."""


def select_best(rows: Integers, scores: Floats, count: int) -> Integers:
    """Return the rows with the best scores, best first, ties by row; with ties of the last one, more than `count`."""
    if count < rows.size:
        is_good = scores >= np.partition(scores, rows.size - count)[rows.size - count]
        rows, scores = rows[is_good], scores[is_good]
    return rows[np.lexsort((rows, -scores))]


def diversify(vectors: csr_matrix, squared_norms: Floats, scores: Floats, options: RankingOptions) -> Integers:
    """Return the positions of the chosen films, in order, by maximal marginal relevance (Carbonell & Goldstein, 1998).

    Each step takes the film with the largest (1 - weight) * relevance - weight * similarity, where relevance is the
    score relative to the worst and the best, 0 to 1, and similarity the largest cosine with a film chosen before.
    """
    weight = MAX_DIVERSITY_WEIGHT * options.diversity
    cosines = (vectors @ vectors.T).toarray() / np.sqrt(np.outer(squared_norms, squared_norms))
    relevance = (1 - weight) * (scores - scores.min()) / max(np.ptp(scores), TINY)
    similarity = np.zeros(scores.size)
    chosen: list[int] = []
    for _ in range(min(options.limit, scores.size)):
        value = relevance - weight * similarity
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
        similarity = np.maximum(similarity, cosines[chosen[-1]])
    return np.array(chosen, dtype=np.int64)
