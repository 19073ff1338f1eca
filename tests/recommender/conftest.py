"""A few films with obvious neighbors, in a file like the one that dbt builds."""

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

MART = """
    create table marts.mart_recommender_movies (
        movie_id integer, title varchar, overview varchar, tagline varchar, collection_id integer,
        collection_name varchar, genre_names varchar[], keyword_names varchar[], cast_person_ids bigint[],
        cast_names varchar[], director_person_ids bigint[], director_names varchar[], original_language_code varchar,
        release_year integer, tmdb_vote_count bigint, tmdb_vote_mean double
    )
"""
RATINGS = "create table marts.fct_ratings (user_id integer, movie_id integer, movielens_rating double)"


@dataclass(frozen=True)
class Film:
    """A row of the mart. Ids of people are hashes of their names."""

    movie_id: int
    title: str
    overview: str | None = None
    tagline: str | None = None
    collection: str | None = None
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    language: str | None = "en"
    year: int = 2000
    votes: int | None = None
    vote_mean: float | None = None


TOY_STORY = Film(
    862,
    "Toy Story",
    overview="Woody, a toy cowboy, fears a new toy in Andy's room.",
    collection="Toy Story Collection",
    genres=("Animation", "Family"),
    keywords=("toy",),
    cast=("Tom Hanks", "Tim Allen"),
    directors=("John Lasseter",),
)
SEQUEL_OVERVIEW = "A toy collector steals Woody, and Buzz sets out to save him."
TOY_FILMS = (
    TOY_STORY,
    replace(TOY_STORY, movie_id=863, title="Toy Story 2", overview=SEQUEL_OVERVIEW),
    Film(
        597,
        "Titanic",
        overview="Two lovers meet on a ship that sinks.",
        tagline="Nothing could come between them.",
        genres=("Drama", "Romance"),
        keywords=("ship", "iceberg"),
        cast=("Kate Winslet",),
        directors=("James Cameron",),
    ),
    Film(
        11071,
        "A Night to Remember",
        overview="The ship Titanic strikes an iceberg and sinks.",
        genres=("Drama",),
        keywords=("ship", "iceberg"),
        cast=("Kenneth More",),
        directors=("Roy Ward Baker",),
    ),
    Film(129, "千と千尋の神隠し", "千尋 と 神", genres=("Animation",), directors=("Hayao Miyazaki",)),
    Film(8392, "となりのトトロ", directors=("Hayao Miyazaki",)),
    Film(1271, "300", overview="300 men hold a pass."),
    Film(1272, "The 300 Spartans", overview="How 300 men held it first."),
    Film(5000, "Solitaire", overview="Zyzzyva."),
    Film(6000, "Only a Title"),
)

INSERT = """
    insert into marts.mart_recommender_movies
    select
        $1, $2, $3, $4, if($5 is null, null, hash($5) % 1000000), $5, $6, $7,
        list_transform($8::varchar[], lambda name: (hash(name) % 1000000)::bigint), $8,
        list_transform($9::varchar[], lambda name: (hash(name) % 1000000)::bigint), $9,
        $10, $11, $12, $13
"""

MakeDatabase = Callable[..., Path]


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def make_database(tmp_path: Path) -> MakeDatabase:
    """Return a function that writes films and ratings (user, film, rating) into a new file."""

    def make(
        films: tuple[Film, ...] = TOY_FILMS,
        name: str = "movies.duckdb",
        ratings: tuple[tuple[int, int, float], ...] = (),
    ) -> Path:
        path = tmp_path / name
        with duckdb.connect(path) as connection:
            connection.execute(f"create schema marts; {MART}; {RATINGS}")
            for rating in ratings:
                connection.execute("insert into marts.fct_ratings values (?, ?, ?)", rating)
            for film in films:
                values = [list(value) if isinstance(value, tuple) else value for value in astuple(film)]
                connection.execute(INSERT, values)
        return path

    return make
