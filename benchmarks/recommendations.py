"""How fast films are recommended for a taste.

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
from statistics import median
from typing import Any

import psutil

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.lists.endpoint import PageAsked
from api.v1.movies.filters import MovieFilters
from api.v1.recommendations import answers
from api.v1.recommendations.listing import RECOMMENDED
from api.v1.recommendations.parameters import MOST_RECOMMENDED, Choice, TasteAsked
from api.v1.recommendations.similarity import similarity
from api.v1.recommendations.tastes import resolve_taste
from benchmarks.api import p50_and_p95
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from recommender.index import RecommenderIndex
from warehouse.connection import open_read_only

SEED = 1
ASKED = 100
ASKED_IN_SQL = 20
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


def measure(plan: Plan) -> list[Table]:
    """Read the model, and ask it for each kind of taste."""
    database = plan.settings.published_file
    rows: list[list[Cell]] = []
    with open_read_only(database, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        process = psutil.Process()
        queries, before, start = Queries(connection), process.memory_info().rss, time.perf_counter()
        recommender = RecommenderIndex(connection)
        seconds, grown = time.perf_counter() - start, process.memory_info().rss - before
        lot = random.Random(SEED)  # noqa: S311 - no secret
        movie_ids = [movie_id for (movie_id,) in connection.execute(KNOWN).fetchall()]
        for done, (name, question) in enumerate(QUESTIONS.items(), 1):
            tastes = [drawn(lot, movie_ids, question) for _ in range(ASKED)]
            asked = [partial(answer, queries, recommender, taste, question) for taste in tastes]
            rows.append([name, *p50_and_p95(milliseconds(asked))])
            plan.screen.count("kinds of tastes", done, len(QUESTIONS))
        pairs = [lot.sample(movie_ids, 2) for _ in range(ASKED)]
        shared = milliseconds([partial(similarity, queries, *pair) for pair in pairs])
        times = [_times_in_sql(queries, recommender, lot, movie_ids) for _ in range(plan.rounds)]
    return [
        Table(
            title="Recommendations for a taste",
            sentence="In the process, one at a time, nothing kept, tastes drawn by lot: the films, their reasons and "
            "what is shown of them. In SQL is the saved query `similar_movies`, for one film.",
            columns=["asked for", "p50, ms", "p95, ms"],
            rows=[*rows, ["what two films share", *p50_and_p95(shared)]],
            ratios=[Ratio.of("one film: in SQL / by the recommender", times)],
        ),
        Table(
            title="The model in memory",
            sentence="What it takes to read the recommender's tables when a build is opened.",
            columns=["read in, s", "MB"],
            rows=[[seconds, grown / MEGABYTE]],
        ),
    ]


def _times_in_sql(queries: Queries, recommender: RecommenderIndex, lot: random.Random, movie_ids: list[int]) -> float:
    """How many times as long as the recommender SQL takes for the same films."""
    tastes = [drawn(lot, movie_ids, Question()) for _ in range(ASKED_IN_SQL)]
    in_sql = [partial(queries.rows, "similar_movies", movie_id=taste.like) for taste in tastes]
    by_index = [partial(answer, queries, recommender, taste, Question()) for taste in tastes]
    return median(milliseconds(in_sql)) / median(milliseconds(by_index))


def drawn(lot: random.Random, movie_ids: list[int], question: Question) -> Any:
    """A taste of this kind."""
    films = lot.sample(movie_ids, question.liked + question.disliked)
    return TasteAsked(
        like=films[: question.liked] or None,
        dislike=films[question.liked :] or None,
        q=lot.choice(SENTENCES) if question.has_words else None,
    )


def answer(queries: Queries, recommender: RecommenderIndex, taste: Any, question: Question) -> None:
    """Recommend as the API does, from what is asked to the rows."""
    choice = Choice(sort=RECOMMENDED.default_sort, **question.choice)
    resolved = resolve_taste(queries, recommender, taste)
    films = answers.chosen(queries, recommender, resolved, MovieFilters(**question.filters), choice)
    parameters = answers.bound(recommender, resolved.taste, films, choice.reasons)
    RECOMMENDED.page(queries, PageAsked(limit=MOST_RECOMMENDED, sort=choice.sort), parameters)


def milliseconds(asked: Sequence[Callable[[], object]]) -> list[float]:
    """How long each takes; the first is asked once before, so that nothing is made for the first time."""
    return list(_timed([*asked[:1], *asked]))[1:]


def _timed(asked: Sequence[Callable[[], object]]) -> Iterator[float]:
    for ask in asked:
        start = time.perf_counter()
        ask()
        yield (time.perf_counter() - start) * SECONDS_TO_MILLISECONDS


PART = Part("recommendations", "Recommendations for a taste", measure, is_quick=True)
