"""Routes of list endpoints."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler

from api.db.queries import Queries
from api.http.content_negotiation import JSON, MEDIA_TYPES, TABULAR_FORMATS, current_format
from api.http.context import RequestContext
from api.http.examples import example_of
from api.http.openapi import operation_docs
from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.lists.endpoint import ListEndpoint
from api.lists.export import file_response
from api.lists.page_params import PageParams
from api.lists.schemas import page_schema

Handler = TypeVar("Handler", bound=Callable[..., Any])


def list_route(
    endpoint: ListEndpoint, path: str, summary: str, description: str, parameters: type[msgspec.Struct]
) -> HTTPRouteHandler:
    """Return a route handler for a list whose filters are the parameters of its query, as a controller's attribute."""

    @list_get(path, endpoint, summary, parameters)
    @with_name(endpoint.query, description)
    def list_rows(self: Any, request: AnyRequest, context: NamedDependency[RequestContext]) -> Response[Any]:
        params = context.parameters
        filters = msgspec.structs.asdict(params.filters)
        return list_response(request, context.snapshot.queries, endpoint, params.page, filters)

    return list_rows


def list_get(
    path: str,
    endpoint: ListEndpoint,
    summary: str,
    parameters: type[msgspec.Struct],
    extras: Mapping[str, Any] | None = None,
    **docs: Any,
) -> get:
    """Return the route decorator of a list. `extras` are the types of further fields of a page, by name.

    See `list_params` for `parameters` and `operation_docs` for `docs`.
    """
    schema = page_schema(endpoint, **(extras or {}))
    example = schema(data=[example_of(endpoint.item)], next_cursor="WyJmMGUxIiw5LDg2Ml0")
    docs |= {"example": example, "parameters": parameters, "formats": TABULAR_FORMATS}
    return get(path, sync_to_thread=True, **operation_docs(summary, schema, **docs))


def with_name(name: str, description: str) -> Callable[[Handler], Handler]:
    """Return a decorator that sets a handler's name, which becomes the operation id, and its docstring."""

    def decorate(handler: Handler) -> Handler:
        handler.__name__, handler.__doc__ = name, description
        return handler

    return decorate


def list_response(
    request: AnyRequest,
    queries: Queries,
    endpoint: ListEndpoint,
    params: PageParams,
    filters: Mapping[str, Any],
    **extras: Any,
) -> Response[Any]:
    """Return a page as JSON with links to other pages, or all rows as a file of the negotiated format.

    Raises ProblemError 422 for a file with a total or with `extras`, the further fields of a page.
    """
    if (format_ := current_format()) != JSON:
        if params.total or extras:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"`{'total' if params.total else next(iter(extras))}` is only available as JSON; got {format_}. "
                "Leave it out, or request JSON.",
            )
        return file_response(queries, endpoint.export(params, filters))
    page = endpoint.fetch_page(queries, params, filters)
    return Response(
        msgspec.json.encode({**page, **extras}),
        media_type=MEDIA_TYPES[JSON],
        headers={"Link": _page_links(request, page["next_cursor"])},
    )


def _page_links(request: AnyRequest, next_cursor: str | None) -> str:
    """Return the Link header (RFC 8288) with the next page, if there is one, and the first page."""
    given = parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
    first = [(name, value) for name, value in given if name != "cursor"]
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    queries = {"next": [*first, ("cursor", next_cursor)], "first": first} if next_cursor else {"first": first}
    return ", ".join(
        f'<{path}{"?" if query else ""}{urlencode(query)}>; rel="{relation}"' for relation, query in queries.items()
    )
