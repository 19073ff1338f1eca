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
FAMOUS_VOTES, KNOWN_VOTES = 1_000, 200
"""Minimum TMDB votes of the films whose lists are compared with each other, and of the films expected in them."""
DIRECTOR_FILMS = 2
"""Minimum number of other known films by the director of a famous film that `Metrics.director_share` includes."""


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
    directors: csr_matrix
    """Shape (films, directors): 1 for each director of the film."""
    vote_counts: Integers
    """Shape (films,): TMDB votes."""
    user_ids: Integers
    """Shape (users,), ascending."""
    likes: Sequence[Integers]
    """Rows of the films that each user likes, ascending."""
    seeds: Integers
    """Shape (users, SEEDS_PER_USER): rows of the sampled likes."""

    @cached_property
    def famous(self) -> Integers:
        """Rows of the films with at least `FAMOUS_VOTES` votes."""
        return np.flatnonzero(self.vote_counts >= FAMOUS_VOTES)

    @cached_property
    def queries(self) -> Integers:
        """The films that recommendations are needed for: the seeds and the famous films, ascending."""
        return np.union1d(self.seeds, self.famous)

    @cached_property
    def halves(self) -> tuple[Integers, Integers]:
        """Two random halves of the users, for cross-validation."""
        shuffled = np.random.default_rng(7).permutation(len(self.likes))
        middle = len(self.likes) // 2
        return np.sort(shuffled[:middle]), np.sort(shuffled[middle:])

    def lists_of(self, films: Integers, lists: Integers) -> Integers:
        """Return the rows of `lists`, of shape (queries, LIST_LENGTH), for films of any shape: (…, LIST_LENGTH)."""
        found: Integers = lists[np.searchsorted(self.queries, films)]
        return found


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
    director_share: float
    """Share of lists with a known film of the same director, over famous films that have `DIRECTOR_FILMS` of them."""
    top_film_share: float
    """Share of the lists of famous films that contain the most recommended film."""
    top_ten_share: float
    """Share of the places in the lists of famous films that the ten most recommended films take."""
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
        directors=_incidence(corpus, "director"),
        vote_counts=corpus.vote_counts,
        user_ids=user_ids,
        likes=likes_by_user,
        seeds=sample_seeds(likes_by_user),
    )


def sample_seeds(likes: Sequence[Integers]) -> Integers:
    """Return likes sampled without replacement, shape (users, SEEDS_PER_USER)."""
    random = np.random.default_rng(0)
    seeds = [random.choice(liked, SEEDS_PER_USER, replace=False) for liked in likes]
    return np.array(seeds, dtype=np.int64).reshape(-1, SEEDS_PER_USER)


def measure(data: EvaluationSet, lists: Integers, famous_lists: Integers) -> Metrics:
    """Return the metrics of recommendations.

    Args:
        data: The users and films.
        lists: Rows of the recommended films for each seed, shape (users, seeds, LIST_LENGTH), padded with -1.
        famous_lists: The same for the famous films, shape (famous films, LIST_LENGTH).
    """
    seeds, users = data.seeds, len(data.likes)
    is_relevant = np.stack([np.isin(own, liked) for own, liked in zip(lists, data.likes, strict=True)])
    discounts = 1 / np.log2(np.arange(2, LIST_LENGTH + 2))
    ideal = np.cumsum(discounts)[[min(liked.size - 1, LIST_LENGTH) - 1 for liked in data.likes]]
    ndcg_by_user = (is_relevant @ discounts).mean(axis=1) / ideal
    resampled = ndcg_by_user[np.random.default_rng(0).integers(users, size=(RESAMPLES, users))].mean(axis=1)
    low, high = np.percentile(resampled, [2.5, 97.5])
    films = lists[lists >= 0]
    shown = np.sort(np.bincount(famous_lists[famous_lists >= 0], minlength=LIST_LENGTH))[::-1]
    return Metrics(
        ndcg=float(ndcg_by_user.mean()),
        ndcg_low=float(low),
        ndcg_high=float(high),
        hit_rate=float(is_relevant.any(axis=2).mean()),
        catalog_coverage=np.unique(films).size,
        director_share=_director_share(data, famous_lists),
        top_film_share=float(shown[0] / max(len(famous_lists), 1)),
        top_ten_share=float(shown[:10].sum() / max(shown.sum(), 1)),
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


def _director_share(data: EvaluationSet, famous_lists: Integers) -> float:
    known_films = csr_matrix(data.directors.multiply((data.vote_counts >= KNOWN_VOTES)[:, None]))
    is_listed = []
    for film, listed in zip(data.famous, famous_lists, strict=True):
        others = np.setdiff1d((known_films @ data.directors[film].T).nonzero()[0], film)
        if others.size >= DIRECTOR_FILMS:
            is_listed.append(np.isin(others, listed).any())
    return float(np.mean(is_listed)) if is_listed else float("nan")


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
