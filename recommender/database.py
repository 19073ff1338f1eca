"""The DuckDB file with the marts: opened, read and written with a sentence for whatever is wrong with it."""

from pathlib import Path

import duckdb

from recommender.config import Config
from recommender.corpus import read_corpus
from recommender.structures import Corpus
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings


def open_for_writing(database: Path) -> duckdb.DuckDBPyConnection:
    """Open an existing file. Raises FilmotecaError if it is missing, no database or open elsewhere."""
    if not database.is_file():
        raise FilmotecaError(f"there is no file {database}; expected: a DuckDB file with the marts")
    try:
        return duckdb.connect(database, config={"memory_limit": f"{Settings.from_environment().build_memory_bytes} B"})
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        if "lock" in message:
            raise FilmotecaError(f"{database} is open in another program; close it and try again") from error
        raise FilmotecaError(
            f"{database} cannot be opened ({message}); expected: a DuckDB file with the marts"
        ) from error


def read_films(connection: duckdb.DuckDBPyConnection, database: Path, config: Config) -> Corpus:
    """Read what `config` needs to know of the films.

    Raises FilmotecaError where the marts are missing or hold no film, or no like although likes have a weight.
    """
    try:
        corpus = read_corpus(connection, config)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise FilmotecaError(
            f"{database} does not hold the marts as expected; run dbt build on it first ({str(error).splitlines()[0]})"
        ) from error
    if corpus.movie_ids.size == 0:
        raise FilmotecaError(f"marts.mart_recommender_movies in {database} is empty; expected: films")
    if config.weights.likes > 0 and corpus.entries["likes"].row.size == 0:
        raise FilmotecaError(
            f"marts.fct_ratings in {database} holds no rating of {config.liked_rating:g} or more to learn from;"
            " expected: ratings.csv or ratings_small.csv, and links.csv, among the raw files, or a training without"
            " ratings"
        )
    return corpus
