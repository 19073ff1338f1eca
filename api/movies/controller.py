"""Films under /v1."""

from typing import Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency

from api.listing import PageAsked, answer, listed
from api.movies import examples
from api.movies import filters as which
from api.movies.listing import MOVIES
from api.parameters import AnyRequest
from api.queries import Queries


class MoviesController(Controller):
    """Browse, filter, sort and count films; one film with all that belongs to it."""

    path = "/movies"
    tags = ("Movies",)
    dependencies = {"filters": which.provide_filters, "page": MOVIES.parameters}  # noqa: RUF012

    @get(**listed(MOVIES, "Films under any filters", examples.MOVIE))
    def list_movies(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        page: NamedDependency[PageAsked],
    ) -> Response[Any]:
        """Films that meet every filter in force, sorted, page by page or whole."""
        return answer(request, queries, MOVIES, page, which.bound(queries, filters))
