"""Query parameters of /v1: declared once as a struct, split at commas, none unknown, none given twice."""

import csv
import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Annotated, Any, Literal, get_type_hints
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema
from litestar.params import QueryParameter

from api.http.content_negotiation import choose_format
from api.http.parameter_aliases import called_here
from api.http.problems import ProblemError

MOST_LISTED = 20
"""Parameters that a sentence may list."""

NOT_GIVEN = ("", "null")
"""What litestar reads as no value at all, where a value is no text."""

BOUNDS: Mapping[Any, Mapping[str, Any]] = {
    int: {"ge": -(2**63), "le": 2**63 - 1},
    float: {"ge": -1e15, "le": 1e15},
}
"""By type: what the engine can hold, and no infinity."""

AnyRequest = Request[Any, Any, State]

FURTHER_PARAMETERS = "further_parameters"
"""The `opt` of an operation whose parameters the path decides: a function from the request to each parameter, and
whether it takes a list."""


def one_of(values: Iterable[str]) -> Any:
    """The type of a text that is one of these."""
    return Literal[tuple(values)]


def list_of(values: Iterable[str]) -> Any:
    """The type of a list of texts that are each one of these."""
    return list[one_of(values)]  # type: ignore[misc]


def query_parameter(of: Any, description: str, example: Any, **bounds: Any) -> Any:
    """The type of a query parameter that may be left out."""
    return Annotated[of | None, QueryParameter(description=description, examples=[Example(value=example)], **bounds)]


def range_parameters(rows: str, measures: Mapping[str, tuple[Any, str, Any]]) -> dict[str, Any]:
    """Two parameters for each measure of the rows, `_from` and `_to`; a measure is a type, what it is, an example."""
    parameters = {}
    for name, (of, measure, example) in measures.items():
        bounds = BOUNDS.get(of, {})
        for suffix, least in (("from", "at least"), ("to", "at most")):
            description = f"{rows} whose {measure} is known and {least} this."
            parameters[f"{name}_{suffix}"] = query_parameter(of, description, example, **bounds)
    return parameters


def words_parameter(rows: str, example: str) -> Any:
    """The parameter `q` of rows that bear a name."""
    return query_parameter(
        str,
        f"{rows} holds all of these words, in any order; a word may be cut short.",
        example,
        min_length=1,
        max_length=200,
    )


def filters_of(name: str, parameters: Mapping[str, Any]) -> type[msgspec.Struct]:
    """A struct of filters that may each be left out; None is not in force."""
    return msgspec.defstruct(name, [(one, of, None) for one, of in parameters.items()], frozen=True, kw_only=True)


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
    """Check the query parameters by the operation's own description, and split lists at their commas.

    A value that holds a comma is written in double quotes, as in CSV. Raises ProblemError 422 for a parameter that the
    operation does not know, for one that it needs and does not get, for one that is given twice though it takes one
    value, for bytes that are no text, and for what litestar would take for something else.
    """
    known = _known_parameters(request) | _further_parameters(request)
    pairs: list[tuple[str, str]] = []
    seen: set[str] = set()
    for name, value in _pairs(request.scope["query_string"]):
        if name not in known:
            raise unknown_parameter(name, list(known))
        whole: Any = known[name].schema
        schema, is_list = whole.items or whole, whole.type == OpenAPIType.ARRAY
        if name in seen and not is_list:
            raise _invalid(f"`{name}` is given twice; it takes one value.")
        seen.add(name)
        values = _listed(name, value) if is_list else [value]
        if not values:
            raise _invalid(f"`{name}` is empty; whoever has no value for it leaves it out.")
        pairs.extend((name, _checked(name, one, schema)) for one in values)
    for name, parameter in known.items():
        if parameter.required and name not in seen:
            raise _invalid(f"`{name}` is missing; without it there is nothing to answer.")
    request.scope["query_string"] = urlencode(pairs).encode()


def _checked(name: str, value: str, schema: Any) -> str:
    accepted = schema.enum or ([schema.const] if schema.const else [])
    if accepted and value not in accepted:
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"`{name}`: {value!r} is none of its values.{_meant(value, accepted)} The values: {', '.join(accepted)}.",
            accepted_values=accepted,
        )
    if schema.type != OpenAPIType.STRING and value.strip().lower() in NOT_GIVEN:
        raise _invalid(f"`{name}` is {value!r}; whoever has no value for it leaves it out.")
    return value


def _meant(typed: str, values: Collection[str]) -> str:
    usual = called_here(typed.lower())
    nearest = [usual] if usual in values else get_close_matches(typed.lower(), values, n=1, cutoff=0.5)
    return f" Did you mean `{nearest[0]}`?" if nearest else ""


def split_list(text: str) -> list[str]:
    """The values of a list, separated by commas; one that holds a comma in double quotes."""
    return next(csv.reader([text], skipinitialspace=True), [])


def _listed(name: str, text: str) -> list[str]:
    try:
        return split_list(text)
    except csv.Error:  # a line break, or more than 128 KiB
        raise _invalid(
            f"`{name}` is no list of values; right is one line of them with commas between them, each that holds a "
            "comma in double quotes."
        ) from None


def unknown_parameter(unknown: str, known: list[str]) -> ProblemError:
    """The 422 for a query parameter that does not exist; names the nearest one that does."""
    listed = ", ".join(sorted(known)) if len(known) <= MOST_LISTED else "listed in `accepted_values`"
    accepted = f"The parameters here: {listed}." if known else "There are no parameters here."
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"There is no parameter `{unknown}`.{_meant(unknown, known)} {accepted}",
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


def _invalid(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)


def _further_parameters(request: AnyRequest) -> dict[str, Parameter]:
    """What the operation's `opt` says to know besides, where that depends on what the path names."""
    further: Callable[[AnyRequest], Mapping[str, bool]] | None = request.route_handler.opt.get(FURTHER_PARAMETERS)
    text = Schema(type=OpenAPIType.STRING)
    texts = Schema(type=OpenAPIType.ARRAY, items=text)
    return {
        name: Parameter(name, "query", texts if is_list else text)
        for name, is_list in (further(request) if further else {}).items()
    }


def _known_parameters(request: AnyRequest) -> dict[str, Parameter]:
    """The query parameters of the operation that is asked, as the OpenAPI document describes them."""
    operations: dict[str, dict[str, Parameter]] | None = request.app.state.get("known_parameters")
    if operations is None:
        document: Any = request.app.openapi_schema
        described = [operation for path in document.paths.values() for operation in (path.get, path.post) if operation]
        operations = request.app.state["known_parameters"] = {
            operation.operation_id: {
                one.name: one
                for one in operation.parameters or ()
                if one.param_in == "query" and one.schema.type != OpenAPIType.OBJECT
            }
            for operation in described
        }
    return operations.get(request.route_handler.handler_name, {})  # OPTIONS is answered by a handler of litestar's own
