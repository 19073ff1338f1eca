"""Tests the hits of the search, their order and their matches, by hand and for every name of the sample."""

import math
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from api.db.queries import Queries
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.v1.search.find import find
from api.v1.search.index import SearchIndex
from api.v1.search.schemas import KINDS, Hit, Kind
from warehouse.connection import open_read_only

Client = TestClient[Litestar]
Find = Callable[..., list[Hit]]
Names = dict[tuple[str, int], list[tuple[str, set[str]]]]
"""By entity, each of its names without spaces, and the words of the name."""


def hits(client: Client, text: str, **parameters: str | int) -> list[dict[str, Any]]:
    response = client.get("/v1/search", params={"q": text, **parameters})
    assert response.status_code == 200, response.text
    data: list[dict[str, Any]] = response.json()["data"]
    return data


def found(client: Client, text: str, **parameters: str | int) -> list[tuple[str, str]]:
    return [(hit["name"], hit["matched"]["how"]) for hit in hits(client, text, **parameters)]


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


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("titanic", ("Titanic", "exact")),
        ("  AMÉLIE ", ("Amélie", "exact")),
        ("amelie", ("Amélie", "exact")),
        ("poulain amelie", ("Amélie", "words")),
        ("le fabul", ("Amélie", "beginning")),
        ("fabuleux destin", ("Amélie", "phrase")),
        ("300", ("300", "exact")),
        ("30", ("300", "beginning")),
        ("8½", ("8½", "exact")),
        ("8 1/2", ("8½", "exact")),
        ("千と千尋の神隠し", ("Spirited Away", "exact")),
        ("千と千", ("Spirited Away", "beginning")),
        ("神隠し", ("Spirited Away", "phrase")),
        ("face off", ("Face/Off", "exact")),
        ("faceoff", ("Face/Off", "exact")),
        ("face/of", ("Face/Off", "beginning")),
        ("vhs", ("V/H/S", "exact")),
        ("#horror", ("#Horror", "exact")),
        ("brother where thou", ("O Brother, Where Art Thou?", "words")),
        ("otoole", ("Peter O'Toole", "phrase")),
        ("o'toole peter", ("Peter O'Toole", "words")),
        ("robrt downey", ("Robert Downey Jr.", "typos")),
        ("spirted awya", ("Spirited Away", "typos")),
        ("peterotoo", ("Peter O'Toole", "run_together")),
    ],
)
def test_first_hit_and_kind_of_match(client: Client, typed: str, first: tuple[str, str]) -> None:
    assert found(client, typed)[0] == first


def test_hit_contains_entity_and_match(client: Client) -> None:
    [hit] = hits(client, "frederico fellini")
    # He has the votes of 8½; no person has more than who made Titanic, 300 and Face/Off.
    popularity = math.log(1 + 1999) / math.log(1 + 7770 + 5000 + 2000)
    assert hit == {
        "kind": "person",
        "movie_id": None,
        "person_id": 105,
        "collection_id": None,
        "name": "Federico Fellini",
        "release_year": None,
        "movie_count": 1,
        "known_for_titles": ["8½"],
        "score": pytest.approx(0.25 - 10 / 200 + 0.2 * popularity),
        "matched": {
            "field": "person_name",
            "name": "Federico Fellini",
            "how": "typos",
            "words": [
                {"typed": "frederico", "found": "federico", "how": "typo"},
                {"typed": "fellini", "found": "fellini", "how": "word"},
            ],
        },
    }


def test_match_names_the_original_title(client: Client) -> None:
    [hit] = hits(client, "otto e mez")
    assert (hit["name"], hit["release_year"], hit["movie_id"]) == ("8½", 1963, 5)
    assert (hit["matched"]["field"], hit["matched"]["name"]) == ("original_title", "Otto e mezzo")
    assert [word["how"] for word in hit["matched"]["words"]] == ["word", "word", "beginning"]


def test_equal_matches_are_sorted_by_popularity_without_duplicates(client: Client) -> None:
    # 11 bears the title of others as its original one.
    assert [hit["movie_id"] for hit in hits(client, "titanic")] == [2, 3, 11]
    assert [hit["movie_id"] for hit in hits(client, "gemelas")] == [15, 16]
    assert [hit["person_id"] for hit in hits(client, "ana")] == [100, -7, 101, 102]


def test_kind_and_limit_apply(client: Client) -> None:
    assert [hit["kind"] for hit in hits(client, "v/h/s")] == ["movie", "collection", "movie"]
    assert [hit["kind"] for hit in hits(client, "v/h/s", kind="collection")] == ["collection"]
    assert [hit["kind"] for hit in hits(client, "v/h/s", kind="collection,movie")] == ["movie", "collection", "movie"]
    assert hits(client, "v/h/s", limit=1) == hits(client, "v/h/s")[:1]
    assert hits(client, "v/h/s", kind="person") == []


def test_numbers_are_not_corrected(client: Client) -> None:
    assert found(client, "301") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"q": ""},
        {"q": "x" * 201},
        {"q": "x", "limit": 0},
        {"q": "x", "limit": 51},
        {"q": "x", "limit": "many"},
        {"q": "x", "kind": "film"},
        {"q": "x", "kind": "movie,"},
        {"q": "x", "kind": ""},
        {"q": "x\0y"},
    ],
)
def test_invalid_parameters_return_422(client: Client, parameters: dict[str, str]) -> None:
    response = client.get("/v1/search", params=parameters)
    assert (response.status_code, response.json()["status"]) == (422, 422)


@pytest.mark.parametrize(
    "typed",
    [
        "%",
        "_",
        "%%%_",
        "'",
        '"',
        "';drop table x;--",
        "$q",
        ".*",
        "(",
        "[a",
        "\\",
        "😀" * 200,
        "a " * 100,
        "\u0301",
        " ",
    ],
)
def test_garbage_returns_no_hits(client: Client, typed: str) -> None:
    response = client.get("/v1/search", params={"q": typed})
    assert response.status_code == 200
    assert all(hit["score"] <= 1 for hit in response.json()["data"])


@hypothesis_settings(max_examples=40, deadline=None, derandomize=True)
@given(typed=st.text(min_size=1, max_size=200).filter(lambda text: text.encode("utf-8", "ignore")))
def test_any_text_is_valid(ask: Find, typed: str) -> None:
    scores = [hit.score for hit in ask(typed.encode("utf-8", "ignore").decode())]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


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


def test_longer_prefixes_keep_the_hit(ask: Find) -> None:
    """Once a prefix of a title finds the film, longer prefixes find it, too."""
    for name in ("Schindler's List", "Eternal Sunshine of the Spotless Mind", "Pulp Fiction"):
        places = [
            [hit.name for hit in ask(name[:length], ["movie"], 50)].count(name) for length in range(1, len(name) + 1)
        ]
        assert places[3:] == [1] * (len(name) - 3), name


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
