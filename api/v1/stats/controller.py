"""Statistics under /v1/stats."""

from litestar import Controller

from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams
from api.v1.stats.lists import (
    RATINGS,
    RELEASES,
    RETURNS_BY_ACTOR,
    RETURNS_BY_DIRECTOR,
    ActorFilters,
    DirectorFilters,
    RatingFilters,
    ReleaseFilters,
)


class StatsController(Controller):
    """Lists releases, returns and ratings."""

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
