"""All-pairs nearest rows of a sparse matrix. Pure, exact, and the same whatever the number of threads."""

import math

import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from recommender.structures import Floats, Integers, Neighbors

# Candidates held at once, about 40 bytes each while they are sorted.
CANDIDATES_PER_BLOCK = 4_000_000


def nearest_rows(vectors: csr_matrix, count: int, threads: int = 1) -> Neighbors:
    """For every row of `vectors` the `count` rows of greatest cosine, fewer where fewer share a term.

    `vectors` is as in Vectors.matrix: columns ascend, so a score is one float32 sum in one order, equal in
    both directions and on any number of threads.

    The kernel keeps ties as it meets them. So a row is asked for one place beyond its last, and, while the
    two scores are equal, again for twice as many: only then is all that ties for the last place known.
    """
    size = vectors.shape[0]
    transposed = vectors.T.tocsr()
    neighbor = np.zeros((size, count), dtype=np.int32)
    score = np.zeros((size, count), dtype=np.float32)
    rows = np.arange(size)
    width = count + 2  # the row itself, and one place beyond the last
    while rows.size:
        undecided = []
        for block in np.array_split(rows, math.ceil(rows.size * width / CANDIDATES_PER_BLOCK)):
            product = sp_matmul_topn(vectors[block], transposed, top_n=width, threshold=0.0, n_threads=threads)
            candidates, scores, limit = _rank(block, product, width)
            neighbor[block] = candidates[:, :count]
            score[block] = scores[:, :count]
            undecided.append(block[(limit > 0) & (limit == scores[:, count - 1])])
        rows = np.concatenate(undecided)
        width *= 2
    row, place = np.nonzero(score)
    return Neighbors(row=row, rank=place + 1, neighbor=neighbor[row, place], score=score[row, place])


def _rank(rows: Integers, product: csr_matrix, width: int) -> tuple[Integers, Floats, Floats]:
    """Order the candidates of each row by score descending, then index; both arrays have shape (rows, width).

    Scores of the row itself, and of places that no candidate fills, are 0. Third, of shape (rows,): the
    greatest score that a row left out may have, 0 where none was left out.
    """
    found = np.diff(product.indptr)
    filled = np.arange(width) < found[:, np.newaxis]
    candidates = np.zeros(filled.shape, dtype=np.int32)
    candidates[filled] = product.indices
    scores = np.zeros(filled.shape, dtype=np.float32)
    scores[filled] = np.minimum(product.data, np.float32(1))  # rounding may carry a sum past 1
    limit = np.where(found == width, scores.min(axis=1), np.float32(0))
    scores[candidates == rows[:, np.newaxis]] = 0
    order = np.lexsort((candidates, -scores), axis=1)
    return np.take_along_axis(candidates, order, axis=1), np.take_along_axis(scores, order, axis=1), limit
