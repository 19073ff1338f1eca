"""The offline evaluation protocol: which films do users like together?

Ten likes ("seeds") are sampled from each MovieLens user with at least ten. A recommendation for one seed is relevant if
the same user likes it. The protocol measures whether a recommender knows which films belong together; the rest of the
user's taste is unknown to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
import numpy as np
from scipy.sparse import csr_matrix, hstack

from recommender.corpus import load_query
from recommender.structures import Corpus, Integers

LIST_LENGTH = 10
SEEDS_PER_USER = 10
RESAMPLES = 2_000
RELATED_FIELDS = ("keyword", "cast", "director", "collection")
"""Two films are related if they share a term of these fields or at least half of their genres."""
COLLECTION_SIZES = (3, 10)
"""Minimum and maximum size of the collections that `Metrics.collection_recall` is averaged over."""
LIMITS = {"liked_rating": 4.0, "least_votes": 50, "least_likes": 10, "most_users": 5_000}
"""Minimum rating of a like, minimum TMDB votes of a liked film, minimum likes per user, and maximum number of users,
those with the lowest ids. MovieLens assigns ids at random."""


@dataclass(frozen=True)
class EvaluationSet:
    """The users with their likes, and the films that can be recommended. Films are rows, ordered by movie_id."""

    movie_ids: Integers
    """Shape (films,)."""
    popularity_rank: Integers
    """Shape (films,), 1 for the film with the most votes."""
    collection: Integers
    """Shape (films,): collection of each film, -1 for none."""
    entities: csr_matrix
    """Shape (films, entities): 1 for each entity of `RELATED_FIELDS` that the film has."""
    genres: csr_matrix
    """Shape (films, genres)."""
    user_ids: Integers
    """Shape (users,), ascending."""
    likes: Sequence[Integers]
    """Rows of the films that each user likes, ascending."""
    seeds: Integers
    """Shape (users, SEEDS_PER_USER): rows of the sampled likes."""

    @cached_property
    def queries(self) -> Integers:
        """The distinct seeds, ascending."""
        return np.unique(self.seeds)

    @cached_property
    def halves(self) -> tuple[Integers, Integers]:
        """Two random halves of the users, for cross-validation."""
        shuffled = np.random.default_rng(7).permutation(len(self.likes))
        middle = len(self.likes) // 2
        return np.sort(shuffled[:middle]), np.sort(shuffled[middle:])

    def lists_by_seed(self, lists: Integers) -> Integers:
        """Return `lists`, of shape (queries, LIST_LENGTH), for each seed: shape (users, seeds, LIST_LENGTH)."""
        by_seed: Integers = lists[np.searchsorted(self.queries, self.seeds)]
        return by_seed


@dataclass(frozen=True, slots=True)
class Metrics:
    """Quality of the recommendations; nan if there are no recommendations."""

    ndcg: float
    """nDCG@10 with a gain of 1 per relevant film, averaged over the seeds of each user and then over the users."""
    ndcg_low: float
    ndcg_high: float
    """The 95 % bootstrap confidence interval of `ndcg`, resampling users."""
    hit_rate: float
    """Share of lists with at least one relevant film."""
    catalog_coverage: int
    """Number of different films in all lists."""
    top_film_share: float
    """Share of the lists that contain the most recommended film."""
    median_popularity_rank: float
    """Median popularity rank of all recommended films."""
    unrelated_share: float
    """Share of the recommended films that are not related to the seed, as defined by `RELATED_FIELDS`."""
    collection_recall: float
    """Share of the seed's collection that the list contains, over seeds in collections of `COLLECTION_SIZES`."""


def read_evaluation_set(connection: duckdb.DuckDBPyConnection, corpus: Corpus) -> EvaluationSet:
    """Read the likes of users and sample the seeds; the same file gives the same set."""
    films = connection.execute(load_query("evaluation_films")).fetchnumpy()
    likes = connection.execute(load_query("evaluation_likes"), LIMITS).fetchnumpy()
    user_ids, first = np.unique(likes["user_id"], return_index=True)
    rows = np.searchsorted(corpus.movie_ids, likes["movie_id"])
    likes_by_user = np.split(rows, first[1:]) if user_ids.size else []
    return EvaluationSet(
        movie_ids=corpus.movie_ids,
        popularity_rank=films["popularity_rank"],
        collection=films["collection"],
        entities=hstack([_incidence(corpus, field) for field in RELATED_FIELDS], format="csr"),
        genres=_incidence(corpus, "genre"),
        user_ids=user_ids,
        likes=likes_by_user,
        seeds=sample_seeds(likes_by_user),
    )


