"""Reads the training data: texts, names and people of the films, and likes of users."""

from pathlib import Path

import duckdb
import numpy as np

from recommender.config import Config
from recommender.structures import Corpus, Entries, Integers
from warehouse.errors import FilmotecaError

# By field: the list of keys and the list of display names. The cast beyond the limit has no weight, so it is not read.
ENTITY_LISTS = {
    "genre": ("genre_names", "genre_names"),
    "keyword": ("keyword_names", "keyword_names"),
    "cast": ("cast_person_ids[:$cast_limit]", "cast_names[:$cast_limit]"),
    "director": ("director_person_ids", "director_names"),
    "collection": ("[collection_id]", "[collection_name]"),
    "language": ("[original_language_code]", "[original_language_code]"),
    "country": ("country_codes", "country_names"),
}

ENTRIES = Path(__file__).with_name("entries.sql").read_text("utf-8")


def load_query(name: str) -> str:
    """Return the text of `queries/<name>.sql`."""
    return (Path(__file__).parent / "queries" / f"{name}.sql").read_text("utf-8")


def read_corpus(connection: duckdb.DuckDBPyConnection, config: Config) -> Corpus:
    """Read `marts.mart_recommender_movies`, and `marts.fct_ratings` if likes have a weight.

    Raises:
        FilmotecaError: The marts are missing or contain no films, or no likes although likes have a weight.
    """
    try:
        corpus = _read(connection, config)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise FilmotecaError(
            f"The file lacks a mart or a column ({str(error).splitlines()[0]}). Run `dbt build` on it first."
        ) from error
    if corpus.movie_ids.size == 0:
        raise FilmotecaError("marts.mart_recommender_movies is empty. Build the warehouse from raw files with films.")
    if config.weights.likes > 0 and corpus.entries["likes"].row.size == 0:
        raise FilmotecaError(
            f"marts.fct_ratings has no ratings of {config.liked_rating:g} or more to learn from. Add links.csv and"
            " ratings.csv or ratings_small.csv to the raw files, or train without ratings."
        )
    return corpus


def _read(connection: duckdb.DuckDBPyConnection, config: Config) -> Corpus:
    movies = connection.execute(load_query("movies")).fetchnumpy()
    movie_ids = movies["movie_id"]
    entries = {}
    for field, (keys, names) in ENTITY_LISTS.items():
        sql = ENTRIES.format(keys=keys, names=names).replace("$cast_limit", str(config.cast_limit))
        entries[field] = _to_entries(connection.execute(sql), movie_ids)
    if config.weights.likes > 0:
        limits = {"liked_rating": config.liked_rating, "likes_limit": config.likes_limit}
        entries["likes"] = _to_entries(connection.execute(load_query("likes"), limits), movie_ids)
    return Corpus(
        movie_ids=movie_ids,
        texts=movies["text"],
        entries=entries,
        years=movies["release_year"],
        vote_counts=movies["vote_count"],
        vote_means=movies["vote_mean"],
    )


def _to_entries(result: duckdb.DuckDBPyConnection, movie_ids: Integers) -> Entries:
    columns = result.fetchnumpy()
    return Entries(
        row=np.searchsorted(movie_ids, columns["movie_id"]),
        key=columns["key"],
        name=columns["name"],
        list_position=columns["list_position"],
    )
