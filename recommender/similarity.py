"""All-pairs nearest rows. Pure, exact, and the same whatever the number of threads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.sparse import csr_matrix

from recommender.structures import Base, Floats, Integers, Neighbors

ROWS_PER_BLOCK, PAIRS_PER_BLOCK = 128, 32_000_000
"""So many rows are compared with all others at once, fewer where that would be more pairs: of 45,000 rows, half of the
pairs share a term, and a block takes 40 MB; of a million, 100 MB."""


def nearest_rows(  # noqa: PLR0913 - two say only how much to do, and how
    vectors: csr_matrix,
    base: Base,
    least_content: Floats,
    count: int,
    *,
    rows: Integers | None = None,
    threads: int = 1,
) -> Neighbors:
    """For each of `rows`, all if None, the `count` rows of greatest score, fewer where fewer share enough.

    The score of a row for another is their content score, the product of their rows of `vectors`, and what `base` adds.
    A row is near only if the content score is at least `least_content`, of shape (all rows,), of the row that is asked
    for; where that is 0 nothing is near.

    `vectors` is as in Vectors.matrix: columns ascend, so a content score is one float32 sum in one order, equal in both
    directions and on any number of threads.
    """
    asked = np.flatnonzero(least_content > 0) if rows is None else rows[least_content[rows] > 0]
    terms = vectors.T.tocsr()

    def near(block: Integers) -> tuple[Integers, Integers, Floats]:
        return _nearest_of_block(vectors[block] @ terms, block, base, least_content, count)

    with ThreadPoolExecutor(threads) as pool:
        size = max(1, min(ROWS_PER_BLOCK, PAIRS_PER_BLOCK // max(vectors.shape[0], 1)))
        blocks = np.array_split(asked, range(size, asked.size, size))
        found, neighbor, score = (np.concatenate(column) for column in zip(*pool.map(near, blocks), strict=True))
    row = np.repeat(asked, found)
    rank = np.arange(row.size) - np.repeat(np.cumsum(found) - found, found) + 1
    return Neighbors(row, rank, neighbor, np.minimum(score, np.float32(1)))  # rounding may carry a sum past 1


def _nearest_of_block(
    content: csr_matrix, block: Integers, base: Base, least_content: Floats, count: int
) -> tuple[Integers, Integers, Floats]:
    """How many are near to each row of the block, and one after the other's neighbours and scores."""
    found, neighbors, scores = [], [np.empty(0, np.int32)], [np.empty(0, np.float32)]  # the block may be empty
    for place, row in enumerate(block):
        part = slice(content.indptr[place], content.indptr[place + 1])
        shares_enough = content.data[part] >= least_content[row]
        others = content.indices[part][shares_enough]
        score = content.data[part][shares_enough] + base.year_scores[base.group[row], base.group[others]]
        score += base.prior_shares[row] * base.prior_scores[others]
        score[others == row] = 0
        if others.size > count:
            greatest = score >= np.partition(score, others.size - count)[others.size - count]  # ties included
            others, score = others[greatest], score[greatest]
        order = np.lexsort((others, -score))[:count]
        order = order[score[order] > 0]
        found.append(order.size)
        neighbors.append(others[order])
        scores.append(score[order])
    return np.array(found, dtype=np.int64), np.concatenate(neighbors), np.concatenate(scores)
