"""Train the recommender on the marts of a DuckDB file, and write its tables into the same file."""

from pathlib import Path
from time import perf_counter

import duckdb

from recommender.base_scores import base_scores, least_content, most_voted
from recommender.config import Config
from recommender.database import open_for_writing, read_films
from recommender.similarity import nearest_rows
from recommender.store import write_model
from recommender.structures import Model
from recommender.vectorize import vectorize
from warehouse.errors import FilmotecaError


def train(database: Path, config: Config, threads: int) -> None:
    """Read the marts, write schema `recommender`, and print each step with the seconds since the start.

    Raises FilmotecaError if the file is missing, no database, open elsewhere, or without films; or without ratings if
    they are to count.
    """
    started = perf_counter()

    def report(done: str) -> None:
        print(f"{perf_counter() - started:6.1f} s  {done}", flush=True)

    with open_for_writing(database) as connection:
        corpus = read_films(connection, database, config)
        report(f"read {corpus.movie_ids.size:,} films")
        vectors = vectorize(corpus, config)
        report(f"weighed {vectors.term.size:,} terms, {vectors.matrix.nnz:,} times in a film")
        base = base_scores(corpus, config)
        least = least_content(vectors.matrix, config)
        rows = most_voted(corpus.vote_counts, config.neighbor_films)
        neighbors = nearest_rows(vectors.matrix, base, least, config.neighbor_count, rows=rows, threads=threads)
        of = "" if rows.size == corpus.movie_ids.size else f" of the {rows.size:,} films with the most votes"
        report(f"found {neighbors.row.size:,} pairs of near films{of}")
        try:
            write_model(connection, Model(corpus.movie_ids, vectors, base, neighbors), config)
        except duckdb.Error as error:
            raise FilmotecaError(f"{database} cannot be written ({error})") from error
    report(f"wrote schema recommender of {database}")
