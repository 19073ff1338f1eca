"""The recommenders that are compared. Each returns a list per query, shape (queries, LIST_LENGTH), padded with -1."""

from collections.abc import Iterable
from dataclasses import replace

import duckdb
import numpy as np

from recommender.base_scores import compute_base_scores, min_content_scores
from recommender.config import Config, FieldWeights, Prior, Years
from recommender.protocol import LIST_LENGTH, EvaluationSet
from recommender.queries import load_query
from recommender.similarity import nearest_rows
from recommender.structures import Corpus, Entries, Integers, Vectors
from recommender.vectorize import vectorize

ERA_YEARS = 5

NO_WEIGHTS = FieldWeights(**dict.fromkeys(FieldWeights.__slots__, 0.0))
OVERVIEWS_ONLY = Config(
    weights=replace(NO_WEIGHTS, text=1.0), years=Years(weight=0), prior=Prior(weight=0), least_content=1e-6
)
"""Cosine similarity of the TF-IDF vectors of overviews, the most common approach for this data set."""
LIKES_ONLY = replace(OVERVIEWS_ONLY, weights=replace(NO_WEIGHTS, likes=1.0))
"""Item-based collaborative filtering: shrunk cosine similarity of the users who like a film."""


def random_films(data: EvaluationSet) -> Integers:
    """Return random films, different ones for each query."""
    random, films = np.random.default_rng(1), data.movie_ids.size
    return _to_lists(data, (random.choice(films, min(films, LIST_LENGTH + 1), replace=False) for _ in data.queries))


def most_popular(data: EvaluationSet) -> Integers:
    """Return the films with the most votes."""
    return _to_lists(data, (np.argsort(data.popularity_rank) for _ in data.queries))


def most_popular_of_era(data: EvaluationSet, corpus: Corpus) -> Integers:
    """Return the films with the most votes that were released within `ERA_YEARS` of the query."""
    films = np.argsort(data.popularity_rank)
    years = corpus.years[films]
    return _to_lists(data, (films[np.abs(years - corpus.years[query]) <= ERA_YEARS] for query in data.queries))


def best_rated(data: EvaluationSet, corpus: Corpus) -> Integers:
    """Return the films with the highest weighted rating of IMDb, v / (v + m) * R + m / (v + m) * C.

    v and R are the vote count and mean of a film, C is the mean of all R, and m the 90th percentile of v.
    """
    votes, means = corpus.vote_counts, corpus.vote_means
    minimum = max(np.quantile(votes, 0.9), 1)
    rating = (votes * means + minimum * means[votes > 0].mean()) / (votes + minimum) if votes.any() else means
    films = np.lexsort((data.popularity_rank, -rating))
    return _to_lists(data, (films for _ in data.queries))


def overviews_only(
    data: EvaluationSet, corpus: Corpus, connection: duckdb.DuckDBPyConnection, threads: int
) -> Integers:
    """Return the films with the most similar overviews."""
    overviews = connection.execute(load_query("overviews")).fetchnumpy()["overview"]
    return trained_model(data, replace(corpus, texts=overviews), OVERVIEWS_ONLY, threads)


def stored_model(data: EvaluationSet, connection: duckdb.DuckDBPyConnection) -> Integers:
    """Return the neighbors stored in the warehouse."""
    columns = connection.execute(load_query("stored_neighbors"), {"list_length": LIST_LENGTH}).fetchnumpy()
    row, neighbor = (np.searchsorted(data.movie_ids, columns[name]) for name in ("movie_id", "neighbor_movie_id"))
    is_query = np.isin(row, data.queries)
    return _fill(data, row[is_query], columns["neighbor_rank"][is_query], neighbor[is_query])


def trained_model(data: EvaluationSet, corpus: Corpus, config: Config, threads: int) -> Integers:
    """Return the neighbors of a model trained with `config`."""
    return nearest_films(data, corpus, vectorize(corpus, config), config, threads)


def nearest_films(data: EvaluationSet, corpus: Corpus, vectors: Vectors, config: Config, threads: int) -> Integers:
    """Return the neighbors by `vectors`, which are scaled as `config` says."""
    base, min_content = compute_base_scores(corpus, config), min_content_scores(vectors.matrix, config)
    found = nearest_rows(vectors.matrix, base, min_content, LIST_LENGTH, rows=data.queries, threads=threads)
    return _fill(data, found.row, found.rank, found.neighbor)


def without_likes_of(corpus: Corpus, user_ids: Integers) -> Corpus:
    """Return the corpus without the likes of these users, to train a model that is evaluated on them."""
    likes = corpus.entries["likes"]
    others = ~np.isin(likes.key, user_ids)
    remaining = Entries(likes.row[others], likes.key[others], likes.name[others], likes.list_position[others])
    return replace(corpus, entries={**corpus.entries, "likes": remaining})


def _fill(data: EvaluationSet, row: Integers, rank: Integers, neighbor: Integers) -> Integers:
    lists = np.full((data.queries.size, LIST_LENGTH), -1)
    lists[np.searchsorted(data.queries, row), rank - 1] = neighbor
    return lists


def _to_lists(data: EvaluationSet, films: Iterable[Integers]) -> Integers:
    """Return the first films of each query's ranking, without the query itself."""
    lists = np.full((data.queries.size, LIST_LENGTH), -1)
    for position, (query, ranked) in enumerate(zip(data.queries, films, strict=True)):
        best = ranked[ranked != query][:LIST_LENGTH]
        lists[position, : best.size] = best
    return lists
