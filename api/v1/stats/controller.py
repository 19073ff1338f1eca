"""Numbers over many films under /v1/stats."""

from litestar import Controller

from api.http.parameters import provide_from
from api.lists.routes import list_route
from api.v1.stats import examples
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
        examples.FRIDAY,
        provide_from(ReleaseFilters),
    )
    list_returns_by_director = list_route(
        RETURNS_BY_DIRECTOR,
        "/returns-by-director",
        "Returns by director",
        "What each director's films returned.",
        examples.DIRECTOR,
        provide_from(DirectorFilters),
    )
    list_returns_by_actor = list_route(
        RETURNS_BY_ACTOR,
        "/returns-by-actor",
        "Returns by actor",
        "What each actor's films returned, with or without those that the actor also directed.",
        examples.ACTOR,
        provide_from(ActorFilters),
    )
    list_ratings = list_route(
        RATINGS,
        "/ratings",
        "Ratings by film",
        "How MovieLens users rate films, beside how TMDB's users vote on them.",
        examples.TOY_STORY,
        provide_from(RatingFilters),
    )
