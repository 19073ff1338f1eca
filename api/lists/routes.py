"""A listing as an operation: its route, how it is described, and how it is answered."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler

from api.db.queries import Queries, Row
from api.http.content_negotiation import FILE_MEDIA_TYPES, JSON, MEDIA_TYPES, TABULAR, current_format
from api.http.openapi import documented
from api.http.parameters import AnyRequest
from api.http.problems import ProblemError
from api.lists.endpoint import Listing, PageAsked
from api.lists.export import as_file

Handler = TypeVar("Handler", bound=Callable[..., Any])


def operation(  # noqa: PLR0913, PLR0917 - what differs from one listing to the next
    listing: Listing, path: str, summary: str, description: str, row: msgspec.Struct, filters: Provide
) -> HTTPRouteHandler:
    """The operation that answers a listing under its filters, named like its query; an attribute of a controller.

    `row` is an example of a row; `filters` makes the struct whose fields the query binds.
    """

    @get(path, dependencies={"filters": filters, "page": listing.parameters}, **listed(listing, summary, row))
    @named(listing.query, description)
    def list_rows(
        self: Any,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        page: NamedDependency[PageAsked],
    ) -> Response[Any]:
        return answer(request, queries, listing, page, msgspec.structs.asdict(filters))

    return list_rows


def named(name: str, description: str) -> Callable[[Handler], Handler]:
    """A decorator that gives a handler its name, by which its operation is known, and its docstring."""

    def decorate(handler: Handler) -> Handler:
        handler.__name__, handler.__doc__ = name, description
        return handler

    return decorate


def listed(
    listing: Listing,
    summary: str,
    row: msgspec.Struct,
    *,
    raises: Iterable[int] = (),
    tried_with: Iterable[str] = (),
    **beside: Any,
) -> dict[str, Any]:
    """What the route decorator of a listing needs.

    `row` is an example of a row, `raises` which problems the operation knows, `tried_with` which parameters the page
    fills in, and `beside` says what may stand in a page beside the rows: its name and its type.
    """
    page_schema = listing.page_schema(**beside)
    example = page_schema(data=[row], next_cursor="WyJmMGUxIiw5LDg2Ml0")
    described = documented(
        summary, page_schema, example=example, raises=raises, formats=FILE_MEDIA_TYPES, tried_with=tried_with
    )
    return {**described, "opt": TABULAR, "sync_to_thread": True}


def answer(
    request: AnyRequest,
    queries: Queries,
    listing: Listing,
    asked: PageAsked,
    parameters: Mapping[str, Any],
    **beside: Any,
) -> Response[Any]:
    """A page of the listing as JSON with a link to the next one, or its rows as a file in the format asked.

    `beside` stands in the page beside the rows.
    """
    if (form := current_format()) != JSON:
        if asked.total or beside:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"A {form} file has rows and nothing beside them; totals and facets stand in JSON answers.",
            )
        return as_file(request, queries, listing.export(queries, asked, parameters))
    page = listing.page(queries, asked, parameters)
    return Response(
        msgspec.json.encode({**page, **beside}), media_type=MEDIA_TYPES[JSON], headers=_links(request, page)
    )


def _links(request: AnyRequest, page: Row) -> dict[str, str]:
    """The Link header (RFC 8288) to the page after this one and to the first."""
    given = parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
    query = [(name, value) for name, value in given if name != "cursor"]
    cursors = {"next": [("cursor", page["next_cursor"])] if page["next_cursor"] else None, "first": []}
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    links = [
        f'<{path}{"?" if query + cursor else ""}{urlencode(query + cursor)}>; rel="{relation}"'
        for relation, cursor in cursors.items()
        if cursor is not None
    ]
    return {"Link": ", ".join(links)}
