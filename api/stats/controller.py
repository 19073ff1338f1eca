"""Numbers over many films under /v1/stats."""

from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency

from api.listing import PageAsked, answer, listed
from api.parameters import AnyRequest, provide_from
from api.queries import Queries
from api.stats import examples
from api.stats.filters import ActorFilters, DirectorFilters, RatingFilters, ReleaseFilters
from api.stats.listings import RATINGS, RELEASES, RETURNS_BY_ACTOR, RETURNS_BY_DIRECTOR


class StatsController(Controller):
    """Counts, returns and ratings, as the marts hold them."""

    path = "/stats"
    tags = ("Statistics",)

    @get(
        "/releases",
        dependencies={"page": RELEASES.parameters, "filters": provide_from(ReleaseFilters)},
        **listed(RELEASES, "Films by period of release", examples.FRIDAY),
    )
    def list_releases(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        filters: NamedDependency[ReleaseFilters],
    ) -> Response[Any]:
        """How many films came out in each month, on each weekday, in each year or decade."""
        return answer(request, queries, RELEASES, page, msgspec.structs.asdict(filters))

    @get(
        "/returns-by-director",
        dependencies={"page": RETURNS_BY_DIRECTOR.parameters, "filters": provide_from(DirectorFilters)},
        **listed(RETURNS_BY_DIRECTOR, "Returns by director", examples.DIRECTOR),
    )
    def list_returns_by_director(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        filters: NamedDependency[DirectorFilters],
    ) -> Response[Any]:
        """What each director's films returned."""
        return answer(request, queries, RETURNS_BY_DIRECTOR, page, msgspec.structs.asdict(filters))

    @get(
        "/returns-by-actor",
        dependencies={"page": RETURNS_BY_ACTOR.parameters, "filters": provide_from(ActorFilters)},
        **listed(RETURNS_BY_ACTOR, "Returns by actor", examples.ACTOR),
    )
    def list_returns_by_actor(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        filters: NamedDependency[ActorFilters],
    ) -> Response[Any]:
        """What each actor's films returned, with or without those that the actor also directed."""
        return answer(request, queries, RETURNS_BY_ACTOR, page, msgspec.structs.asdict(filters))

    @get(
        "/ratings",
        dependencies={"page": RATINGS.parameters, "filters": provide_from(RatingFilters)},
        **listed(RATINGS, "Ratings by film", examples.TOY_STORY),
    )
    def list_ratings(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        filters: NamedDependency[RatingFilters],
    ) -> Response[Any]:
        """How MovieLens users rate films, beside how TMDB's users vote on them."""
        return answer(request, queries, RATINGS, page, msgspec.structs.asdict(filters))
