"""Searches that people type, collected from complaints about the search of film sites and media servers."""

import csv
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from search.documents import KINDS, SuggestedKind
from search.index import SearchIndex
from search.ranking import Hit
from warehouse.connection import open_read_only

CASES_FILE = Path(__file__).with_name("everyday_searches.tsv")
CASES = list(csv.DictReader(CASES_FILE.read_text("utf-8").splitlines(), delimiter="\t"))
FIRST_HITS = 3
MIN_SHARE = 0.95


@pytest.fixture(scope="module")
def index(case_connection: duckdb.DuckDBPyConnection) -> SearchIndex:
    return SearchIndex(case_connection)


def is_found(hits: list[Hit], kind: str, entity_id: int) -> bool:
    return (kind, entity_id) in [(hit.document.kind, hit.document.entity_id) for hit in hits[:FIRST_HITS]]


def test_everyday_searches_find_what_is_meant(case_connection: duckdb.DuckDBPyConnection, index: SearchIndex) -> None:
    rows = case_connection.execute("select kind, entity_id from marts.mart_search_documents").fetchall()
    cases = [case for case in CASES if (case["kind"], int(case["id"])) in set(rows)]
    assert len(cases) >= 10
    missed = [
        case["query"]
        for case in cases
        if not is_found(index.search(case["query"], KINDS, FIRST_HITS), case["kind"], int(case["id"]))
    ]
    assert len(missed) <= (1 - MIN_SHARE) * len(cases), missed


def test_every_film_is_found_by_its_title_and_year(
    case_connection: duckdb.DuckDBPyConnection, index: SearchIndex
) -> None:
    rows = case_connection.execute(
        "select entity_id, name, release_year from marts.mart_search_documents where kind = 'movie'"
        " order by hash(entity_id) limit 200"
    ).fetchall()
    missed = [
        name
        for movie_id, name, year in rows
        if not is_found(index.search(f"{name} ({year})", KINDS, FIRST_HITS), "movie", movie_id)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("toy sto", {"Toy Story", "Toy Story 2", "Toy Story 3"}),
        ("story toy 2", {"Toy Story 2"}),
        ("spiderman", {"Spider-Man", "Spider-Man 2"}),
        ("SPIDER man 2", {"Spider-Man 2"}),
        ("godfather iii", {"The Godfather: Part III"}),
        ("oceans elev", {"Ocean's Eleven"}),
        ("oceans 11", {"Ocean's Eleven"}),
        ("godfather 33", set()),
        ("odfather", set()),
    ],
)
def test_title_has_every_word_or_its_beginning(sample_warehouse: Path, text: str, titles: set[str]) -> None:
    with open_read_only(sample_warehouse) as connection:
        ids = SearchIndex(connection).find_titles(text)
        rows = connection.execute("select title from marts.dim_movies where movie_id in $ids", {"ids": ids}).fetchall()
    assert {title for (title,) in rows} == titles


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [
        ("movie", "Toy Storry", ["Toy Story", "Toy Story 3", "Toy Story 2"]),
        ("movie", "the godfater", ["The Godfather", "The Godfather: Part II", "The Godfather: Part III"]),
        ("movie", "El Padrino", []),
        ("person", "Tom Henks", ["Tom Hanks"]),
        ("collection", "Star War Collection", ["Star Wars Collection"]),
        ("country", "Estado Unido", ["Estados Unidos"]),
        ("country", "Alemanya", ["Alemania"]),
        ("country", "Narnia", []),
        ("language", "Espanhol", ["Español"]),
        ("genre", "Dramma", ["Drama"]),
    ],
)
def test_suggestions_are_sensible_or_absent(
    index: SearchIndex, kind: SuggestedKind, text: str, names: list[str]
) -> None:
    assert index.suggest(text, kind)[: len(names) or 1] == names


def test_digit_without_a_decimal_value_is_a_word(index: SearchIndex) -> None:
    assert index.search("\U00010a40 toy", KINDS, 1)  # KHAROSHTHI DIGIT ONE, which int() rejects


@hypothesis_settings(max_examples=40, deadline=None, derandomize=True)
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_valid(index: SearchIndex, text: str) -> None:
    scores = [hit.score for hit in index.search(text, KINDS, 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
