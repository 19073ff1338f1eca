"""The lists of statistics and their filters."""

from typing import Annotated

import msgspec
from litestar.params import QueryParameter

from api.http.parameters import parameter_docs
from api.lists.endpoint import ListEndpoint
from api.v1.people.schemas import DirectorPolicy
from api.v1.stats import schemas

_RETURN_SORTS = schemas.DirectorReturns.__struct_fields__

RELEASES = ListEndpoint(
    query="list_releases",
    item=schemas.Releases,
    key="release_period",
    default_sort="release_period",
    sorts=("release_period", "movie_count", "non_placeholder_movie_count"),
)

# Sorted by the number of known returns, because a ratio of one film says little.
RETURNS_BY_DIRECTOR = ListEndpoint(
    query="list_returns_by_director",
    item=schemas.DirectorReturns,
    key="person_id",
    default_sort="-known_return_movie_count",
    sorts=_RETURN_SORTS,
)
RETURNS_BY_ACTOR = ListEndpoint(
    query="list_returns_by_actor",
    item=schemas.ActorReturns,
    key="person_id",
    default_sort="-known_return_movie_count",
    sorts=(*_RETURN_SORTS, "excluded_directed_movie_count"),
)
RATINGS = ListEndpoint(
    query="list_ratings",
    item=schemas.MovieRatings,
    key="movie_id",
    default_sort="-movielens_rating_count",
    sorts=schemas.MovieRatings.__struct_fields__,
    sort_columns={"title": "title_key"},
)


def _minimum(what: str, example: int) -> QueryParameter:
    return parameter_docs(f"Only rows with at least this many {what}.", example, ge=1, le=2**31 - 1)


class ReleaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """The kind of period."""

    by: Annotated[
        schemas.PeriodKind, parameter_docs("The period; months and weekdays combine all years.", "weekday")
    ] = "month"


class DirectorFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Filters of directors."""

    movie_count_from: Annotated[int | None, _minimum("films", 10)] = None
    known_return_movie_count_from: Annotated[int | None, _minimum("films with a known return", 5)] = None


class ActorFilters(DirectorFilters, frozen=True, kw_only=True):
    """Filters of actors, and the policy for films that they also directed."""

    director_policy: Annotated[
        DirectorPolicy, parameter_docs("Whether films that the actor also directed count.", "included")
    ] = "excluded"


class RatingFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Filters of rated films."""

    rating_count_from: Annotated[int | None, _minimum("MovieLens ratings", 50)] = None
    vote_count_from: Annotated[int | None, _minimum("TMDB votes", 100)] = None
