"""Films under /v1."""

from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from api.db.queries import Queries
from api.http.openapi import documented
from api.http.parameters import AnyRequest
from api.lists.page_params import PageParams
from api.lists.routes import list_documentation, list_response
from api.lists.schemas import provide_page_params
from api.v1.movies import detail, examples, facets, schemas
from api.v1.movies import filters as which
from api.v1.movies.listing import MOVIES
from recommender.index import RecommenderIndex

MovieId = Annotated[
    int, PathParameter(ge=1, le=2**31 - 1, description="TMDB id of the film.", examples=[Example(value=862)])
]


class MoviesController(Controller):
    """Browse, filter, sort and count films; one film with all that belongs to it."""

    tags = ("Movies",)

    @get(
        "/movies",
        dependencies={"filters": which.provide_filters, "page": provide_page_params(MOVIES)},
        **list_documentation(MOVIES, "Films under any filters", examples.MOVIE, facets=facets.Beside),
    )
    def list_movies(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        page: NamedDependency[PageParams],
        facet_names: facets.FacetNames = None,
    ) -> Response[Any]:
        """Films that meet every filter in force, sorted, page by page or whole; with facet counts, if asked."""
        parameters = which.bound(queries, filters)
        counts = {"facets": facets.count(queries, facet_names, parameters)} if facet_names else {}
        return list_response(request, queries, MOVIES, page, parameters, **counts)

    @get(
        "/facets",
        dependencies={"filters": which.provide_filters},
        sync_to_thread=True,
        **documented("How many films each value of a filter leaves", schemas.Facets, example=examples.FACETS),
    )
    def count_facets(
        self,
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        facet_names: facets.FacetNames = None,
        facet_limit: facets.FacetLimit = 20,
    ) -> schemas.Facets:
        """Counts by genre, decade, language… under the filters in force, each facet's own filter left out."""
        names = facet_names or facets.DEFAULT_FACETS
        return schemas.Facets(facets=facets.count(queries, names, which.bound(queries, filters), facet_limit))

    @get(
        "/movies/{movie_id:int}",
        sync_to_thread=True,
        **documented("One film", schemas.MovieDetail, example=examples.MOVIE_DETAIL, raises=(404,)),
    )
    def get_movie(
        self,
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        movie_id: MovieId,
        include: detail.Include = None,
    ) -> schemas.MovieDetail:
        """A film, with the parts that `include` names, in one answer."""
        return detail.movie(queries, recommender, movie_id, include or [])

    @get(
        "/movies/{movie_id:int}/credits",
        sync_to_thread=True,
        **documented("Who made a film", schemas.Credits, example=examples.CREDITS, raises=(404,)),
    )
    def get_movie_credits(self, queries: NamedDependency[Queries], movie_id: MovieId) -> schemas.Credits:
        """The cast and crew of a film."""
        detail.known_movie(queries, movie_id)
        return detail.credits_of(queries, movie_id)
