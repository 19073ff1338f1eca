"""Reduces the priors of films that would be in too many lists. Pure functions."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from recommender.config import Exposure
from recommender.similarity import nearest_rows
from recommender.structures import BaseScores, Floats, Integers, Neighbors


def limit_exposure(  # noqa: PLR0913 - the last only limits the time
    vectors: csr_matrix,
    base: BaseScores,
    min_content: Floats,
    vote_counts: Integers,
    config: Exposure,
    *,
    threads: int = 1,
) -> BaseScores:
    """Return `base` with lower priors of the films that are in too many lists of the best known films.

    Without it, a few famous films are in a fifth of all lists: they are a little similar to everything.
    """
    if vote_counts.size < config.seed_films:
        return base
    seeds = np.sort(np.argsort(-vote_counts, kind="stable")[: config.seed_films])
    pairs = nearest_rows(vectors, base, min_content, config.candidates, rows=seeds, threads=threads)
    penalties = exposure_penalties(pairs, base.prior_shares, config).astype(np.float32)
    return replace(base, prior_scores=np.maximum(base.prior_scores - penalties, 0), exposure_penalties=penalties)


def exposure_penalties(pairs: Neighbors, prior_shares: Floats, config: Exposure) -> npt.NDArray[np.float64]:
    """Return what to subtract from the prior of each film, shape (films,); 0 for most.

    Each pass counts in how many lists each film is. A penalty grows with the logarithm of that number relative to the
    allowed one, and shrinks again when the film is in fewer lists.

    Args:
        pairs: The best candidates of each seed, more than a list has.
        prior_shares: Shape (films,), as in `BaseScores`.
        config: The allowed share, the list length and the number and size of the steps.
    """
    penalties = np.zeros(prior_shares.size)
    seed_count = np.unique(pairs.row).size
    for number in range(config.passes):
        score = pairs.score - prior_shares[pairs.row] * penalties[pairs.neighbor]
        is_listed = pairs.rank <= config.list_length  # also the rank in the new order, since pairs are grouped by row
        listed = pairs.neighbor[np.lexsort((pairs.neighbor, -score, pairs.row))[is_listed]]
        list_share = np.bincount(listed, minlength=penalties.size) / max(seed_count, 1)
        excess = np.log(np.maximum(list_share / config.max_list_share, 0.1))
        penalties += config.step * excess * (1 if 2 * number < config.passes else 0.5)
        penalties = np.maximum(penalties, 0)
    return penalties
