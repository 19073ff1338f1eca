"""The five raw files, read, typed and judged: which records are kept, and why the others are not."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.pandas_way.cells import (
    known_texts,
    on_scale,
    read_dates,
    read_decimals,
    read_flags,
    read_integers,
    read_literals,
    read_records,
)
from warehouse.raw_files import SOURCES

LITERALS = {
    "movies": ["belongs_to_collection", "genres", "production_companies", "production_countries", "spoken_languages"],
    "credits": ["cast", "crew"],
    "keywords": ["keywords"],
}
SCALES = {
    "budget": (0, 1e13),
    "revenue": (0, 1e13),
    "runtime": (0, 1e13),
    "popularity": (0, 1e9),
    "vote_average": (0, 10),
    "vote_count": (0, 1e12),
}
FLAGS = ["adult", "video"]
COLUMNS = {source.name: source.columns for source in SOURCES}


@dataclass(frozen=True, slots=True)
class Source:
    """A raw file: its records as text, the same typed, what each calls itself, why it is rejected (missing if kept)."""

    name: str
    raw: pd.DataFrame
    typed: pd.DataFrame
    keys: pd.Series
    reasons: pd.Series

    @property
    def kept(self) -> pd.DataFrame:
        return self.typed[self.reasons.isna()]


def read_sources(files: Mapping[str, Path]) -> list[Source]:
    """All five sources; one without a file has no records."""
    raw = {name: read_records(files.get(name), columns) for name, columns in COLUMNS.items()}
    movies = read_movies(raw["movies"])
    kept_ids = movies.kept["movie_id"]
    credit_lists = read_lists("credits", raw["credits"], kept_ids)
    keywords = read_lists("keywords", raw["keywords"], kept_ids)
    links = read_links(raw["links"], kept_ids)
    return [movies, credit_lists, keywords, links, read_ratings(raw["ratings"], links.kept)]


def read_movies(raw: pd.DataFrame) -> Source:
    typed = raw.assign(movie_id=read_integers(raw["id"]), release_date=read_dates(raw["release_date"]))
    for column, (least, most) in SCALES.items():
        typed[column] = on_scale(read_decimals(raw[column]), least, most)
    for column in FLAGS:
        typed[column] = read_flags(raw[column])
    for column in LITERALS["movies"]:
        typed[column] = read_literals(raw[column])
    reasons = pd.Series(pd.NA, index=raw.index, dtype="str")
    reasons[typed["release_date"].isna()] = "invalid_release_date"
    reasons[known_texts(raw["release_date"]).isna()] = "missing_release_date"
    reasons[typed["movie_id"].isna()] = "malformed_row"
    reject_duplicates(reasons, typed[["movie_id"]], typed["vote_count"].fillna(0))
    return Source("movies", raw, typed, raw["id"], reasons)


def read_lists(name: str, raw: pd.DataFrame, kept_ids: pd.Series) -> Source:
    """Credits and keywords: one record a film, its lists as literals."""
    typed = pd.DataFrame({"movie_id": read_integers(raw["id"])})
    for column in LITERALS[name]:
        typed[column] = read_literals(raw[column])
    entry_counts = typed[LITERALS[name]].map(lambda entries: len(entries or [])).sum(axis=1)
    reasons = pd.Series(pd.NA, index=raw.index, dtype="str")
    reasons[typed["movie_id"].isna()] = "malformed_row"
    reject_duplicates(reasons, typed[["movie_id"]], entry_counts)
    reject_unknown_movies(reasons, typed["movie_id"], kept_ids)
    return Source(name, raw, typed, raw["id"], reasons)


def read_links(raw: pd.DataFrame, kept_ids: pd.Series) -> Source:
    typed = pd.DataFrame(
        {
            "movielens_movie_id": read_integers(raw["movieId"]),
            "movie_id": read_integers(raw["tmdbId"]),
            "imdb_id": "tt" + known_texts(raw["imdbId"]).str.strip(" "),
        }
    )
    reasons = pd.Series(pd.NA, index=raw.index, dtype="str")
    is_odd_film = typed["movie_id"].isna() & known_texts(raw["tmdbId"]).notna()
    reasons[typed["movielens_movie_id"].isna() | is_odd_film] = "malformed_row"
    reject_duplicates(reasons, typed[["movielens_movie_id"]], typed["movie_id"].notna())
    reject_unknown_movies(reasons, typed["movie_id"], kept_ids)
    return Source("links", raw, typed, raw["movieId"], reasons)


def read_ratings(raw: pd.DataFrame, links: pd.DataFrame) -> Source:
    typed = pd.DataFrame(
        {
            "user_id": read_integers(raw["userId"]),
            "movielens_movie_id": read_integers(raw["movieId"]),
            "movielens_rating": read_decimals(raw["rating"]),
            "rated_at": pd.to_datetime(read_integers(raw["timestamp"]), unit="s"),
        }
    )
    typed["movie_id"] = typed["movielens_movie_id"].map(links.set_index("movielens_movie_id")["movie_id"])
    reasons = pd.Series(pd.NA, index=raw.index, dtype="str")
    is_whole = typed[["user_id", "movielens_movie_id"]].notna().all(axis=1)
    reasons[~(is_whole & typed["movielens_rating"].between(0.5, 5))] = "malformed_row"
    reject_duplicates(reasons, typed[["user_id", "movielens_movie_id"]], typed["rated_at"])
    reject_unknown_movies(reasons, typed["movie_id"], links["movie_id"])
    return Source("ratings", raw, typed, raw["userId"] + ":" + raw["movieId"], reasons)


def reject_duplicates(reasons: pd.Series, keys: pd.DataFrame, preference: pd.Series) -> None:
    """Of the sound records with the same key, keep the one preferred most, then the first in the file."""
    best_first = preference[reasons.isna()].sort_values(ascending=False, kind="stable").index
    is_repeated = keys.loc[best_first].duplicated()
    reasons[is_repeated[is_repeated].index] = "duplicate_id"


def reject_unknown_movies(reasons: pd.Series, movie_ids: pd.Series, kept_ids: pd.Series) -> None:
    reasons[reasons.isna() & ~movie_ids.isin(kept_ids)] = "unknown_movie"
