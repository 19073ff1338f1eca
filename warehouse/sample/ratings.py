"""Invents the ratings of the sample. No real person gave one: they follow from invented tastes.

Each of the users likes one or two genres, a decade and a saga, dislikes a genre, and mostly rates what is to
their liking, so that an evaluation has something to find. Nothing is drawn from a random generator,
whose sequences may differ between Python versions: every chance is a hash of what it is about.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from warehouse.sample.film import Film
from warehouse.sample.raw_format import Record

T = TypeVar("T")

USER_COUNT = 60
FEWEST_RATINGS, MOST_RATINGS = 25, 60
FIRST_DAY, LAST_DAY = dt.date(1996, 6, 1), dt.date(2017, 6, 30)
DAYS_OF_RATING = 120
AVERAGE_STARS = 2.75


@dataclass(frozen=True, slots=True)
class _User:
    """A user and what he or she likes; None where there was nothing to choose from."""

    user_id: int
    liked_genres: frozenset[str | None]
    disliked_genre: str | None
    liked_decade: int | None
    liked_saga: str | None
    first_day: dt.date


def make_ratings(films: Sequence[Film]) -> list[Record]:
    """Returns the records of ratings_small, by user and MovieLens id, for the films that have such an id."""
    rated_films = [film for film in films if film.movielens_id]
    return [record for user in _users(rated_films) for record in _ratings_of(user, rated_films)]


def _chance(*parts: object) -> float:
    """Returns a number in [0, 1) that depends on `parts` alone and is as good as random."""
    digest = hashlib.sha256("|".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _pick(choices: Sequence[T], *parts: object) -> T | None:
    return choices[int(_chance(*parts) * len(choices))] if choices else None


def _users(films: Sequence[Film]) -> Iterator[_User]:
    # A genre, decade or saga stands in its list once per film, so that the fuller ones are liked more often.
    genres = [genre for film in films for genre in film.genres]
    decades = [_decade(film) for film in films]
    sagas = [film.collection for film in films if film.collection]
    days = (LAST_DAY - FIRST_DAY).days - DAYS_OF_RATING
    for user_id in range(1, USER_COUNT + 1):
        liked_genres = frozenset({_pick(genres, user_id, "likes"), _pick(genres, user_id, "likes too")})
        yield _User(
            user_id=user_id,
            liked_genres=liked_genres,
            disliked_genre=_pick([genre for genre in genres if genre not in liked_genres], user_id, "dislikes"),
            liked_decade=_pick(decades, user_id, "decade"),
            liked_saga=_pick(sagas, user_id, "saga"),
            first_day=FIRST_DAY + dt.timedelta(days=int(_chance(user_id, "first day") * days)),
        )


def _decade(film: Film) -> int:
    return film.release_date.year // 10 * 10


def _affinity(user: _User, film: Film) -> float:
    """Returns how much the user is drawn to the film, in stars above or below an average one."""
    return (
        1.0 * len(user.liked_genres.intersection(film.genres))
        - 1.2 * (user.disliked_genre in film.genres)
        + 0.5 * (_decade(film) == user.liked_decade)
        + 1.0 * (film.collection == user.liked_saga)
        + 0.5 * (film.vote_average - 7)
    )


def _ratings_of(user: _User, films: Sequence[Film]) -> list[Record]:
    seen = [film for film in films if film.release_date < user.first_day]
    count = FEWEST_RATINGS + int(_chance(user.user_id, "count") * (MOST_RATINGS - FEWEST_RATINGS + 1))

    def pull(film: Film) -> float:
        return _affinity(user, film) + 5 * _chance(user.user_id, "pull", film.id)

    chosen = sorted(seen, key=pull, reverse=True)[:count]
    return [_rating(user, film) for film in films if film in chosen]


def _rating(user: _User, film: Film) -> Record:
    mood = 1.5 * (_chance(user.user_id, "mood", film.id) - 0.5)
    stars = min(5.0, max(0.5, round(2 * (AVERAGE_STARS + _affinity(user, film) + mood)) / 2))
    midnight = dt.datetime.combine(user.first_day, dt.time(), dt.UTC)
    seconds = int(_chance(user.user_id, "when", film.id) * DAYS_OF_RATING * 86_400)
    return {
        "userId": str(user.user_id),
        "movieId": str(film.movielens_id),
        "rating": str(stars),
        "timestamp": str(int(midnight.timestamp()) + seconds),
    }
