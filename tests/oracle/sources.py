"""Reads the five raw files, converts their cells, and decides which rows are accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tests.oracle import cells
from warehouse.raw_sources import SOURCES

LITERALS = {
    "movies": ["belongs_to_collection", "genres", "production_companies", "production_countries", "spoken_languages"],
    "credits": ["cast", "crew"],
    "keywords": ["keywords"],
}
RANGES = dict.fromkeys(["budget", "revenue", "runtime"], (0, 1e13))
RANGES |= {"popularity": (0, 1e9), "vote_average": (0, 10), "vote_count": (0, 1e12)}
FLAGS = ["adult", "video"]
COLUMNS = {source.name: source.columns for source in SOURCES}


@dataclass(frozen=True, slots=True)
class Source:
    """A raw file: rows as text, the same with types, their keys, and why they are rejected (missing if accepted)."""

    name: str
    raw: pd.DataFrame
    typed: pd.DataFrame
    keys: pd.Series
    reasons: pd.Series

    @property
    def accepted(self) -> pd.DataFrame:
        return self.typed[self.reasons.isna()]


def read_sources(files: Mapping[str, Sequence[Path]]) -> list[Source]:
    """Read all five sources, each from its first file; one without a file is empty."""
    raw = {name: cells.read_rows(next(iter(files.get(name, ())), None), columns) for name, columns in COLUMNS.items()}
    movies = read_movies(raw["movies"])
    movie_ids = movies.accepted["movie_id"]
    credit_lists = read_lists("credits", raw["credits"], movie_ids)
    keywords = read_lists("keywords", raw["keywords"], movie_ids)
    links = read_links(raw["links"], movie_ids)
    return [movies, credit_lists, keywords, links, read_ratings(raw["ratings"], links.accepted)]


def read_movies(raw: pd.DataFrame) -> Source:
    typed = raw.assign(movie_id=cells.read_integers(raw["id"]), release_date=cells.read_dates(raw["release_date"]))
    for column, (low, high) in RANGES.items():
        decimals = cells.read_decimals(raw[column])
        typed[column] = decimals.where(decimals.between(low, high))
    for column in FLAGS:
        typed[column] = cells.read_flags(raw[column])
    for column in LITERALS["movies"]:
        typed[column] = cells.read_literals(raw[column])
    rules = {
        "malformed_row": typed["movie_id"].isna(),
        "invalid_id": typed["movie_id"] < 1,
        "missing_release_date": cells.known_texts(raw["release_date"]).isna(),
        "invalid_release_date": typed["release_date"].isna(),
    }
    reasons = find_rejections(rules, typed, ["movie_id"], typed["vote_count"].fillna(0))
    return Source("movies", raw, typed, raw["id"], reasons)


def read_lists(name: str, raw: pd.DataFrame, movie_ids: pd.Series) -> Source:
    """Read credits or keywords: one row per film, with lists as literals."""
    typed = pd.DataFrame({"movie_id": cells.read_integers(raw["id"])})
    for column in LITERALS[name]:
        typed[column] = cells.read_literals(raw[column])
    entry_counts = typed[LITERALS[name]].map(lambda entries: len(entries or [])).sum(axis=1)
    rules = {"malformed_row": typed["movie_id"].isna()}
    reasons = find_rejections(rules, typed, ["movie_id"], entry_counts, movie_ids)
    return Source(name, raw, typed, raw["id"], reasons)


def read_links(raw: pd.DataFrame, movie_ids: pd.Series) -> Source:
    typed = pd.DataFrame(
        {
            "movielens_movie_id": cells.read_integers(raw["movieId"]),
            "movie_id": cells.read_integers(raw["tmdbId"]),
            "imdb_id": "tt" + cells.known_texts(raw["imdbId"]).str.strip(" "),
        }
    )
    has_invalid_film = typed["movie_id"].isna() & cells.known_texts(raw["tmdbId"]).notna()
    rules = {"malformed_row": typed["movielens_movie_id"].isna() | has_invalid_film}
    reasons = find_rejections(rules, typed, ["movielens_movie_id"], typed["movie_id"].notna(), movie_ids)
    return Source("links", raw, typed, raw["movieId"], reasons)


def read_ratings(raw: pd.DataFrame, links: pd.DataFrame) -> Source:
    typed = pd.DataFrame(
        {
            "user_id": cells.read_integers(raw["userId"]),
            "movielens_movie_id": cells.read_integers(raw["movieId"]),
            "movielens_rating": cells.read_decimals(raw["rating"]),
            "rated_at": pd.to_datetime(cells.read_integers(raw["timestamp"]), unit="s"),
        }
    )
    typed["movie_id"] = typed["movielens_movie_id"].map(links.set_index("movielens_movie_id")["movie_id"])
    key = ["user_id", "movielens_movie_id"]
    rules = {"malformed_row": typed[key].isna().any(axis=1) | ~typed["movielens_rating"].between(0.5, 5)}
    reasons = find_rejections(rules, typed, key, typed["rated_at"], links["movie_id"])
    return Source("ratings", raw, typed, raw["userId"] + ":" + raw["movieId"], reasons)


def find_rejections(
    rules: Mapping[str, pd.Series], rows: pd.DataFrame, key: list[str], preference: pd.Series, movie_ids: Any = None
) -> pd.Series:
    """Return why each row is rejected: the first rule that applies, a duplicate key, or an unknown film.

    Of the rows with the same key, the one with the highest preference is accepted, then the first in the file.
    """
    reasons = pd.Series(pd.NA, index=rows.index, dtype="str")
    for reason, is_rejected in rules.items():
        reasons[reasons.isna() & is_rejected] = reason
    best_first = preference[reasons.isna()].sort_values(ascending=False, kind="stable").index
    is_duplicate = rows.loc[best_first, key].duplicated()
    reasons[is_duplicate[is_duplicate].index] = "duplicate_id"
    if movie_ids is not None:
        reasons[reasons.isna() & ~rows["movie_id"].isin(movie_ids)] = "unknown_movie"
    return reasons
