"""The parameters and the response of a list endpoint, as types for OpenAPI and validation."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.http.examples import described
from api.http.parameters import list_of, one_of
from api.lists.endpoint import ListEndpoint
from api.lists.page_params import PageParams


def page_schema(endpoint: ListEndpoint, **extras: Any) -> type[msgspec.Struct]:
    """Return the class of a page. All fields of a row but its key are optional; `extras` are further page fields."""
    name, types = endpoint.item.__name__, endpoint.field_types
    row_fields = [
        (field, types[field]) if field in endpoint.keys else (field, types[field] | UnsetType, UNSET)
        for field in endpoint.fields
    ]
    row = msgspec.defstruct(f"{name}Row", row_fields, kw_only=True, namespace={"__doc__": endpoint.item.__doc__})
    page_fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [
        ("data", Annotated[list[row], Meta(description="The rows of this page.")]),  # type: ignore[valid-type]
        ("next_cursor", Annotated[str | None, Meta(description="Cursor of the next page; null on the last page.")]),
        ("total", Annotated[int, Meta(description="Rows of all pages, if requested.")] | UnsetType, UNSET),
        *((extra, type_ | UnsetType, UNSET) for extra, type_ in extras.items()),
    ]
    return msgspec.defstruct(f"{name}Page", page_fields, kw_only=True)


def add_row_params(base: type[msgspec.Struct], endpoint: ListEndpoint) -> type[msgspec.Struct]:
    """Return a subclass of a struct of parameters, with the sorts and fields of an endpoint as `sort` and `fields`."""
    orders = tuple(order for name in endpoint.sorts for order in (name, f"-{name}"))
    key = " with ".join(f"`{name}`" for name in endpoint.keys)
    sort = described(
        f"The field to sort by; put `-` in front to sort in descending order. Nulls come last, {key} breaks ties.",
        endpoint.default_sort,
    )
    fields = Meta(description=f"The fields to return, separated by commas. {key} is always included.")
    row_fields = [
        ("sort", Annotated[one_of(orders), sort], endpoint.default_sort),
        ("fields", Annotated[list_of(endpoint.fields), fields] | None, None),
    ]
    return msgspec.defstruct(base.__name__, row_fields, bases=(base,), frozen=True, kw_only=True)


def list_params(
    endpoint: ListEndpoint, filters: type[msgspec.Struct], base: type[msgspec.Struct], **own: Any
) -> type[msgspec.Struct]:
    """Return the class of a list's query parameters: the groups `filters` and `page`, those of `base`, and `own`."""
    groups = [("filters", filters), ("page", add_row_params(PageParams, endpoint))]
    optional = [(name, annotation, None) for name, annotation in own.items()]
    name = f"{endpoint.item.__name__}ListParams"
    return msgspec.defstruct(name, [*groups, *optional], bases=(base,), frozen=True, kw_only=True)
