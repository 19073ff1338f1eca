"""Finds films by title for the command line, and formats what two films share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from recommender.queries import load_query
from recommender.taste import Contribution
from warehouse.errors import FilmotecaError

MIN_SIMILARITY = 0.8
"""Minimum Jaro-Winkler similarity of a suggested title."""


@dataclass(frozen=True, slots=True)
class MovieTitle:
    """A film with its title and year, as printed."""

    movie_id: int
    title: str
    release_year: int

    def __str__(self) -> str:
        return f"{self.title} ({self.release_year})"


def find_movie(connection: duckdb.DuckDBPyConnection, text: str) -> MovieTitle:
    """Return the film with this title or id.

    Raises:
        FilmotecaError: There is none; the message suggests similar titles.
    """
    if found := connection.execute(load_query("find_movie"), {"text": text}).fetchone():
        return MovieTitle(*found)
    similar = connection.execute(
        load_query("suggest_titles"), {"text": text, "min_similarity": MIN_SIMILARITY}
    ).fetchall()
    hint = f" Did you mean {' or '.join(repr(title) for (title,) in similar)}?" if similar else ""
    raise FilmotecaError(f"No film has the title or id {text!r}.{hint}")


def read_titles(connection: duckdb.DuckDBPyConnection, movie_ids: Iterable[int]) -> dict[int, MovieTitle]:
    """Return the titles of films by movie_id."""
    rows = connection.execute(load_query("movie_titles"), {"movie_ids": list(movie_ids)}).fetchall()
    return {movie_id: MovieTitle(movie_id, title, year) for movie_id, title, year in rows}


def summarize(contributions: Sequence[Contribution]) -> list[tuple[str, str, float]]:
    """Return (field, term, contribution), largest first; all users who like both films are one entry."""
    rows = [(one.field, one.term, one.contribution) for one in contributions if one.field != "likes"]
    if likes := [one.contribution for one in contributions if one.field == "likes"]:
        rows.append(("likes", f"{len(likes)} users like both", sum(likes)))
    return sorted(rows, key=lambda row: -row[2])
