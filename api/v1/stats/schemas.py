"""Responses with statistics. Unknown values are null; a return is revenue / budget."""

from typing import Annotated, Literal

import msgspec

from api.http.examples import described
from api.v1.people import schemas as people

PeriodKind = Literal["month", "weekday", "year", "decade"]


class Releases(msgspec.Struct, frozen=True, kw_only=True):
    """The number of films released in a period."""

    release_period: Annotated[int, described("Month, weekday (Monday is 1), year, or first year of the decade.", 5)]
    period_name_en: Annotated[str | None, described("English name; null for years and decades.", "friday")]
    period_name_es: Annotated[str | None, described("Spanish name; null for years and decades.", "viernes")]
    movie_count: Annotated[int, described("Films, including those with a placeholder date.", 13_908)]
    non_placeholder_movie_count: Annotated[int, described("Films without a placeholder date (1 January).", 13_372)]


class DirectorReturns(msgspec.Struct, frozen=True, kw_only=True):
    """The returns of a director's films."""

    person_id: Annotated[int, described("TMDB id; negative if TMDB gave none.", 190)]
    person_name: Annotated[str | None, described("Name.", "Clint Eastwood")]
    movie_count: people.CountedMovies
    known_return_movie_count: people.KnownReturnMovies
    total_return_ratio: people.ReturnSum
    mean_return_ratio: people.ReturnMean
    known_mean_return_ratio: people.KnownReturnMean
    known_median_return_ratio: people.KnownReturnMedian
    pooled_return_ratio: people.PooledReturn


class ActorReturns(DirectorReturns, frozen=True, kw_only=True):
    """The returns of an actor's films."""

    director_policy: people.Policy
    excluded_directed_movie_count: people.ExcludedMovies


class MovieRatings(msgspec.Struct, frozen=True, kw_only=True):
    """The MovieLens ratings of a film beside its TMDB votes."""

    movie_id: Annotated[int, described("TMDB id of the film.", 862)]
    title: Annotated[str | None, described("Title.", "Toy Story")]
    release_year: Annotated[int, described("Release year.", 1995)]
    movielens_rating_count: Annotated[int, described("Number of MovieLens ratings.", 247)]
    movielens_rating_mean: Annotated[float, described("Mean of the ratings, 0.5 to 5 stars.", 3.872)]
    tmdb_vote_count: Annotated[int | None, described("Number of TMDB votes.", 5415)]
    tmdb_vote_mean: Annotated[float | None, described("Mean of the TMDB votes, 0 to 10.", 7.7)]
