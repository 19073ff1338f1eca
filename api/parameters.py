"""Query parameters of /v1: declared once as a struct, split at commas, none unknown, none given twice."""

import csv
import inspect
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, Literal, get_type_hints
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.routes import HTTPRoute

from api.formats import choose_format
from api.problems import ProblemError

AnyRequest = Request[Any, Any, State]


def one_of(values: Iterable[str]) -> Any:
    """The type of a text that is one of these."""
    return Literal[tuple(values)]


def list_of(values: Iterable[str]) -> Any:
    """The type of a list of texts that are each one of these."""
    return list[one_of(values)]  # type: ignore[misc]


def provide_from(
    schema: type[msgspec.Struct],
    annotations: Mapping[str, Any] | None = None,
    defaults: Mapping[str, Any] | None = None,
) -> Provide:
    """A dependency that makes the struct from query parameters named like its fields.

    `annotations` and `defaults` say, field by field, what differs from the struct's own.
    """
    hints = {**get_type_hints(schema, include_extras=True), **(annotations or {})}
    fields = msgspec.structs.fields(schema)
    given = {found.name: found.default for found in fields if not found.required} | {**(defaults or {})}

    def provide(**values: Any) -> msgspec.Struct:
        return schema(**values)

    provide.__annotations__ = {**{found.name: hints[found.name] for found in fields}, "return": schema}
    provide.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                found.name,
                inspect.Parameter.KEYWORD_ONLY,
                annotation=hints[found.name],
                default=given.get(found.name, inspect.Parameter.empty),
            )
            for found in fields
        ],
        return_annotation=schema,
    )
    return Provide(provide, sync_to_thread=False)


async def read_request(request: AnyRequest) -> None:
    """Read what is asked and in which format (a `before_request` hook). Raises ProblemError 422 or 406."""
    read_parameters(request)
    choose_format(request)


def read_parameters(request: AnyRequest) -> None:
    """Check the names of the query parameters and split lists at their commas.

    A value that holds a comma is written in double quotes, as in CSV. Raises ProblemError 422 for a parameter that the
    operation does not know, for one that is given twice though it takes one value, and for bytes that are no text.
    """
    known = _known_parameters(request)
    pairs: list[tuple[str, str]] = []
    seen: set[str] = set()
    for name, value in _pairs(request.scope["query_string"]):
        if name not in known:
            raise unknown_parameter(name, list(known))
        if name in seen and not known[name]:
            raise _invalid(f"`{name}` is given twice; it takes one value.")
        seen.add(name)
        pairs.extend((name, one) for one in (_values(name, value) if known[name] else [value]))
    request.scope["query_string"] = urlencode(pairs).encode()


def unknown_parameter(unknown: str, known: list[str]) -> ProblemError:
    """The 422 for a query parameter that does not exist; names the nearest one that does."""
    nearest = get_close_matches(unknown.lower(), known, n=1, cutoff=0.5)
    meant = f" Did you mean `{nearest[0]}`?" if nearest else ""
    accepted = f"The parameters here: {', '.join(sorted(known))}." if known else "There are no parameters here."
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"There is no parameter `{unknown}`.{meant} {accepted}",
        accepted_values=sorted(known),
    )


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise _invalid("A parameter is not text in UTF-8.") from None
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise _invalid("A parameter holds a NUL, which no text does.")
    return pairs


def _values(name: str, value: str) -> list[str]:
    try:
        return next(csv.reader([value], skipinitialspace=True), [])
    except csv.Error:  # a line break, or more than 128 KiB
        raise _invalid(
            f"`{name}` is no list of values; right is one line of them with commas between them, each that holds a "
            "comma in double quotes."
        ) from None


def _invalid(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)


def _known_parameters(request: AnyRequest) -> dict[str, bool]:
    """The query parameters of the operation that is asked, and whether each takes a list."""
    operations: dict[int, dict[str, bool]] | None = request.app.state.get("known_parameters")
    if operations is None:
        operations = request.app.state["known_parameters"] = {
            id(handler): {parameter.field_alias: parameter.is_sequence for parameter in model.expected_query_params}
            for route in request.app.routes
            if isinstance(route, HTTPRoute)
            for handler, model in route.route_handler_map.values()
        }
    return operations[id(request.route_handler)]
