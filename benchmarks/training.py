"""One training, stage by stage, in a process of its own: `python -m benchmarks.training DATABASE [--films N]`.

Prints JSON. Works on a copy of the file: what it trains is thrown away. With --films it trains on so many made-up films
instead, looks for the neighbours of some thousand only, and writes nothing.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import duckdb
import msgspec
import numpy as np

from benchmarks.synthetic_corpus import synthetic_corpus
from recommender.base_scores import base_scores, least_content, most_voted
from recommender.config import CONTENT
from recommender.corpus import read_corpus
from recommender.index import RecommenderIndex
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.structures import Corpus, Integers, Model
from recommender.taste import RankingOptions, Taste
from recommender.vectorize import vectorize
from warehouse.errors import run_command

KILOBYTE = 1 if sys.platform == "darwin" else 1024
FILMS_ASKED = 200
NEIGHBORS_OF = 4096
THREADS = os.cpu_count() or 1


class Stage(msgspec.Struct, frozen=True):
    """What a stage took."""

    name: str
    seconds: float
    cpu_seconds: float
    """Of all threads: other programs on the machine disturb it less."""
    peak_bytes: int
    """The most that the process has held until its end."""


class Training(msgspec.Struct):
    """What a training took."""

    films: int = 0
    terms: int = 0
    stages: list[Stage] = []
    neighbors_of: int = 0
    """So many films were compared with all."""
    query_milliseconds: float | None = None
    """One film's recommendations by the index, at the median."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Note what the block takes."""
        started, computed = perf_counter(), process_time()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE
        self.stages.append(Stage(name, perf_counter() - started, process_time() - computed, peak))

    def cpu_seconds(self, name: str) -> float:
        """Of a stage."""
        return next(stage.cpu_seconds for stage in self.stages if stage.name == name)


READ, VECTORS, NEIGHBORS, TABLES, LOAD = (
    *("read the marts", "make vectors", "find neighbours"),
    *("write and check tables", "load the index"),
)


def main(arguments: Sequence[str]) -> int:
    """Train, and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training", description=__doc__)
    parser.add_argument("database", type=Path, metavar="DATABASE", help="DuckDB file with the marts")
    parser.add_argument("--films", type=int, metavar="N", help="made-up films (default: the real ones)")
    options = parser.parse_args(arguments)
    training = _made_up(options.database, options.films) if options.films else _real(options.database)
    print(msgspec.json.encode(training).decode("utf-8"))
    return 0


def _real(database: Path) -> Training:
    training = Training()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(database, Path(folder) / "copy.duckdb")
        with duckdb.connect(copy) as connection:
            with training.stage(READ):
                corpus = read_corpus(connection, CONTENT)
            model = _train(training, corpus, most_voted(corpus.vote_counts, CONTENT.neighbor_films))
            with training.stage(TABLES):
                write_model(connection, model, CONTENT)
            with training.stage(LOAD):
                index = RecommenderIndex(connection)
    asked = np.random.default_rng(0).choice(corpus.movie_ids[model.neighbors.row], FILMS_ASKED)
    training.query_milliseconds = median(_milliseconds(index, int(movie_id)) for movie_id in asked)
    return training


def _made_up(database: Path, films: int) -> Training:
    training = Training()
    with duckdb.connect(str(database), read_only=True) as connection:
        real = read_corpus(connection, CONTENT)
    some = np.linspace(0, films - 1, min(NEIGHBORS_OF, films)).astype(np.int64)
    _train(training, synthetic_corpus(real, films), some)
    return training


def _train(training: Training, corpus: Corpus, rows: Integers) -> Model:
    """All stages in memory; neighbours of the films in these rows."""
    with training.stage(VECTORS):
        vectors = vectorize(corpus, CONTENT)
        base = base_scores(corpus, CONTENT)
        least = least_content(vectors.matrix, CONTENT)
    training.films, training.terms = vectors.matrix.shape
    training.neighbors_of = rows.size
    with training.stage(NEIGHBORS):
        neighbors = nearest_rows(vectors.matrix, base, least, CONTENT.neighbor_count, rows=rows, threads=THREADS)
    return Model(corpus.movie_ids, vectors, base, neighbors)


def _milliseconds(index: RecommenderIndex, movie_id: int) -> float:
    """How long the index takes to recommend for a film."""
    started = perf_counter()
    seed = index.seed_from_film(movie_id)
    assert seed is not None
    index.recommend(Taste((seed,)), RankingOptions())
    return (perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(run_command(main))
