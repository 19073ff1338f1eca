"""Seconds and peak memory of each stage of the training, of loading what it wrote, and the time of one query.

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
from statistics import median
from time import perf_counter

import duckdb
import numpy as np

from recommender.base import base_scores, least_content, most_voted
from recommender.config import CONTENT
from recommender.corpus import read_corpus
from recommender.index import Index, Steering, Taste
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.structures import Model
from recommender.vectorize import vectorize

KILOBYTES_PER_MEGABYTE = 1024
FILMS_ASKED = 200


@contextmanager
def measured(stage: str) -> Iterator[None]:
    """Print the stage's seconds, and the most memory that the process has held until its end."""
    started = perf_counter()
    yield
    seconds = perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_MEGABYTE
    print(f"{stage:<24}{seconds:>8.2f} s{peak:>10.0f} MB at peak")


def milliseconds(index: Index, movie_id: int) -> float:
    """How long the index takes to recommend for a film."""
    started = perf_counter()
    seed = index.film(movie_id)
    assert seed is not None
    index.recommend(Taste((seed,)), Steering())
    return (perf_counter() - started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recommender", description=__doc__)
    parser.add_argument("--database", type=Path, required=True, metavar="FILE", help="DuckDB file with the marts")
    options = parser.parse_args()
    config, threads = CONTENT, os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(options.database, Path(folder) / "copy.duckdb")
        with duckdb.connect(copy) as connection:
            with measured("read the marts"):
                corpus = read_corpus(connection, config)
            with measured("make vectors"):
                vectors = vectorize(corpus, config)
                base = base_scores(corpus, config)
                least = least_content(vectors.matrix, config)
            with measured("find neighbours"):
                rows = most_voted(corpus.vote_counts, config.neighbor_films)
                neighbors = nearest_rows(vectors.matrix, base, least, config.neighbor_count, rows=rows, threads=threads)
            with measured("write and check tables"):
                write_model(connection, Model(corpus.movie_ids, vectors, base, neighbors), config)
            with measured("load the index"):
                index = Index(connection)
    asked = np.random.default_rng(0).choice(corpus.movie_ids[neighbors.row], FILMS_ASKED)
    print(f"{'one query':<24}{median(milliseconds(index, int(movie_id)) for movie_id in asked):>8.2f} ms at the median")


if __name__ == "__main__":
    main()
