"""Latency and hit rate of the search, for names typed in different ways.

The names are of films, people and collections of the warehouse, chosen at random: whole, cut, reordered or misspelt.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

import duckdb

from benchmarks.load_generator import Request, compute_percentiles
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from benchmarks.servers import Server, run_server
from warehouse.connection import open_read_only

SEED = 1
LIMIT = 10
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
WELL_KNOWN = """
    select name, kind, entity_id from (
        select *, ln(1 + vote_count) / max(ln(1 + vote_count)) over (partition by kind) as popularity
        from marts.mart_search_documents where kind in ('movie', 'person', 'collection')
    )
    where popularity >= $popularity
    order by hash(kind, entity_id) limit $count
"""
OTHER_SCRIPTS = """
    select original_title, kind, entity_id from marts.mart_search_documents
    where not regexp_matches(original_title, '[A-Za-z]')
    order by hash(entity_id) limit 50
"""


@dataclass(frozen=True, slots=True)
class SearchCase:
    """Typed text and the entity that it should find."""

    text: str
    kind: str
    entity_id: int

    def rank_in(self, hits: list[dict[str, Any]]) -> int:
        """Return the rank of the entity among the hits, from 1; LIMIT + 1 if it is missing."""
        found = [(hit["kind"], hit["movie_id"] or hit["person_id"] or hit["collection_id"]) for hit in hits]
        return found.index((self.kind, self.entity_id)) + 1 if (self.kind, self.entity_id) in found else LIMIT + 1


def measure(plan: Plan) -> list[Table]:
    rows: list[list[Cell]] = []
    milliseconds: list[float] = []
    ranks: list[int] = []
    with open_read_only(plan.settings.published_file) as connection:
        groups = draw_cases(connection, random.Random(SEED))  # noqa: S311 - not for security
    with run_server() as server:
        _search(server, groups["one typo"][-5:])  # warm up
        for name, cases in groups.items():
            group_milliseconds, group_ranks = _search(server, cases)
            rows.append(_row(name, group_milliseconds, group_ranks))
            milliseconds += group_milliseconds
            ranks += group_ranks
    rows.append(_row("all", milliseconds, ranks))
    return [
        Table(
            title="Search",
            description="Names of random films, people and collections, one request at a time over HTTP, uncached; "
            "and the share of searches whose first result, or one of the first five, is the entity meant.",
            columns=["typed", "searches", "p50, ms", "p95, ms", "first", "in the first five"],
            rows=rows,
            ratios=[Ratio.from_rounds(f"{row[0]}: found in the first five", [float(row[-1] or 0)]) for row in rows],
        )
    ]


def _search(server: Server, cases: list[SearchCase]) -> tuple[list[float], list[int]]:
    """Return the milliseconds of each search and the rank of the entity meant."""
    requests = [Request("/v1/search?" + urlencode({"q": case.text, "limit": LIMIT})) for case in cases]
    timed = server.time_requests(requests)
    ranks = [case.rank_in(json.loads(body)["data"]) for case, (_, body) in zip(cases, timed, strict=True)]
    return [milliseconds for milliseconds, _ in timed], ranks


def _row(name: str, milliseconds: list[float], ranks: list[int]) -> list[Cell]:
    shares = [sum(rank <= limit for rank in ranks) / len(ranks) for limit in (1, 5)]
    return [name, len(ranks), *compute_percentiles(milliseconds, 50, 95), *shares]


def draw_cases(connection: duckdb.DuckDBPyConnection, rng: random.Random) -> dict[str, list[SearchCase]]:
    """Return 400 cases, grouped by how the name is typed."""

    def draw(count: int, popularity: float, change: Callable[[str], str]) -> list[SearchCase]:
        names = connection.execute(WELL_KNOWN, {"count": count, "popularity": popularity}).fetchall()
        return [SearchCase(change(name), kind, entity_id) for name, kind, entity_id in names]

    return {
        "whole name": draw(50, 0, str),
        "first letters": draw(50, 0.5, lambda name: name[: rng.randint(1, len(name))].strip() or name),
        "one word": draw(50, 0.6, partial(_longer_word, rng)),
        "words in another order": draw(50, 0.3, partial(_reorder, rng)),
        "one typo": draw(100, 0.4, partial(_misspell, rng, 1)),
        "two typos": draw(50, 0.4, partial(_misspell, rng, 2)),
        "digits and other scripts": [SearchCase(*row) for row in connection.execute(OTHER_SCRIPTS).fetchall()],
    }


def _longer_word(rng: random.Random, name: str) -> str:
    return max(rng.sample(name.split(), min(2, len(name.split()))), key=len)


def _reorder(rng: random.Random, name: str) -> str:
    words = name.split()
    rng.shuffle(words)
    return " ".join(words)


def _misspell(rng: random.Random, count: int, name: str) -> str:
    """Change up to `count` of the longer words by one edit: a letter deleted, inserted, replaced or swapped."""
    words = name.split()
    long_words = [index for index, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for index in rng.sample(long_words, min(count, len(long_words))):
        word = words[index]
        at = rng.randrange(len(word) - 1)
        before, letter, after = word[:at], word[at], word[at + 1 :]
        inserted, replaced = (before + rest + rng.choice(ALPHABET) + after for rest in (letter, ""))
        words[index] = rng.choice([before + after, inserted, replaced, before + after[0] + letter + after[1:]])
    return " ".join(words)


PART = Part("search", "Search", measure, is_quick=True)
