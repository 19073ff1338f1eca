"""Statistics under /v1/stats."""

from typing import Annotated

import msgspec
from litestar import Controller

from api.http.examples import described
from api.lists.endpoint import ListEndpoint
from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams
from api.v1.people.schemas import DirectorPolicy
from api.v1.stats import schemas
from api.v1.stats.schemas import PeriodKind

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
    sorts=schemas.DirectorReturns.__struct_fields__,
)
RETURNS_BY_ACTOR = ListEndpoint(
    query="list_returns_by_actor",
    item=schemas.ActorReturns,
    key="person_id",
    default_sort="-known_return_movie_count",
    sorts=(*RETURNS_BY_DIRECTOR.sorts, "excluded_directed_movie_count"),
)
RATINGS = ListEndpoint(
    query="list_ratings",
    item=schemas.MovieRatings,
    key="movie_id",
    default_sort="-movielens_rating_count",
    sorts=schemas.MovieRatings.__struct_fields__,
    sort_columns={"title": "title_key"},
)


def _minimum(what: str, example: int) -> msgspec.Meta:
    return described(f"Only rows with at least this many {what}.", example, ge=1, le=2**31 - 1)


class ReleaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    by: Annotated[PeriodKind, described("Months and weekdays combine all years.", "weekday")] = "month"


class DirectorFilters(msgspec.Struct, frozen=True, kw_only=True):
    movie_count_from: Annotated[int, _minimum("films", 10)] | None = None
    known_return_movie_count_from: Annotated[int, _minimum("films with a known return", 5)] | None = None


class ActorFilters(DirectorFilters, frozen=True, kw_only=True):
    """Filters of actors, and the policy for films that they also directed."""

    director_policy: Annotated[DirectorPolicy, described("Whether films also directed count.", "included")] = "excluded"


class RatingFilters(msgspec.Struct, frozen=True, kw_only=True):
    rating_count_from: Annotated[int, _minimum("MovieLens ratings", 50)] | None = None
    vote_count_from: Annotated[int, _minimum("TMDB votes", 100)] | None = None


class StatsController(Controller):
    path = "/stats"
    tags = ("Statistics",)

    list_releases = list_route(
        RELEASES,
        "/releases",
        "Films by period of release",
        "List the number of films released by month, weekday, year or decade.",
        list_params(RELEASES, ReleaseFilters, ExplainParams),
    )
    list_returns_by_director = list_route(
        RETURNS_BY_DIRECTOR,
        "/returns-by-director",
        "Returns by director",
        "List the returns of each director's films.",
        list_params(RETURNS_BY_DIRECTOR, DirectorFilters, ExplainParams),
    )
    list_returns_by_actor = list_route(
        RETURNS_BY_ACTOR,
        "/returns-by-actor",
        "Returns by actor",
        "List the returns of each actor's films, with or without those that the actor also directed.",
        list_params(RETURNS_BY_ACTOR, ActorFilters, ExplainParams),
    )
    list_ratings = list_route(
        RATINGS,
        "/ratings",
        "Ratings by film",
        "List the MovieLens ratings of films beside their TMDB votes.",
        list_params(RATINGS, RatingFilters, ExplainParams),
    )