def sample_seeds(likes: Sequence[Integers]) -> Integers:
    """Return likes sampled without replacement, shape (users, SEEDS_PER_USER)."""
    random = np.random.default_rng(0)
    seeds = [random.choice(liked, SEEDS_PER_USER, replace=False) for liked in likes]
    return np.array(seeds, dtype=np.int64).reshape(-1, SEEDS_PER_USER)


def measure(data: EvaluationSet, lists: Integers) -> Metrics:
    """Return the metrics of recommendations.

    Args:
        data: The users and films.
        lists: Rows of the recommended films for each seed, shape (users, seeds, LIST_LENGTH), padded with -1.
    """
    seeds, users = data.seeds, len(data.likes)
    is_relevant = np.stack([np.isin(own, liked) for own, liked in zip(lists, data.likes, strict=True)])
    discounts = 1 / np.log2(np.arange(2, LIST_LENGTH + 2))
    ideal = np.cumsum(discounts)[[min(liked.size - 1, LIST_LENGTH) - 1 for liked in data.likes]]
    ndcg_by_user = (is_relevant @ discounts).mean(axis=1) / ideal
    resampled = ndcg_by_user[np.random.default_rng(0).integers(users, size=(RESAMPLES, users))].mean(axis=1)
    low, high = np.percentile(resampled, [2.5, 97.5])
    films = lists[lists >= 0]
    return Metrics(
        ndcg=float(ndcg_by_user.mean()),
        ndcg_low=float(low),
        ndcg_high=float(high),
        hit_rate=float(is_relevant.any(axis=2).mean()),
        catalog_coverage=np.unique(films).size,
        top_film_share=float(np.bincount(films).max() / seeds.size) if films.size else float("nan"),
        median_popularity_rank=float(np.median(data.popularity_rank[films])) if films.size else float("nan"),
        unrelated_share=_unrelated_share(data, np.broadcast_to(seeds[..., None], lists.shape)[lists >= 0], films),
        collection_recall=_collection_recall(data, seeds, lists),
    )


def _unrelated_share(data: EvaluationSet, seeds: Integers, films: Integers) -> float:
    """Return the share of unrelated pairs; both arrays have shape (pairs,)."""
    if films.size == 0:
        return float("nan")
    pairs, counts = np.unique(seeds * data.movie_ids.size + films, return_counts=True)
    seeds, films = np.divmod(pairs, data.movie_ids.size)
    genre_counts = data.genres.sum(axis=1).A1
    shared = _count_shared(data.genres, seeds, films)
    union = genre_counts[seeds] + genre_counts[films] - shared
    is_unrelated = (_count_shared(data.entities, seeds, films) == 0) & (2 * shared < np.maximum(union, 1))
    return float(np.average(is_unrelated, weights=counts))


def _collection_recall(data: EvaluationSet, seeds: Integers, lists: Integers) -> float:
    collection = data.collection[seeds]
    sizes = np.array([np.count_nonzero(data.collection == one) if one >= 0 else 0 for one in np.unique(collection)])
    size = sizes[np.searchsorted(np.unique(collection), collection)]
    is_measured = (size >= COLLECTION_SIZES[0]) & (size <= COLLECTION_SIZES[1])
    found = ((data.collection[lists] == collection[..., None]) & (lists >= 0)).sum(axis=2)
    return float(np.mean((found / np.maximum(size - 1, 1))[is_measured])) if is_measured.any() else float("nan")


def _incidence(corpus: Corpus, field: str) -> csr_matrix:
    """Return a matrix of shape (films, entities of the field): 1 if the film has the entity."""
    entries = corpus.entries[field]
    keys, column = np.unique(entries.key, return_inverse=True)
    shape = (corpus.movie_ids.size, keys.size)
    return csr_matrix(csr_matrix((np.ones(entries.row.size, int), (entries.row, column)), shape=shape).minimum(1))


def _count_shared(matrix: csr_matrix, rows: Integers, others: Integers) -> Integers:
    counts: Integers = matrix[rows].multiply(matrix[others]).sum(axis=1).A1
    return counts
