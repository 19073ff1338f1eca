"""Which periods, people and films: the filters, as query parameters."""

from typing import Annotated, Any

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.v1.stats import schemas

_MOST = 2**31 - 1


def _at_least(what: str, example: int) -> Any:
    return QueryParameter(
        ge=1, le=_MOST, description=f"Those with at least this many {what}.", examples=[Example(value=example)]
    )


class ReleaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which periods."""

    by: Annotated[
        schemas.PeriodKind,
        QueryParameter(
            description="What to count by; months and weekdays are those of all years together.",
            examples=[Example(value="weekday")],
        ),
    ] = "month"


class DirectorFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which directors; None is not in force."""

    movie_count_from: Annotated[int | None, _at_least("films", 10)] = None
    known_return_movie_count_from: Annotated[int | None, _at_least("films with a known return", 5)] = None


class ActorFilters(DirectorFilters, frozen=True, kw_only=True):
    """Which actors, and whether films that they also directed count."""

    director_policy: Annotated[
        schemas.DirectorPolicy,
        QueryParameter(
            description="Whether films that the actor also directed count.", examples=[Example(value="included")]
        ),
    ] = "excluded"


class RatingFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which films; None is not in force."""

    rating_count_from: Annotated[int | None, _at_least("MovieLens ratings", 50)] = None
    vote_count_from: Annotated[int | None, _at_least("TMDB votes", 100)] = None
