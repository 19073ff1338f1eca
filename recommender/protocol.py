"""How recommendations are judged: by what else the same MovieLens users like. Pure, but for the reading.

Of every user with ten likes or more, ten are drawn. What is recommended for one of them alone is right if the user
likes it too. That asks little of a recommender but to know what goes together, and nothing of who the user is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from recommender.structures import Corpus, Integers

SHOWN = 10
"""Films of a list."""
DRAWN = 10
"""Likes drawn from each user's."""
LEAST_LIKES = 10
"""Users of fewer likes are not asked."""
MOST_USERS = 5_000
"""Users asked, those of lowest ids; ids were given at random. More would narrow the interval, not move the figure."""
LIKED_RATING = 4.0
LEAST_VOTES = 50
"""Likes of films that fewer people voted for on TMDB do not count: nobody knows how they go together."""
KIN_FIELDS = ("keyword", "cast", "director", "collection")
"""What makes two films kin if they share any of it; else half of their genres does."""
SAGA_SIZES = (3, 10)
"""Films of a saga, of which a list of ten can show all others."""

FILMS = """
    select
        row_number() over (order by coalesce(tmdb_vote_count, 0) desc, movie_id) as popularity_rank,
        coalesce(collection_id, -1) as collection
    from marts.dim_movies
    order by movie_id
"""
LIKES = """
    with likes as (
        select distinct
            ratings.user_id,
            ratings.movie_id
        from marts.fct_ratings as ratings
        inner join marts.dim_movies as movies on ratings.movie_id = movies.movie_id
        where ratings.movielens_rating >= $liked_rating and movies.tmdb_vote_count >= $least_votes
    ),

    asked as (
        select user_id
        from likes
        group by user_id
        having count(*) >= $least_likes
        order by user_id
        limit $most_users
    )

    select
        likes.user_id,
        likes.movie_id
    from likes
    inner join asked on likes.user_id = asked.user_id
    order by likes.user_id, likes.movie_id
"""
BOUNDS = {
    "liked_rating": LIKED_RATING,
    "least_votes": LEAST_VOTES,
    "least_likes": LEAST_LIKES,
    "most_users": MOST_USERS,
}


@dataclass(frozen=True)
class Panel:
    """The users that are asked, and the films that may be recommended. A film is a row, in the order of movie_id."""

    movie_ids: Integers
    """Shape (films,)."""
    popularity_rank: Integers
    """Shape (films,), 1 for the film of most votes."""
    collection: Integers
    """Shape (films,): the film's collection, -1 where it is in none."""
    entities: csr_matrix
    """Shape (films, entities): 1 for each of KIN_FIELDS that the film has."""
    genres: csr_matrix
    """Shape (films, genres)."""
    user_ids: Integers
    """Shape (users,), ascending."""
    likes: Sequence[Integers]
    """By user, the rows of their likes, ascending."""
    seeds: Integers
    """Shape (users, DRAWN): the likes that were drawn."""

    @cached_property
    def asked(self) -> Integers:
        """The different films among the seeds, ascending; a table of lists has a row for each, in this order."""
        return np.unique(self.seeds)

    @cached_property
    def halves(self) -> tuple[Integers, Integers]:
        """The users by whom a recommender may be tuned, and those by whom it is reported."""
        shuffled = np.random.default_rng(7).permutation(len(self.likes))
        middle = len(self.likes) // 2
        return np.sort(shuffled[:middle]), np.sort(shuffled[middle:])


@dataclass(frozen=True, slots=True)
class Quality:
    """What a table of lists is worth to some users."""

    ndcg_by_user: npt.NDArray[np.float64]
    """Shape (users,): nDCG@10 with a gain of 1 for a like, averaged over the user's seeds."""
    hit: float
    """Share of lists with a like or more, averaged over each user's seeds, then over the users."""
    shown: int
    """Different films in all the lists."""
    top_share: float
    """Share of the lists that show the film that most of them show."""
    median_rank: float
    """Of all that is shown, each time that it is, the median popularity rank; nan if nothing is."""
    strangers: float
    """Share of what is shown that shares nothing of KIN_FIELDS with the seed, nor half of the genres of both."""
    saga_recall: float
    """Share of a saga's other films that the list shows, averaged over the seeds drawn of sagas of SAGA_SIZES films."""

    @property
    def ndcg(self) -> float:
        return float(self.ndcg_by_user.mean())

    def interval(self, draws: int = 2_000) -> tuple[float, float]:
        """95 % bootstrap interval of the nDCG: as many users are drawn anew, with replacement, many times over."""
        users = self.ndcg_by_user.size
        means = self.ndcg_by_user[np.random.default_rng(0).integers(users, size=(draws, users))].mean(axis=1)
        low, high = np.percentile(means, [2.5, 97.5])
        return float(low), float(high)


