"""Numbers over many films under /v1/stats."""

from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.listing import PageAsked, answer, listed
from api.parameters import AnyRequest
from api.queries import Queries
from api.stats import examples, listings, schemas

_MOST = 2**31 - 1


def _at_least(what: str, example: int) -> Any:
    """A parameter that asks for a minimal number."""
    described = QueryParameter(
        ge=0, le=_MOST, description=f"At least this many {what}.", examples=[Example(value=example)]
    )
    return Annotated[int | None, described]


MovieCountFrom = _at_least("films", 5)
KnownReturnsFrom = _at_least("films with a known return", 5)


class StatsController(Controller):
    """Counts, returns and ratings, as the marts hold them."""

    path = "/stats"
    tags = ("Statistics",)

    @get(
        "/releases",
        dependencies={"page": listings.RELEASES.parameters},
        **listed(listings.RELEASES, "Films by period of release", examples.FRIDAY),
    )
    def list_releases(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        by: Annotated[
            schemas.PeriodKind,
            QueryParameter(
                description="Which periods: months and weekdays are those of all years together.",
                examples=[Example(value="weekday")],
            ),
        ] = "month",
    ) -> Response[Any]:
        """How many films came out in each month, on each weekday, in each year or decade."""
        return answer(request, queries, listings.RELEASES, page, {"by": by})

    @get(
        "/returns-by-director",
        dependencies={"page": listings.RETURNS_BY_DIRECTOR.parameters},
        **listed(listings.RETURNS_BY_DIRECTOR, "Returns by director", examples.DIRECTOR),
    )
    def list_returns_by_director(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        movie_count_from: MovieCountFrom = None,
        known_return_movie_count_from: KnownReturnsFrom = None,
    ) -> Response[Any]:
        """What each director's films returned."""
        parameters = {
            "movie_count_from": movie_count_from,
            "known_return_movie_count_from": known_return_movie_count_from,
        }
        return answer(request, queries, listings.RETURNS_BY_DIRECTOR, page, parameters)

    @get(
        "/returns-by-actor",
        dependencies={"page": listings.RETURNS_BY_ACTOR.parameters},
        **listed(listings.RETURNS_BY_ACTOR, "Returns by actor", examples.ACTOR),
    )
    def list_returns_by_actor(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        director_policy: Annotated[
            schemas.DirectorPolicy,
            QueryParameter(
                description="Whether films that the actor also directed count.", examples=[Example(value="excluded")]
            ),
        ] = "excluded",
        movie_count_from: MovieCountFrom = None,
        known_return_movie_count_from: KnownReturnsFrom = None,
    ) -> Response[Any]:
        """What each actor's films returned, with or without those that the actor also directed."""
        parameters = {
            "director_policy": director_policy,
            "movie_count_from": movie_count_from,
            "known_return_movie_count_from": known_return_movie_count_from,
        }
        return answer(request, queries, listings.RETURNS_BY_ACTOR, page, parameters)

    @get(
        "/ratings",
        dependencies={"page": listings.RATINGS.parameters},
        **listed(listings.RATINGS, "Ratings by film", examples.TOY_STORY),
    )
    def list_ratings(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        rating_count_from: _at_least("MovieLens ratings", 50) = None,  # type: ignore[valid-type]
        vote_count_from: _at_least("TMDB votes", 100) = None,  # type: ignore[valid-type]
    ) -> Response[Any]:
        """How MovieLens users rate films, beside how TMDB's users vote on them."""
        parameters = {"rating_count_from": rating_count_from, "vote_count_from": vote_count_from}
        return answer(request, queries, listings.RATINGS, page, parameters)
