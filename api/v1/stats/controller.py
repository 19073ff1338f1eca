"""Numbers over many films under /v1/stats."""

from litestar import Controller

from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams
from api.v1.stats.filters import ActorFilters, DirectorFilters, RatingFilters, ReleaseFilters
from api.v1.stats.listings import RATINGS, RELEASES, RETURNS_BY_ACTOR, RETURNS_BY_DIRECTOR


class StatsController(Controller):
    """Counts, returns and ratings, as the marts hold them."""

    path = "/stats"
    tags = ("Statistics",)

    list_releases = list_route(
        RELEASES,
        "/releases",
        "Films by period of release",
        "How many films came out in each month, on each weekday, in each year or decade.",
        list_params(RELEASES, ReleaseFilters, ExplainParams),
    )
    list_returns_by_director = list_route(
        RETURNS_BY_DIRECTOR,
        "/returns-by-director",
        "Returns by director",
        "What each director's films returned.",
        list_params(RETURNS_BY_DIRECTOR, DirectorFilters, ExplainParams),
    )
    list_returns_by_actor = list_route(
        RETURNS_BY_ACTOR,
        "/returns-by-actor",
        "Returns by actor",
        "What each actor's films returned, with or without those that the actor also directed.",
        list_params(RETURNS_BY_ACTOR, ActorFilters, ExplainParams),
    )
    list_ratings = list_route(
        RATINGS,
        "/ratings",
        "Ratings by film",
        "How MovieLens users rate films, beside how TMDB's users vote on them.",
        list_params(RATINGS, RatingFilters, ExplainParams),
    )
