"""Exact nearest neighbors of all rows. The result does not depend on the number of threads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.sparse import csr_matrix

from recommender.structures import BaseScores, Floats, Integers, Neighbors

ROWS_PER_BLOCK, PAIRS_PER_BLOCK = 128, 32_000_000
"""Maximum size of the blocks that are compared with all rows at once. About half of all pairs share a term: a block
takes 40 MB with 45,000 films and 100 MB with a million."""


def nearest_rows(  # noqa: PLR0913 - the last two only limit the work
    vectors: csr_matrix,
    base: BaseScores,
    min_content: Floats,
    count: int,
    *,
    rows: Integers | None = None,
    threads: int = 1,
) -> Neighbors:
    """Return the `count` rows with the highest scores for each row, ties by row.

    The score of a neighbor is its content score, the dot product of both rows of `vectors`, plus its `base` scores.

    Args:
        vectors: As in `Vectors.matrix`. Columns ascend, so every content score is one float32 sum in a fixed order,
            equal in both directions.
        base: Year scores and priors.
        min_content: Content score required of the neighbors of each row, shape (all rows,); rows with 0 get none.
        count: Maximum number of neighbors per row.
        rows: The rows to find neighbors of; all if None.
        threads: Number of threads.
    """
    queries = np.flatnonzero(min_content > 0) if rows is None else rows[min_content[rows] > 0]
    transposed = vectors.T.tocsr()

    def find(block: Integers) -> tuple[Integers, Integers, Floats]:
        return _nearest_of_block(vectors[block] @ transposed, block, base, min_content, count)

    with ThreadPoolExecutor(threads) as pool:
        size = max(1, min(ROWS_PER_BLOCK, PAIRS_PER_BLOCK // max(vectors.shape[0], 1)))
        blocks = np.array_split(queries, range(size, queries.size, size))
        counts, neighbor, score = (np.concatenate(column) for column in zip(*pool.map(find, blocks), strict=True))
    row = np.repeat(queries, counts)
    rank = np.arange(row.size) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    return Neighbors(row, rank, neighbor, np.minimum(score, np.float32(1)))  # rounding can push a sum above 1


def _nearest_of_block(
    content: csr_matrix, block: Integers, base: BaseScores, min_content: Floats, count: int
) -> tuple[Integers, Integers, Floats]:
    """Return the number of neighbors of each row of the block, and the concatenated neighbors and scores."""
    counts, neighbors, scores = [], [np.empty(0, np.int32)], [np.empty(0, np.float32)]  # the block may be empty
    for position, row in enumerate(block):
        entries = slice(content.indptr[position], content.indptr[position + 1])
        is_eligible = content.data[entries] >= min_content[row]
        others = content.indices[entries][is_eligible]
        year_scores = base.year_scores[base.year_of_film[row], base.year_of_film[others]]
        score = content.data[entries][is_eligible] + year_scores
        score += base.prior_shares[row] * base.prior_scores[others]
        score[others == row] = 0
        if others.size > count:
            best = score >= np.partition(score, others.size - count)[others.size - count]  # including ties
            others, score = others[best], score[best]
        order = np.lexsort((others, -score))[:count]
        order = order[score[order] > 0]
        counts.append(order.size)
        neighbors.append(others[order])
        scores.append(score[order])
    return np.array(counts, dtype=np.int64), np.concatenate(neighbors), np.concatenate(scores)
