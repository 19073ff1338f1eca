"""Selects the best films, or films that differ from each other."""

import numpy as np
from scipy.sparse import csr_matrix

from recommender.structures import Floats, Integers
from recommender.taste import RankingOptions

TINY = float(np.finfo(np.float32).tiny)


def select_best(rows: Integers, scores: Floats, count: int) -> Integers:
    """Return the rows with the best scores, best first, ties by row; with ties of the last one, more than `count`."""
    if count < rows.size:
        is_good = scores >= np.partition(scores, rows.size - count)[rows.size - count]
        rows, scores = rows[is_good], scores[is_good]
    return rows[np.lexsort((rows, -scores))]


def diversify(vectors: csr_matrix, squared_norms: Floats, scores: Floats, options: RankingOptions) -> Integers:
    """Return the positions of the chosen films, in order, by maximal marginal relevance (Carbonell & Goldstein, 1998).

    Each step takes the film with the largest (1 - diversity) * relevance - diversity * similarity, where relevance is
    the score divided by the best score and similarity the largest cosine with a film chosen before.
    """
    cosines = (vectors @ vectors.T).toarray() / np.sqrt(np.outer(squared_norms, squared_norms))
    relevance = (1 - options.diversity) * scores / scores.max(initial=TINY)
    similarity = np.zeros(scores.size)
    chosen: list[int] = []
    for _ in range(min(options.limit, scores.size)):
        value = relevance - options.diversity * similarity
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
        similarity = np.maximum(similarity, cosines[chosen[-1]])
    return np.array(chosen, dtype=np.int64)
