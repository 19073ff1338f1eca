"""The search compared with naive implementations, on all names of the sample."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.v1.search.find import find
from api.v1.search.index import SearchIndex
from api.v1.search.schemas import KINDS, Hit, Kind
from warehouse.connection import open_read_only

Find = Callable[..., list[Hit]]
Names = dict[tuple[str, int], list[tuple[str, set[str]]]]
"""By entity, each of its names without spaces, and the words of the name."""


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(sample_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        yield connection


@pytest.fixture(scope="module")
def queries(connection: duckdb.DuckDBPyConnection) -> Queries:
    return Queries(connection)


@pytest.fixture(scope="module")
def ask(queries: Queries) -> Find:
    """Return a function that searches the sample."""
    index = SearchIndex(queries)

    def ask(text: str, kinds: Sequence[Kind] = KINDS, limit: int = 10) -> list[Hit]:
        return find(queries, index, text, kinds, limit)

    return ask


@pytest.fixture(scope="module")
def names(connection: duckdb.DuckDBPyConnection) -> Names:
    listed: Names = {}
    for kind, entity_id, compact_key, word_forms in connection.execute(
        """
        select kind, coalesce(movie_id, person_id, collection_id), compact_key, word_forms
        from marts.mart_search_names
        """
    ).fetchall():
        listed.setdefault((kind, entity_id), []).append((compact_key, set(word_forms)))
    return listed


def identity(hit: Hit) -> tuple[str, int]:
    return hit.kind, hit.movie_id or hit.person_id or hit.collection_id or 0


def damerau_levenshtein(one: str, other: str, most: int) -> int:
    """Return the number of insertions, deletions, substitutions and transpositions; `most` + 1 if there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != against)))
            if i > 1 and j > 1 and (letter, against) == (other[j - 2], one[i - 2]):
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def test_every_name_finds_itself(connection: duckdb.DuckDBPyConnection, ask: Find, names: Names) -> None:
    rows = connection.execute(
        "select kind, coalesce(movie_id, person_id, collection_id), name, compact_key from marts.mart_search_names"
        " where search_name_id % if(kind = 'person', 60, 4) = 0 order by search_name_id"
    ).fetchall()
    for kind, entity_id, name, compact_key in rows:
        listed = [identity(hit) for hit in ask(name[:200])]
        better = listed[: listed.index((kind, entity_id))] if (kind, entity_id) in listed else listed
        for other in better:
            others = {key.removeprefix("the") for key, _ in names[other]}
            assert compact_key.removeprefix("the") in others, (name, other)


def test_hits_equal_a_naive_word_search(ask: Find, names: Names) -> None:
    """Each word of the query is a word of the name or the beginning of one."""
    lot = random.Random(0)  # noqa: S311 - no secret
    words = sorted({word for listed in names.values() for _, forms in listed for word in forms})
    for _ in range(40):
        typed = [lot.choice(words)[: lot.randint(1, 6)] for _ in range(lot.randint(1, 2))]
        expected = {
            entity
            for entity, listed in names.items()
            for compact_key, forms in listed
            if compact_key == "".join(typed) or all(any(word.startswith(t) for word in forms) for t in typed)
        }
        rows = ask(" ".join(typed), limit=1000)
        listed_hits = {identity(hit) for hit in rows}
        assert len(rows) == len(listed_hits)
        if not expected:
            assert all(hit.matched.how in {"typos", "run_together"} for hit in rows), typed
            continue
        # Of more names than any answer shows, the search keeps the most popular 500.
        assert listed_hits <= expected, typed
        assert len(listed_hits) >= min(len(expected), 400), typed


def test_typos_equal_a_naive_edit_distance(ask: Find, names: Names) -> None:
    """A word matches within one edit, from eight letters on within two."""
    lot = random.Random(0)  # noqa: S311 - no secret
    words = sorted({word for listed in names.values() for _, forms in listed for word in forms})
    for word in lot.sample([word for word in words if re.fullmatch("[a-z]{3,}", word)], 30):
        place = lot.randrange(len(word))
        typed = word[:place] + "q" + word[place + 1 :]
        most = 1 if len(typed) < 8 else 2
        if any(other.startswith(typed) for other in words):
            continue  # it is forgiven where nothing is found as it is typed
        near = {w for w in words if damerau_levenshtein(typed, w, most) <= most}
        expected = {entity for entity, listed in names.items() for _, forms in listed if forms & near}
        assert {identity(hit) for hit in ask(typed, limit=1000)} == expected, typed


def test_movie_filter_q_equals_a_naive_word_search(queries: Queries, names: Names) -> None:
    lot = random.Random(0)  # noqa: S311 - no secret
    films = {entity: listed for entity, listed in names.items() if entity[0] == "movie"}
    words = sorted({word for listed in films.values() for _, forms in listed for word in forms})
    with queries.cursor("ready", {}) as cursor:
        for _ in range(40):
            typed = [lot.choice(words)[: lot.randint(1, 5)] for _ in range(lot.randint(1, 2))]
            expected = [
                movie_id
                for (_, movie_id), listed in films.items()
                if any(all(any(word.startswith(t) for word in forms) for t in typed) for _, forms in listed)
            ]
            rows = cursor.execute("from movies_matching($q) order by movie_id", {"q": " ".join(typed)}).fetchall()
            assert [movie_id for (movie_id,) in rows] == sorted(expected), typed
