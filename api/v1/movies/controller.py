"""Films under /v1."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency

from api.db.queries import Queries
from api.http.openapi import documented
from api.http.parameters import AnyRequest
from api.lists.page_params import PageParams
from api.lists.routes import list_documentation, list_response
from api.lists.schemas import provide_page_params
from api.v1.movies import detail, examples, facets, schemas
from api.v1.movies.filters import provide_filters
from api.v1.movies.listing import MOVIES
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.path_parameters import MovieId
from recommender.index import RecommenderIndex


class MoviesController(Controller):
    """Lists, filters and counts films, and describes one film."""

    tags = ("Movies",)

    @get(
        "/movies",
        dependencies={"filters": provide_filters, "page": provide_page_params(MOVIES)},
        **list_documentation(MOVIES, "Films under any filters", examples.MOVIE, facets=facets.RequestedFacets),
    )
    def list_movies(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        page: NamedDependency[PageParams],
        facet_names: facets.FacetNames = None,
    ) -> Response[Any]:
        """List the films that match every filter, sorted and paged, with the counts of the requested facets."""
        resolved = resolve_filters(queries, filters)
        counts = {"facets": facets.count_facets(queries, facet_names, resolved)} if facet_names else {}
        return list_response(request, queries, MOVIES, page, resolved.to_query_parameters(), **counts)

    @get(
        "/facets",
        dependencies={"filters": provide_filters},
        sync_to_thread=True,
        **documented("How many films each value of a filter leaves", schemas.Facets, example=examples.FACETS),
    )
    def count_facets(
        self,
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        facet_names: facets.FacetNames = None,
        facet_limit: facets.FacetLimit = facets.DEFAULT_LIMIT,
    ) -> schemas.Facets:
        """Count the matching films by genre, decade, language… Each facet ignores its own filter."""
        resolved = resolve_filters(queries, filters)
        names = facet_names or facets.DEFAULT_FACETS
        return schemas.Facets(facets=facets.count_facets(queries, names, resolved, facet_limit))

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
        """Get a film with the parts of `include`."""
        return detail.get_movie(queries, recommender, movie_id, include or ())

    @get(
        "/movies/{movie_id:int}/credits",
        sync_to_thread=True,
        **documented("Who made a film", schemas.Credits, example=examples.CREDITS, raises=(404,)),
    )
    def get_movie_credits(self, queries: NamedDependency[Queries], movie_id: MovieId) -> schemas.Credits:
        """Get the cast and crew of a film."""
        detail.find_movie(queries, movie_id)
        return detail.get_credits(queries, movie_id)
