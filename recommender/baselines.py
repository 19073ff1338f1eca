"""The recommenders that are compared. Their lists have shape (queries, LIST_LENGTH) and are padded with -1."""

from collections.abc import Iterable
from dataclasses import replace

import duckdb
import numpy as np

from recommender.base_scores import compute_base_scores, min_content_scores
from recommender.config import Config, FieldWeights, Prior, Years
from recommender.corpus import load_query
from recommender.exposure import limit_exposure
from recommender.protocol import LIST_LENGTH, EvaluationSet
from recommender.similarity import nearest_rows
from recommender.structures import Corpus, Entries, Integers
from recommender.vectorize import vectorize

ERA_YEARS = 5
"""Maximum difference in years between a query and the most popular films of its era."""
NO_WEIGHTS = FieldWeights(**dict.fromkeys(FieldWeights.__slots__, 0.0))
OVERVIEWS_ONLY = Config(
    weights=replace(NO_WEIGHTS, text=1.0), years=Years(weight=0), prior=Prior(weight=0), least_content=1e-6
)
"""Cosine similarity of the TF-IDF vectors of overviews, the most common approach for this data set."""
LIKES_ONLY = replace(OVERVIEWS_ONLY, weights=replace(NO_WEIGHTS, likes=1.0))
"""Item-based collaborative filtering: shrunk cosine similarity of the users who like a film."""


def list_without_content(data: EvaluationSet, corpus: Corpus) -> dict[str, Integers]:
    """Return the lists of the recommenders that do not use content, by name."""
    films, queries = data.movie_ids.size, data.queries
    random = np.random.default_rng(1)
    most_votes = np.argsort(data.popularity_rank)
    years = corpus.years[most_votes]
    votes, means = corpus.vote_counts, corpus.vote_means
    # IMDb's weighted rating, v / (v + m) * R + m / (v + m) * C: v and R are the vote count and mean of a film, C is the
    # mean of all R, and m the 90th percentile of v.
    minimum = max(np.quantile(votes, 0.9), 1)
    rating = (votes * means + minimum * means[votes > 0].mean()) / (votes + minimum) if votes.any() else means
    best_rated = np.lexsort((data.popularity_rank, -rating))
    ranked: dict[str, Iterable[Integers]] = {
        "random films": (random.choice(films, min(films, LIST_LENGTH + 1), replace=False) for _ in queries),
        "most popular films": (most_votes for _ in queries),
        "best rated films (IMDb's formula)": (best_rated for _ in queries),
        "most popular films of the era": (
            most_votes[np.abs(years - corpus.years[query]) <= ERA_YEARS] for query in queries
        ),
    }
    lists = {name: np.full((queries.size, LIST_LENGTH), -1) for name in ranked}
    for name, rankings in ranked.items():
        for found, query, ranking in zip(lists[name], queries, rankings, strict=True):
            best = ranking[ranking != query][:LIST_LENGTH]
            found[: best.size] = best
    return lists


def list_overviews_only(
    data: EvaluationSet, corpus: Corpus, connection: duckdb.DuckDBPyConnection, threads: int
) -> Integers:
    """Return the films with the most similar overviews."""
    overviews = connection.execute(load_query("overviews")).fetchnumpy()["overview"]
    return list_nearest(data, replace(corpus, texts=overviews), OVERVIEWS_ONLY, threads)


def list_stored(data: EvaluationSet, connection: duckdb.DuckDBPyConnection) -> Integers:
    """Return the neighbors stored in the warehouse."""
    columns = connection.execute(load_query("stored_neighbors"), {"list_length": LIST_LENGTH}).fetchnumpy()
    row, neighbor = (np.searchsorted(data.movie_ids, columns[name]) for name in ("movie_id", "neighbor_movie_id"))
    is_query = np.isin(row, data.queries)
    return _fill(data, row[is_query], columns["neighbor_rank"][is_query], neighbor[is_query])


def list_nearest(data: EvaluationSet, corpus: Corpus, config: Config, threads: int) -> Integers:
    """Return the neighbors of a model trained with `config`."""
    vectors = vectorize(corpus, config).matrix
    base, min_content = compute_base_scores(corpus, config), min_content_scores(vectors, config)
    if config.prior.weight > 0:
        base = limit_exposure(vectors, base, min_content, corpus.vote_counts, config.exposure, threads=threads)
    found = nearest_rows(vectors, base, min_content, LIST_LENGTH, rows=data.queries, threads=threads)
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
