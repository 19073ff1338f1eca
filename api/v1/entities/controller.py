"""Three operations on each kind of things that films list: all of them, one of them, and its films."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from api.db.queries import Queries, Row
from api.http.openapi import documented
from api.http.parameters import BOUNDS, AnyRequest, provide_from
from api.http.problems import ProblemError
from api.lists.page_params import PageParams
from api.lists.routes import list_documentation, list_response, list_route, with_name
from api.lists.schemas import provide_page_params
from api.v1.entities import filters as which
from api.v1.entities.kinds import KINDS, Kind
from api.v1.movies import examples
from api.v1.movies import filters as which_movies
from api.v1.movies.listing import MOVIES


def controller_of(kind: Kind) -> type[Controller]:
    """The three operations on a kind: `list_<plural>`, `get_<name>` and `list_<name>_movies`."""
    example = getattr(kind.example, kind.key)
    bounds = BOUNDS.get(kind.key_type, {"max_length": 20})
    described = PathParameter(description=f"Which {kind.title}.", examples=[Example(value=example)], **bounds)
    address = msgspec.defstruct("Address", [(kind.key, Annotated[kind.key_type, described])])
    path = f"/{{{kind.key}:{kind.key_type.__name__}}}"

    class CatalogController(Controller):
        tags = ("Catalog",)
        dependencies = {"address": provide_from(address)}  # noqa: RUF012

        list_all = list_route(
            kind.listing,
            "/",
            f"{kind.plural.capitalize()}, with their films and money",
            f"Each {kind.title} under the filters in force, with the films and the money that it counts.",
            kind.example,
            which.provide_filters,
        )

        @get(
            path,
            sync_to_thread=True,
            **documented(f"One {kind.title}", type(kind.example), example=kind.example, raises=(404,)),
        )
        @with_name(f"get_{kind.name}", f"A {kind.title}, with the films and the money that it counts.")
        def get_one(self, queries: NamedDependency[Queries], address: NamedDependency[Any]) -> msgspec.Struct:
            return msgspec.convert(known(queries, kind, address), type(kind.example))

        @get(
            f"{path}/movies",
            dependencies={"filters": which_movies.provide_filters, "page": provide_page_params(MOVIES)},
            **list_documentation(MOVIES, f"The films of one {kind.title}", examples.MOVIE, raises=(404,)),
        )
        @with_name(
            f"list_{kind.name}_movies",
            f"The films that `movie_count` of the {kind.title} counts, under any filters besides: each "
            f"narrows them, `{kind.movie_filter}` too. All that /v1/movies takes is taken here.",
        )
        def list_movies(
            self,
            request: AnyRequest,
            queries: NamedDependency[Queries],
            address: NamedDependency[Any],
            filters: NamedDependency[Any],
            page: NamedDependency[PageParams],
        ) -> Response[Any]:
            found = known(queries, kind, address)[kind.key]
            parameters = which_movies.within(which_movies.bound(queries, filters), kind.movie_filter, found)
            return list_response(request, queries, MOVIES, page, parameters)

    CatalogController.path = f"/{kind.plural}"
    return CatalogController


def known(queries: Queries, kind: Kind, address: msgspec.Struct) -> Row:
    """The row of one of a kind. Raises ProblemError 404 for an id that none has."""
    if row := queries.first(f"get_{kind.name}", **msgspec.structs.asdict(address)):
        return row
    asked = getattr(address, kind.key)
    raise ProblemError(
        HTTPStatus.NOT_FOUND,
        f"No {kind.title} has the {kind.key} {asked}; /v1/{kind.plural}?q=… finds one by its name.",
    )


CATALOG_CONTROLLERS = [controller_of(kind) for kind in KINDS]
