"""Train the recommender on the marts of a DuckDB file, and write its tables into the same file."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import duckdb

from recommender.config import Config
from recommender.corpus import read_corpus
from recommender.errors import RecommenderError
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.vectorize import vectorize


def train(database: Path, config: Config, threads: int) -> None:
    """Read the mart, write the tables of schema `recommender`, and print each step with its seconds."""
    started = perf_counter()

    def report(line: str) -> None:
        print(f"{perf_counter() - started:6.1f} s  {line}", flush=True)

    with _open(database) as connection:
        try:
            corpus = read_corpus(connection)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise RecommenderError(
                f"{database} does not hold marts.mart_recommender_movies as it should be: run dbt build on it first."
                f" DuckDB says: {str(error).splitlines()[0]}"
            ) from error
        if not corpus.movie_ids.size:
            raise RecommenderError(
                f"marts.mart_recommender_movies in {database} has no rows: build it from raw files that hold films."
            )
        report(f"read {corpus.movie_ids.size:,} films")
        vectors = vectorize(corpus, config)
        report(f"made vectors of {vectors.term.size:,} terms, {vectors.matrix.nnz:,} weights")
        neighbors = nearest_rows(vectors.matrix, config.neighbor_count, threads)
        report(f"found {neighbors.row.size:,} neighbours")
        write_model(connection, corpus.movie_ids, vectors, neighbors, config)
    report(f"wrote schema recommender of {database}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m recommender.train", description=__doc__)
    parser.add_argument("--database", type=Path, required=True, metavar="FILE", help="DuckDB file with the marts")
    parser.add_argument(
        "--neighbors", type=_positive, default=Config().neighbor_count, metavar="N", help="kept per film (%(default)s)"
    )
    options = parser.parse_args(arguments)
    try:
        train(options.database, replace(Config(), neighbor_count=options.neighbors), os.cpu_count() or 1)
    except RecommenderError as error:
        print(f"recommender: {error}", file=sys.stderr)
        return 1
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return int(text)


def _open(database: Path) -> duckdb.DuckDBPyConnection:
    if not database.is_file():
        raise RecommenderError(f"There is no file {database}: build the marts first, then train on their file.")
    try:
        return duckdb.connect(database)
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise RecommenderError(f"{database} is open in another process: close it there, then train again.") from error
        raise RecommenderError(f"{database} is not a DuckDB file that can be written: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
