"""Train the recommender on the marts of a DuckDB file, and write its tables into the same file."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import duckdb

from recommender.base import base_scores, least_content
from recommender.config import Config
from recommender.corpus import read_corpus
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.structures import Corpus, Model
from recommender.vectorize import vectorize
from warehouse.errors import FilmotecaError, run_command

# Held for every film at once: a thousand take 1 GB with 45,000 films.
MAX_NEIGHBORS = 1000


def train(database: Path, config: Config, threads: int) -> None:
    """Read the mart, write schema `recommender`, and print each step with the seconds since the start.

    Raises FilmotecaError if the file is missing, no database, open elsewhere, or without films.
    """
    started = perf_counter()

    def report(done: str) -> None:
        print(f"{perf_counter() - started:6.1f} s  {done}", flush=True)

    with _open(database) as connection:
        corpus = _read(connection, database)
        report(f"read {corpus.movie_ids.size:,} films")
        vectors = vectorize(corpus, config)
        report(f"weighed {vectors.term.size:,} terms, {vectors.matrix.nnz:,} times in a film")
        base = base_scores(corpus, config)
        least = least_content(vectors.matrix, config)
        neighbors = nearest_rows(vectors.matrix, base, least, config.neighbor_count, threads=threads)
        report(f"found {neighbors.row.size:,} pairs of near films")
        try:
            write_model(connection, Model(corpus.movie_ids, vectors, base, neighbors), config)
        except duckdb.Error as error:
            raise FilmotecaError(f"{database} cannot be written ({error})") from error
    report(f"wrote schema recommender of {database}")


def main(arguments: Sequence[str]) -> int:
    """The command; returns its exit status."""
    defaults = Config()
    parser = argparse.ArgumentParser(prog="python -m recommender.train", description=__doc__)
    parser.add_argument("--database", type=Path, required=True, metavar="FILE", help="DuckDB file with the marts")
    parser.add_argument(
        "--neighbors",
        type=_neighbor_count,
        default=defaults.neighbor_count,
        metavar="N",
        help="films kept per film (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    config = replace(defaults, neighbor_count=options.neighbors)
    train(options.database, config, threads=os.cpu_count() or 1)
    return 0


def _neighbor_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_NEIGHBORS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {MAX_NEIGHBORS}")
    return int(text)


def _open(database: Path) -> duckdb.DuckDBPyConnection:
    if not database.is_file():
        raise FilmotecaError(f"there is no file {database}; expected: a DuckDB file with the marts")
    try:
        return duckdb.connect(database)
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        if "lock" in message:
            raise FilmotecaError(f"{database} is open in another program; close it and try again") from error
        raise FilmotecaError(
            f"{database} cannot be opened ({message}); expected: a DuckDB file with the marts"
        ) from error


def _read(connection: duckdb.DuckDBPyConnection, database: Path) -> Corpus:
    try:
        corpus = read_corpus(connection)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise FilmotecaError(
            f"{database} does not hold marts.mart_recommender_movies as expected; run dbt build on it first"
            f" ({str(error).splitlines()[0]})"
        ) from error
    if corpus.movie_ids.size == 0:
        raise FilmotecaError(f"marts.mart_recommender_movies in {database} is empty; expected: films")
    return corpus


if __name__ == "__main__":
    sys.exit(run_command(main))
