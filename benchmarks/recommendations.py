"""How fast films are recommended for a taste: `python -m benchmarks.recommendations`.

Asks the published warehouse in the process, one question at a time, no answer kept, for tastes drawn by lot among films
that somebody voted for: the films, their reasons and what is shown of them, as the API answers. Prints milliseconds at
the median and the 95th percentile; beside the plain tastes, how many times as long the same takes in SQL, by the saved
query `similar_movies`; and what the model in memory takes to read.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median, quantiles
from typing import Any

import psutil

from api.builds import MEMORY_LIMIT, THREADS
from api.listing import PageAsked
from api.movies.filters import MovieFilters
from api.queries import Queries
from api.recommendations import answers
from api.recommendations.listing import RECOMMENDED
from api.recommendations.parameters import MOST_RECOMMENDED, Choice, TasteAsked
from api.recommendations.similarity import similarity
from api.recommendations.tastes import understood
from recommender.index import Index
from warehouse.connection import open_read_only
from warehouse.settings import Settings

SEED = 1
ROUNDS = 100
ROUNDS_IN_SQL = 20
SECONDS_TO_MILLISECONDS = 1000
MEGABYTE = 1e6
SENTENCES = (
    "a heist in Paris with a twist",
    "a robot learns to love",
    "two detectives hunt a serial killer in the rain",
    "Tom Hanks alone on an island",
    "a boy and his dragon, animated, for the whole family",
)
KNOWN = "select movie_id from marts.dim_movies where tmdb_vote_count >= 10 order by movie_id"
FILTERS: dict[str, Any] = {"year_from": 1970, "vote_count_from": 20, "genre_none": ["Horror"]}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: how many films are liked and disliked, and what else."""

    liked: int = 1
    disliked: int = 0
    has_words: bool = False
    filters: dict[str, Any] = field(default_factory=dict)
    choice: dict[str, Any] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether the saved query answers the same."""
        return self == Question(self.liked)


QUESTIONS = {
    "one film": Question(),
    "one film, 100 recommended": Question(choice={"limit": MOST_RECOMMENDED}),
    "five films": Question(5),
    "words": Question(0, has_words=True),
    "one film under three filters": Question(filters=FILTERS),
    "one film, diversity": Question(choice={"diversity": 0.5}),
    "all together": Question(
        3, 2, has_words=True, filters=FILTERS,
        choice={"diversity": 0.5, "novelty": 0.3, "one_per_collection": True},
    ),
}  # fmt: skip


def main() -> None:
    """Measure and print the table."""
    database = Settings.from_environment().published_file
    with open_read_only(database, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        process = psutil.Process()
        queries, before, start = Queries(connection), process.memory_info().rss, time.perf_counter()
        recommender = Index(connection)
        seconds, grown = time.perf_counter() - start, process.memory_info().rss - before
        print(f"the model is read in {seconds:.2f} s and takes {grown / MEGABYTE:.0f} MB\n")
        lot = random.Random(SEED)  # noqa: S311 - no secret
        movie_ids = [movie_id for (movie_id,) in connection.execute(KNOWN).fetchall()]
        print(f"{'asked for':32}{'p50, ms':>10}{'p95, ms':>10}{'in SQL, times':>16}")
        for name, question in QUESTIONS.items():
            tastes = [drawn(lot, movie_ids, question) for _ in range(ROUNDS)]
            asked = [partial(answer, queries, recommender, taste, question) for taste in tastes]
            in_sql = in_sql_of(queries, tastes[:ROUNDS_IN_SQL]) if question.is_plain else []
            show(name, milliseconds(asked), milliseconds(in_sql))
        pairs = [lot.sample(movie_ids, 2) for _ in range(ROUNDS)]
        show("what two films share", milliseconds([partial(similarity, queries, *pair) for pair in pairs]))


def drawn(lot: random.Random, movie_ids: list[int], question: Question) -> Any:
    """A taste of this kind."""
    films = lot.sample(movie_ids, question.liked + question.disliked)
    return TasteAsked(
        like=films[: question.liked] or None,
        dislike=films[question.liked :] or None,
        q=lot.choice(SENTENCES) if question.has_words else None,
    )


def answer(queries: Queries, recommender: Index, taste: Any, question: Question) -> None:
    """Recommend as the API does, from what is asked to the rows."""
    choice = Choice(sort=RECOMMENDED.default_sort, **question.choice)
    said = understood(queries, recommender, taste)
    films = answers.chosen(queries, recommender, said, MovieFilters(**question.filters), choice)
    parameters = answers.bound(recommender, said.taste, films, choice.reasons)
    RECOMMENDED.page(queries, PageAsked(limit=MOST_RECOMMENDED, sort=choice.sort), parameters)


def in_sql_of(queries: Queries, tastes: list[Any]) -> list[Callable[[], object]]:
    return [partial(queries.rows, "similar_movies", movie_id=taste.like) for taste in tastes]


def milliseconds(asked: Sequence[Callable[[], object]]) -> list[float]:
    """How long each takes; the first is asked once before, so that nothing is made for the first time."""
    return list(_timed([*asked[:1], *asked]))[1:]


def _timed(asked: Sequence[Callable[[], object]]) -> Iterator[float]:
    for ask in asked:
        start = time.perf_counter()
        ask()
        yield (time.perf_counter() - start) * SECONDS_TO_MILLISECONDS


def show(name: str, taken: list[float], in_sql: list[float] | None = None) -> None:
    """Print a line of the table."""
    percentiles = quantiles(taken, n=20)
    times = f"{median(in_sql) / percentiles[9]:16.0f}" if in_sql else ""
    print(f"{name:32}{percentiles[9]:10.1f}{percentiles[18]:10.1f}{times}")


if __name__ == "__main__":
    main()
