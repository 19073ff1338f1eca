"""Why two rows are near: the columns that they share. Pure, and the same on every run."""

import numpy as np
from scipy.sparse import csr_matrix

from recommender.structures import Neighbors, Reasons


def strongest_shared_terms(vectors: csr_matrix, neighbors: Neighbors, pairs_per_row: int, count: int) -> Reasons:
    """For the first `pairs_per_row` neighbours of every row, the `count` terms that add most to the score.

    A term's contribution is the product of the two rows' weights; over all shared terms they add up to the cosine.
    """
    pairs = np.flatnonzero(neighbors.rank <= pairs_per_row)
    shared = vectors[neighbors.row[pairs]].multiply(vectors[neighbors.neighbor[pairs]]).tocsr()
    place = np.repeat(np.arange(pairs.size), np.diff(shared.indptr))
    order = np.lexsort((shared.indices, -shared.data, place))
    rank = np.arange(shared.nnz) - shared.indptr[place] + 1
    kept = order[rank <= count]
    return Reasons(
        pair=pairs[place[kept]], rank=rank[rank <= count], term=shared.indices[kept], contribution=shared.data[kept]
    )
