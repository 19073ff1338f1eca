"""Three operations for each kind of entity: list them, get one, and list its films."""

from typing import Annotated, Any

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency

from api.db.queries import Queries, Row
from api.http.context import RequestContext
from api.http.examples import described
from api.http.parameters import BOUNDS, filters_of, path_parameter, provide_from, range_parameters, words_parameter
from api.http.problems import not_found
from api.http.request_hooks import AnyRequest
from api.lists.endpoint import ListEndpoint
from api.lists.routes import list_get, list_response, with_name
from api.lists.schemas import list_params
from api.v1.entity_kinds import KINDS, EntityKind
from api.v1.explain import ExplainParams, explainable_get
from api.v1.movies.filters import ENTITY_FILTERS, MovieFilters
from api.v1.movies.resolved_filters import FilterMatch, resolve_filters
from api.v1.movies.schemas import MOVIES

MEASURES = {
    "movie_count": (int, "number of films", 100),
    "known_revenue_movie_count": (int, "number of films with a known revenue", 10),
    "total_revenue": (int, "sum of known revenues in US dollars", 1_000_000_000),
}
EntityFilters = filters_of(
    "EntityFilters", {"q": words_parameter("Those whose name", "colum pict"), **range_parameters("Those", MEASURES)}
)
EntityMovieListParams = list_params(MOVIES, MovieFilters, ExplainParams)


def create_controller(kind: EntityKind) -> type[Controller]:
    """Create the controller of a kind: `list_<plural>`, `get_<name>` and `list_<name>_movies`."""
    endpoint = _create_list(kind)
    bounds = BOUNDS.get(kind.key_type, {"max_length": 20})
    key: Any = Annotated[kind.key_type, path_parameter(f"The {kind.title}.", kind.example[0], **bounds)]
    path_parameters = msgspec.defstruct("EntityPath", [(kind.key, key)])
    path = f"/{{{kind.key}:{kind.key_type.__name__}}}"

    class EntityController(Controller):
        tags = ("Entities",)

        @list_get(
            "/",
            endpoint,
            f"{kind.plural.capitalize()}, with their films and money",
            list_params(endpoint, EntityFilters, ExplainParams),
        )
        @with_name(f"list_{kind.plural}", f"List {kind.plural} with the number of their films and their revenue.")
        def list_entities(self, request: AnyRequest, context: NamedDependency[RequestContext]) -> Response[Any]:
            params = context.parameters
            parameters = {"kind": kind.name, **msgspec.structs.asdict(params.filters)}
            return list_response(request, context.snapshot.queries, endpoint, params.page, parameters)

        @explainable_get(path, f"One {kind.title}", endpoint.item, raises=(404,))
        @with_name(f"get_{kind.name}", f"Get a {kind.title} with the number of its films and their revenue.")
        def get_entity(self, queries: NamedDependency[Queries], path: NamedDependency[Any]) -> msgspec.Struct:
            row = find_entity(queries, kind, getattr(path, kind.key))
            return msgspec.convert(kind.to_public(row), endpoint.item)

        @list_get(f"{path}/movies", MOVIES, f"The films of one {kind.title}", EntityMovieListParams, raises=(404,))
        @with_name(
            f"list_{kind.name}_movies",
            f"List the films that `movie_count` of the {kind.title} counts. Takes all parameters of /v1/movies; each "
            f"filter narrows the list, `{kind.movie_filter}` too.",
        )
        def list_movies(
            self, request: AnyRequest, context: NamedDependency[RequestContext], path: NamedDependency[Any]
        ) -> Response[Any]:
            queries, params = context.snapshot.queries, context.parameters
            row = find_entity(queries, kind, getattr(path, kind.key))
            match = FilterMatch.from_entity(row, ENTITY_FILTERS[kind.movie_filter])
            restricted = resolve_filters(queries, params.filters).restrict_to(kind.movie_filter, match)
            return list_response(request, queries, MOVIES, params.page, restricted.to_query_parameters())

    EntityController.path = f"/{kind.plural}"
    EntityController.dependencies = {"path": provide_from(path_parameters)}
    return EntityController


def _create_list(kind: EntityKind) -> ListEndpoint:
    """Return the list of all entities of a kind; names are sorted by their keys, without accents."""
    totals, name_key = _create_totals(kind), f"{kind.name}_name_key"
    return ListEndpoint(
        query="list_entities",
        file_name=kind.plural,
        item=totals,
        key=kind.key,
        default_sort="-movie_count",
        sorts=totals.__struct_fields__,
        sort_columns={f"{kind.name}_name": name_key},
        renamed_columns={**kind.public_names, "entity_name_key": name_key},
    )


def _create_totals(kind: EntityKind) -> type[msgspec.Struct]:
    """Return the struct of an entity with its totals. Unknown values are null; money is in US dollars of the day."""
    _, _, movies, known, revenue = kind.example
    is_language = kind.name == "language"
    counted = "Films whose original language it is." if is_language else "Films that list it."
    total = "Sum of their known revenues; null if none is known."
    fields = [
        *kind.fields,
        ("movie_count", Annotated[int, described(counted, movies)]),
        *([("spoken_movie_count", Annotated[int, described("Films in which it is spoken.", 2412)])] * is_language),
        ("known_revenue_movie_count", Annotated[int, described("Films in `movie_count` with a known revenue.", known)]),
        ("total_revenue_usd", Annotated[int | None, described(total, revenue)]),
    ]
    documentation = {"__doc__": f"A {kind.title} with the number of its films and their revenue."}
    name = f"{kind.name.capitalize()}Totals"
    return msgspec.defstruct(name, fields, frozen=True, kw_only=True, namespace=documentation)


def find_entity(queries: Queries, kind: EntityKind, key: int | str) -> Row:
    """Return the row of an entity. Raises ProblemError 404 if there is none with this id or code."""
    code = kind.to_code(str(key))
    rows = queries.rows("get_entity", entity_id=None if code else key, entity_code=code)
    for row in kind.select(rows):
        return row
    raise not_found(f"No {kind.title} with {kind.key} {key}. Search by name: /v1/{kind.plural}?q=…")


ENTITY_CONTROLLERS = [create_controller(kind) for kind in KINDS]
