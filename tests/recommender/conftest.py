"""A few films with obvious neighbors, in a file like the one that dbt builds."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from recommender.config import Config
from recommender.train import train

MART = """
    create table marts.mart_recommender_movies (
        movie_id integer, title varchar, overview varchar, tagline varchar, collection_id integer,
        collection_name varchar, genre_names varchar[], keyword_names varchar[], cast_person_ids bigint[],
        cast_names varchar[], director_person_ids bigint[], director_names varchar[], original_language_code varchar,
        release_year integer, tmdb_vote_count bigint, tmdb_vote_mean double,
        country_codes varchar[], country_names varchar[]
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
    genres: Sequence[str] = ()
    keywords: Sequence[str] = ()
    cast: Sequence[str] = ()
    directors: Sequence[str] = ()
    language: str | None = "en"
    year: int = 2000
    votes: int | None = None
    vote_mean: float | None = None
    countries: Sequence[str] = ()


TOY_FILMS = tuple(Film(**film) for film in json.loads(Path(__file__).with_name("films.json").read_text("utf-8")))
INSERT = """
    insert into marts.mart_recommender_movies
    select
        $1, $2, $3, $4, if($5 is null, null, hash($5) % 1000000), $5, $6, $7,
        list_transform($8::varchar[], lambda name: (hash(name) % 1000000)::bigint), $8,
        list_transform($9::varchar[], lambda name: (hash(name) % 1000000)::bigint), $9,
        $10, $11, $12, $13, $14, $14
"""

MakeDatabase = Callable[..., Path]


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def write_database(path: Path, films: Sequence[Film], ratings: Sequence[tuple[int, int, float]] = ()) -> Path:
    with duckdb.connect(path) as connection:
        connection.execute(f"create schema marts; {MART}; {RATINGS}")
        for rating in ratings:
            connection.execute("insert into marts.fct_ratings values (?, ?, ?)", rating)
        for film in films:
            connection.execute(INSERT, astuple(film))
    return path


@pytest.fixture
def make_database(tmp_path: Path) -> MakeDatabase:
    """Return a function that writes films and ratings (user, film, rating) into a new file."""
    return lambda films=TOY_FILMS, name="movies.duckdb", ratings=(): write_database(tmp_path / name, films, ratings)


@pytest.fixture(scope="session")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_database(tmp_path_factory.mktemp("trained") / "movies.duckdb", TOY_FILMS)
    train(path, Config(), threads=2)
    return path


@pytest.fixture
def trained(trained_once: Path, tmp_path: Path) -> Path:
    """A trained file that the test may change."""
    return Path(shutil.copy(trained_once, tmp_path / "trained.duckdb"))
