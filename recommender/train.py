"""Trains the recommender on the marts of a DuckDB file and writes its tables into the same file."""

from pathlib import Path
from time import perf_counter

import duckdb
import numpy as np

from recommender.base_scores import compute_base_scores, min_content_scores
from recommender.config import Config
from recommender.corpus import read_corpus
from recommender.exposure import limit_exposure
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.structures import Model
from recommender.vectorize import vectorize
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings


def train(database: Path, config: Config, threads: int) -> None:
    """Train on the marts, write schema `recommender`, and print each step with the seconds elapsed.

    Raises:
        FilmotecaError: The file cannot be opened or written, or the marts do not have the training data.
    """
    started = perf_counter()

    def report(message: str) -> None:
        print(f"{perf_counter() - started:6.1f} s  {message}", flush=True)

    with _open_for_writing(database) as connection:
        corpus = read_corpus(connection, config)
        report(f"read {corpus.movie_ids.size:,} films")
        vectors = vectorize(corpus, config)
        report(f"computed {vectors.matrix.nnz:,} weights of {vectors.term.size:,} terms")
        min_content = min_content_scores(vectors.matrix, config)
        base = compute_base_scores(corpus, config)
        base = limit_exposure(vectors.matrix, base, min_content, corpus.vote_counts, config.exposure, threads=threads)
        report(f"reduced the priors of {np.count_nonzero(base.exposure_penalties):,} films")
        rows = np.sort(np.argsort(-corpus.vote_counts, kind="stable")[: config.neighbor_films])
        neighbors = nearest_rows(vectors.matrix, base, min_content, config.neighbor_count, rows=rows, threads=threads)
        scope = "" if rows.size == corpus.movie_ids.size else f" of the {rows.size:,} films with the most votes"
        report(f"found {neighbors.row.size:,} neighbors{scope}")
        try:
            write_model(connection, Model(corpus.movie_ids, vectors, base, neighbors), config)
        except duckdb.Error as error:
            raise FilmotecaError(f"Cannot write to {database}: {error}") from error
    report(f"wrote schema recommender of {database}")


def _open_for_writing(database: Path) -> duckdb.DuckDBPyConnection:
    if not database.is_file():
        raise FilmotecaError(f"{database} does not exist; `train` needs a DuckDB file with the marts.")
    try:
        return duckdb.connect(database, config={"memory_limit": f"{Settings.from_environment().build_memory_bytes} B"})
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        if "lock" in message:
            raise FilmotecaError(f"{database} is open in another program; close it and try again.") from error
        raise FilmotecaError(
            f"Cannot open {database} ({message}); `train` needs a DuckDB file with the marts."
        ) from error