def read_panel(connection: duckdb.DuckDBPyConnection, corpus: Corpus) -> Panel:
    """Read who likes what of the corpus, and draw the seeds; the same file gives the same panel."""
    films = connection.execute(FILMS).fetchnumpy()
    likes = connection.execute(LIKES, BOUNDS).fetchnumpy()
    user_ids, first = np.unique(likes["user_id"], return_index=True)
    rows = np.searchsorted(corpus.movie_ids, likes["movie_id"])
    by_user = np.split(rows, first[1:]) if user_ids.size else []
    return Panel(
        movie_ids=corpus.movie_ids,
        popularity_rank=films["popularity_rank"],
        collection=films["collection"],
        entities=hstack([_had(corpus, field) for field in KIN_FIELDS], format="csr"),
        genres=_had(corpus, "genre"),
        user_ids=user_ids,
        likes=by_user,
        seeds=draw_seeds(by_user),
    )


def draw_seeds(likes: Sequence[Integers]) -> Integers:
    """Shape (users, DRAWN): of each user's likes, in the order of the users."""
    random = np.random.default_rng(0)
    drawn = [random.choice(liked, DRAWN, replace=False) for liked in likes]
    return np.array(drawn, dtype=np.int64).reshape(-1, DRAWN)


def judge(panel: Panel, lists: Integers, users: Integers | None = None) -> Quality:
    """What `lists`, of shape (asked films, SHOWN) and -1 where nothing is shown, are worth to `users`, all if None.

    Right is whatever else a user likes, the other films drawn too. A film that was drawn for many counts as often.
    """
    users = np.arange(len(panel.likes)) if users is None else users
    place = np.searchsorted(panel.asked, panel.seeds[users])
    likes = [panel.likes[int(user)] for user in users]
    right = np.stack([np.isin(lists[own], liked) for own, liked in zip(place, likes, strict=True)])
    discounts = 1 / np.log2(np.arange(2, SHOWN + 2))
    ideal = np.cumsum(discounts)[[min(liked.size - 1, SHOWN) - 1 for liked in likes]]
    shown = lists[place][lists[place] >= 0]
    return Quality(
        ndcg_by_user=(right @ discounts).mean(axis=1) / ideal,
        hit=float(right.any(axis=2).mean()),
        shown=np.unique(shown).size,
        top_share=float(np.bincount(shown).max() / place.size) if shown.size else float("nan"),
        median_rank=float(np.median(panel.popularity_rank[shown])) if shown.size else float("nan"),
        strangers=_strangers(panel, lists, place),
        saga_recall=_saga_recall(panel, lists, place),
    )


def _strangers(panel: Panel, lists: Integers, places: Integers) -> float:
    """Share of what is shown for the asked films of `places`, as often as they stand there; nan if nothing is."""
    drawn = np.bincount(places.ravel(), minlength=panel.asked.size)
    place, rank = np.nonzero((lists >= 0) & (drawn > 0)[:, None])
    if place.size == 0:
        return float("nan")
    films, others = panel.asked[place], lists[place, rank]
    genres = panel.genres.sum(axis=1).A1
    shared = _dot(panel.genres, films, others)
    either = genres[films] + genres[others] - shared
    is_stranger = (_dot(panel.entities, films, others) == 0) & (2 * shared < np.maximum(either, 1))
    return float(np.average(is_stranger, weights=drawn[place]))


def _had(corpus: Corpus, field: str) -> csr_matrix:
    """int32 (films, entities of the field): 1 where the film has it."""
    entries = corpus.entries[field]
    keys, column = np.unique(entries.key, return_inverse=True)
    had = csr_matrix((np.ones(entries.row.size, int), (entries.row, column)), shape=(corpus.movie_ids.size, keys.size))
    return csr_matrix(had.minimum(1))


def _dot(matrix: csr_matrix, rows: Integers, others: Integers) -> Integers:
    product: Integers = matrix[rows].multiply(matrix[others]).sum(axis=1).A1
    return product


def _saga_recall(panel: Panel, lists: Integers, places: Integers) -> float:
    """Over the asked films of `places`, as often as they stand there; nan if none of them is of a saga."""
    recalls, times = [], []
    for place, drawn in zip(*np.unique(places, return_counts=True), strict=True):
        film = panel.asked[place]
        saga = np.flatnonzero(panel.collection == panel.collection[film])
        if panel.collection[film] >= 0 and SAGA_SIZES[0] <= saga.size <= SAGA_SIZES[1]:
            recalls.append(np.isin(saga[saga != film], lists[place]).mean())
            times.append(drawn)
    return float(np.average(recalls, weights=times)) if recalls else float("nan")
