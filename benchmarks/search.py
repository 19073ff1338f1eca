"""How fast the search answers, and how well it forgives.

Asks the published warehouse in the process, one question at a time, no answer kept, for films, people and collections
drawn by lot: by their whole names, beginnings of them, single words, words in another order, names with typos.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import duckdb

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.v1.search.controller import find
from api.v1.search.index import SearchIndex
from api.v1.search.schemas import KINDS, Hit
from benchmarks.api import p50_and_p95
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from warehouse.connection import open_read_only

SEED = 1
LIMIT = 10
SECONDS_TO_MILLISECONDS = 1000
ALPHABET = "abcdefghijklmnopqrstuvwxyz"

# What is meant: films that somebody voted for, people and collections of some fame; and titles in other scripts.
FAMOUS = """
    select kind, coalesce(movie_id, person_id, collection_id), name from marts.mart_search_names
    where matched_field != 'original_title' and popularity_share >= $least_popularity
    order by hash(search_name_id) limit $count
"""
OTHER_SCRIPTS = """
    select kind, movie_id, name from marts.mart_search_names
    where not regexp_matches(compact_key, '[a-z]') and (movie_id is not null)
    order by hash(search_name_id) limit $count
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and what is meant by it."""

    text: str
    kind: str
    entity_id: int

    def is_answered_by(self, hit: Hit) -> bool:
        return (hit.kind, hit.movie_id or hit.person_id or hit.collection_id) == (self.kind, self.entity_id)


Meant = tuple[str, int, str]
Ask = Callable[[str], list[Hit]]


def measure(plan: Plan) -> list[Table]:
    """Ask each group in turn."""
    lot = random.Random(SEED)  # noqa: S311 - no secret
    database = plan.settings.published_file
    rows: list[list[Cell]] = []
    with open_read_only(database, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        groups = {name: list(questions) for name, questions in draw(connection, lot).items()}
        ask = asked_of(Queries(connection))
        answered(ask, groups["whole name"][:5] + groups["one typo"][:5])
        taken: list[float] = []
        found: list[int] = []
        for done, (name, questions) in enumerate(groups.items(), 1):
            milliseconds, places = answered(ask, questions)
            rows.append(_row(name, milliseconds, places))
            taken += milliseconds
            found += places
            plan.screen.count("groups of questions", done, len(groups))
        rows.append(_row("all", taken, found))
    return [
        Table(
            title="Search",
            sentence="What is typed for films, people and collections drawn by lot, in the process, one at a time, "
            "nothing kept; the share of the questions whose answer has what was meant first, or among its five first.",
            columns=["typed", "asked", "p50, ms", "p95, ms", "first", "of five"],
            rows=rows,
            ratios=[Ratio.of(f"{row[0]}: meant / first five", [float(row[-1] or 0)]) for row in rows],
        )
    ]


def _row(name: str, milliseconds: list[float], places: list[int]) -> list[Cell]:
    first, of_five = (sum(place <= most for place in places) / len(places) for most in (1, 5))
    return [name, len(places), *p50_and_p95(milliseconds), first, of_five]


def draw(connection: duckdb.DuckDBPyConnection, lot: random.Random) -> dict[str, Iterator[Question]]:
    """Returns the questions, by how they are typed: 400 in all."""

    def of(count: int, least_popularity: float, typed: Callable[[str], str]) -> Iterator[Question]:
        meant = connection.execute(FAMOUS, {"count": count, "least_popularity": least_popularity}).fetchall()
        return (Question(typed(name), kind, entity_id) for kind, entity_id, name in meant)

    others: list[Meant] = connection.execute(OTHER_SCRIPTS, {"count": 50}).fetchall()
    return {
        "whole name": of(50, 0, str),
        "beginning, 1 letter up": of(50, 0.5, partial(beginning, lot)),
        "one word": of(50, 0.6, partial(one_word, lot)),
        "words in another order": of(50, 0.3, partial(other_order, lot)),
        "one typo": of(100, 0.4, partial(with_typos, lot, 1)),
        "two typos": of(50, 0.4, partial(with_typos, lot, 2)),
        "digits and other scripts": (Question(name, kind, entity_id) for kind, entity_id, name in others),
    }


def beginning(lot: random.Random, name: str) -> str:
    return name[: lot.randint(1, len(name))].strip() or name


def one_word(lot: random.Random, name: str) -> str:
    return max(lot.sample(name.split(), min(2, len(name.split()))), key=len)


def other_order(lot: random.Random, name: str) -> str:
    words = name.split()
    lot.shuffle(words)
    return " ".join(words)


def with_typos(lot: random.Random, count: int, name: str) -> str:
    """The name with so many of its longer words mistyped by one edit: a letter left out, added, changed or swapped."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for place in lot.sample(long, min(count, len(long))):
        words[place] = mistype(lot, words[place])
    return " ".join(words)


def mistype(lot: random.Random, word: str) -> str:
    place = lot.randrange(len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return lot.choice(
        [
            before + after,
            before + letter + lot.choice(ALPHABET) + after,
            before + lot.choice(ALPHABET) + after,
            before + after[0] + letter + after[1:],
        ]
    )


def asked_of(queries: Queries) -> Ask:
    """What answers a text as the service does."""
    index = SearchIndex(queries)
    return lambda text: find(queries, index, text, KINDS, LIMIT)


def answered(ask: Ask, questions: list[Question]) -> tuple[list[float], list[int]]:
    """Returns, of each question, the milliseconds and the place of what was meant, from 1; LIMIT + 1 if not found."""
    milliseconds, places = [], []
    for question in questions:
        start = time.perf_counter()
        hits = ask(question.text)
        milliseconds.append((time.perf_counter() - start) * SECONDS_TO_MILLISECONDS)
        answered = [place for place, hit in enumerate(hits, 1) if question.is_answered_by(hit)]
        places.append(min(answered, default=LIMIT + 1))
    return milliseconds, places


PART = Part("search", "Search", measure, is_quick=True)
