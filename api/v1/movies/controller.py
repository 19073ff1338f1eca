"""Films under /v1."""

from typing import Annotated, Any

from litestar import Controller, Response
from litestar.di import NamedDependency
from msgspec import Meta

from api.db.queries import Queries
from api.http.context import RequestContext
from api.http.parameters import list_of, query_parameter
from api.http.request_hooks import AnyRequest
from api.lists.routes import list_get, list_response
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams, explainable_get
from api.v1.movies import detail, facets, schemas
from api.v1.movies.facets import DEFAULT_LIMIT, FacetNames
from api.v1.movies.filters import MovieFilters
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.movies.schemas import MOVIES
from api.v1.path_parameters import MovieId

MovieListParams = list_params(MOVIES, MovieFilters, ExplainParams, facets=FacetNames)


class FacetParams(ExplainParams, frozen=True, kw_only=True):
    filters: MovieFilters  # type: ignore[valid-type]
    facets: FacetNames = None
    facet_limit: Annotated[int, Meta(ge=1, le=200, description="Values of each facet.")] = DEFAULT_LIMIT


Parts = query_parameter(list_of(detail.PARTS), "Parts to include in the film, separated by commas.", ["genres"])


class MovieParams(ExplainParams, frozen=True, kw_only=True):
    include: Parts = None  # type: ignore[valid-type]


class MoviesController(Controller):
    tags = ("Movies",)

    @list_get("/movies", MOVIES, "Films under any filters", MovieListParams, {"facets": facets.RequestedFacets})
    def list_movies(self, request: AnyRequest, context: NamedDependency[RequestContext]) -> Response[Any]:
        """List the films that match every filter, sorted and paged, with the counts of the requested facets."""
        queries, params = context.snapshot.queries, context.parameters
        resolved = resolve_filters(queries, params.filters)
        counts = {"facets": facets.count_facets(queries, params.facets, resolved)} if params.facets else {}
        return list_response(request, queries, MOVIES, params.page, resolved.to_query_parameters(), **counts)

    @explainable_get("/facets", "Number of films by filter value", schemas.Facets, FacetParams)
    def count_facets(self, context: NamedDependency[RequestContext]) -> schemas.Facets:
        """Count the matching films by genre, decade, language… Each facet ignores its own filter."""
        queries, params = context.snapshot.queries, context.parameters
        resolved = resolve_filters(queries, params.filters)
        names = params.facets or facets.DEFAULT_FACETS
        return schemas.Facets(facets=facets.count_facets(queries, names, resolved, params.facet_limit))

    @explainable_get("/movies/{movie_id:int}", "One film", schemas.MovieDetail, MovieParams, raises=(404,))
    def get_movie(self, context: NamedDependency[RequestContext], movie_id: MovieId) -> schemas.MovieDetail:
        """Get a film with the parts of `include`."""
        row = detail.find_movie(context.snapshot.queries, movie_id)
        return detail.add_parts(row, context.snapshot, context.parameters.include or ())

    @explainable_get("/movies/{movie_id:int}/credits", "Cast and crew of a film", schemas.Credits, raises=(404,))
    def get_movie_credits(self, queries: NamedDependency[Queries], movie_id: MovieId) -> schemas.Credits:
        """Get the cast and crew of a film."""
        detail.find_movie(queries, movie_id)
        return detail.get_credits(queries, movie_id)
