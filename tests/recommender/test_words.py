"""Tastes in words: how they are understood, and whether they lead to the films that are meant."""

import csv
import os
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.index import RecommenderIndex
from recommender.taste import RankingOptions, Taste
from recommender.words.reader import DescriptionReader
from search.index import SearchIndex

CASES_FILE = Path(__file__).with_name("tastes_in_words.tsv")
CASES = list(csv.DictReader(CASES_FILE.read_text("utf-8").splitlines(), delimiter="\t"))
MIN_SHARE = 0.95 if "FILMOTECA_WAREHOUSE" in os.environ else 0.85
"""Share of the tastes that lead to expected films; the sample has few films of each kind."""
MIN_EXPECTED = 2
"""Expected films among the first ten."""


@pytest.fixture(scope="module")
def index(case_connection: duckdb.DuckDBPyConnection) -> RecommenderIndex:
    return RecommenderIndex(case_connection)


@pytest.fixture(scope="module")
def reader(case_connection: duckdb.DuckDBPyConnection, index: RecommenderIndex) -> DescriptionReader:
    return DescriptionReader(case_connection, index.films, SearchIndex(case_connection))


def recommend(index: RecommenderIndex, reader: DescriptionReader, text: str) -> list[int]:
    description = reader.read(text)
    liked = [title.movie_id for title in description.liked]
    seeds = [seed for movie_id in liked if (seed := index.seed_from_film(movie_id))]
    if not seeds and not description.concepts:
        return []
    taste = Taste(tuple(seeds), description=description if description.concepts else None)
    return [movie.movie_id for movie in index.recommend(taste, RankingOptions(), exclude=liked)]


def test_tastes_lead_to_expected_films(
    case_connection: duckdb.DuckDBPyConnection, index: RecommenderIndex, reader: DescriptionReader
) -> None:
    known = {movie_id for (movie_id,) in case_connection.execute("select movie_id from marts.dim_movies").fetchall()}
    expected = {case["query"]: {int(one) for one in case["one_of"].split(",")} for case in CASES}
    expected = {query: ids for query, ids in expected.items() if len(ids & known) >= min(MIN_EXPECTED, len(ids))}
    assert len(expected) >= 10
    missed = {
        query: found
        for query, ids in expected.items()
        if len(ids & {*(found := recommend(index, reader, query))}) < min(MIN_EXPECTED, len(ids))
    }
    assert len(missed) <= (1 - MIN_SHARE) * len(expected), missed


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("a French COMEDY about toys", {"french": "country", "comedy": "genre", "toys": "keyword"}),
        ("rom-com from the 90's", {"rom com": "genre", "90s": "year"}),
        ("movies in french, early 2000s", {"in french": "language", "early 2000s": "year"}),
        (
            "90s romantic comedy by almodovar",
            {"90s": "year", "romantic": "genre", "comedy": "genre", "almodovar": "director"},
        ),
        ("scary movies before 1990", {"scary": "genre", "before 1990": "year"}),
        ("directed by Steven Spielberg with Tom Hanks", {"steven spielberg": "director", "tom hanks": "cast"}),
        ("movies set in paris between 1990 and 2000", {"paris": "keyword", "between 1990 and 2000": "year"}),
    ],
)
def test_words_are_understood(reader: DescriptionReader, text: str, understood: dict[str, str]) -> None:
    description = reader.read(text)
    assert {concept.words: concept.meanings[0].field for concept in description.concepts} == understood
    assert not [*description.liked, *description.unknown_words]


@pytest.mark.parametrize(
    ("text", "liked", "included", "excluded", "unknown"),
    [
        ("Toy Story", [862], [], [], []),
        ("movies like toy story", [862], [], [], []),
        ("something like Toy Story 2 but scary, without animals", [863], ["scary"], ["animals"], []),
        ("similar to Titanic and Forrest Gump", [597, 13], [], [], []),
        ("movies like forest gump", [13], [], [], []),
        ("something like Titanic but older", [597], ["older"], [], []),
        ("xyzzy comedy, not horror", [], ["comedy"], ["horror"], ["xyzzy"]),
        ("the best movies of all", [], [], [], []),
    ],
)
def test_forms_are_understood(
    reader: DescriptionReader, text: str, liked: list[int], included: list[str], excluded: list[str], unknown: list[str]
) -> None:
    description = reader.read(text)
    assert [title.movie_id for title in description.liked] == liked
    assert [concept.words for concept in description.included] == included
    assert [concept.words for concept in description.concepts if concept.is_excluded] == excluded
    assert [*description.unknown_words] == unknown


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_valid(index: RecommenderIndex, reader: DescriptionReader, text: str) -> None:
    assert len(recommend(index, reader, text)) <= RankingOptions().limit
