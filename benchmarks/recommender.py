"""Seconds and peak memory of each stage of the training, and what the neighbours cost without the kernel.

Works on a copy of the file: what it trains is thrown away.
"""

import argparse
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from recommender.config import Config
from recommender.corpus import read_corpus
from recommender.explain import strongest_shared_terms
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.structures import Model
from recommender.vectorize import vectorize

KILOBYTES_PER_MEGABYTE = 1024
ROWS_COMPARED = 4_000
ROWS_PER_PRODUCT = 500


@contextmanager
def measured(stage: str) -> Iterator[None]:
    """Print the stage's seconds, and the most memory that the process has held until its end."""
    started = perf_counter()
    yield
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_MEGABYTE
    print(f"{stage:<24}{seconds:>8.2f} s{peak:>10.0f} MB at peak")


def compare(vectors: csr_matrix, count: int, threads: int) -> None:
    """Print the seconds of the same rows by the kernel and by blocks of `X @ X.T`."""
    sample = np.sort(np.random.default_rng(0).choice(vectors.shape[0], ROWS_COMPARED, replace=False))
    transposed = vectors.T.tocsr()
    started = perf_counter()
    sp_matmul_topn(vectors[sample], transposed, top_n=count + 1, n_threads=threads)
    kernel = perf_counter() - started
    started = perf_counter()
    for block in np.array_split(sample, ROWS_COMPARED // ROWS_PER_PRODUCT):
        scores = (vectors[block] @ transposed).toarray()
        np.argpartition(-scores, count, axis=1)[:, : count + 1]
    blocks = perf_counter() - started
    print(f"\ntop {count} of {ROWS_COMPARED:,} films among {vectors.shape[0]:,}")
    print(f"sparse_dot_topn, {threads} threads {kernel:>6.2f} s")
    print(f"blocks of X @ X.T         {blocks:>6.2f} s, {blocks / kernel:.1f} times as long")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recommender", description=__doc__)
    parser.add_argument("--database", type=Path, required=True, metavar="FILE", help="DuckDB file with the marts")
    options = parser.parse_args()
    config, threads = Config(), os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(options.database, Path(folder) / "copy.duckdb")
        with duckdb.connect(copy) as connection:
            with measured("read the mart"):
                corpus = read_corpus(connection)
            with measured("make vectors"):
                vectors = vectorize(corpus, config)
            with measured("find neighbours"):
                neighbors = nearest_rows(vectors.matrix, config.neighbor_count, threads)
            with measured("explain the nearest"):
                reasons = strongest_shared_terms(
                    vectors.matrix, neighbors, config.explained_neighbor_count, config.reason_count
                )
            with measured("write and check tables"):
                write_model(connection, Model(corpus.movie_ids, vectors, neighbors, reasons), config)
    compare(vectors.matrix, config.neighbor_count, threads)


if __name__ == "__main__":
    main()
