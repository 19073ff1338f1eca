"""Three operations for each kind of entity: list them, get one, and list its films."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from api.db.queries import Queries, Row
from api.http.examples import example_of
from api.http.parameters import BOUNDS, provide_from
from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.lists.routes import list_get, list_response, with_name
from api.lists.schemas import list_params
from api.v1.entities.listing import ENTITY_LISTS, EntityFilters
from api.v1.entities.schemas import TOTALS
from api.v1.entity_kinds import KINDS, EntityKind
from api.v1.explain import ExplainParams, explainable_get
from api.v1.movies.filters import ENTITY_FILTERS, MovieFilters
from api.v1.movies.listing import MOVIES
from api.v1.movies.resolved_filters import FilterMatch, resolve_filters

EntityMovieListParams = list_params(MOVIES, MovieFilters, ExplainParams)


def create_controller(kind: EntityKind) -> type[Controller]:
    """Create the controller of a kind: `list_<plural>`, `get_<name>` and `list_<name>_movies`."""
    schema, listing = TOTALS[kind.name], ENTITY_LISTS[kind.name]
    key_parameter = PathParameter(
        description=f"The {kind.title}.",
        examples=[Example(value=getattr(example_of(schema), kind.key))],
        **BOUNDS.get(kind.key_type, {"max_length": 20}),
    )
    path_parameters = msgspec.defstruct("EntityPath", [(kind.key, Annotated[kind.key_type, key_parameter])])
    path = f"/{{{kind.key}:{kind.key_type.__name__}}}"

    class EntityController(Controller):
        tags = ("Entities",)

        @list_get(
            "/",
            listing,
            f"{kind.plural.capitalize()}, with their films and money",
            list_params(listing, EntityFilters, ExplainParams),
        )
        @with_name(f"list_{kind.plural}", f"List {kind.plural} with the number of their films and their revenue.")
        def list_entities(
            self, request: AnyRequest, queries: NamedDependency[Queries], params: NamedDependency[Any]
        ) -> Response[Any]:
            parameters = {"kind": kind.name, **msgspec.structs.asdict(params.filters)}
            return list_response(request, queries, listing, params.page, parameters)

        @explainable_get(path, f"One {kind.title}", schema, raises=(404,))
        @with_name(f"get_{kind.name}", f"Get a {kind.title} with the number of its films and their revenue.")
        def get_entity(self, queries: NamedDependency[Queries], path: NamedDependency[Any]) -> msgspec.Struct:
            row = find_entity(queries, kind, getattr(path, kind.key))
            return msgspec.convert(kind.to_public(row), schema)

        @list_get(f"{path}/movies", MOVIES, f"The films of one {kind.title}", EntityMovieListParams, raises=(404,))
        @with_name(
            f"list_{kind.name}_movies",
            f"List the films that `movie_count` of the {kind.title} counts. Takes all parameters of /v1/movies; each "
            f"filter narrows the list, `{kind.movie_filter}` too.",
        )
        def list_movies(
            self,
            request: AnyRequest,
            queries: NamedDependency[Queries],
            path: NamedDependency[Any],
            params: NamedDependency[Any],
        ) -> Response[Any]:
            row = find_entity(queries, kind, getattr(path, kind.key))
            match = FilterMatch.from_entity(row, ENTITY_FILTERS[kind.movie_filter])
            restricted = resolve_filters(queries, params.filters).restrict_to(kind.movie_filter, match)
            return list_response(request, queries, MOVIES, params.page, restricted.to_query_parameters())

    EntityController.path = f"/{kind.plural}"
    EntityController.dependencies = {"path": provide_from(path_parameters)}
    return EntityController


def find_entity(queries: Queries, kind: EntityKind, key: int | str) -> Row:
    """Return the row of an entity. Raises ProblemError 404 if there is none with this id or code."""
    code = kind.to_code(str(key))
    rows = queries.rows("get_entity", entity_id=None if code else key, entity_code=code)
    for row in kind.select(rows):
        return row
    detail = f"No {kind.title} with {kind.key} {key}. Search by name: /v1/{kind.plural}?q=…"
    raise ProblemError(HTTPStatus.NOT_FOUND, detail)


ENTITY_CONTROLLERS = [create_controller(kind) for kind in KINDS]
