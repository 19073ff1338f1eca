"""Declarations of query parameters, as fields of structs."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from litestar.di import Provide
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from api.http.examples import described

BOUNDS: Mapping[Any, Mapping[str, Any]] = {int: {"ge": -(2**63), "le": 2**63 - 1}, float: {"ge": -1e15, "le": 1e15}}
"""The bounds of numbers by type: what DuckDB can store, without infinity."""


def one_of(values: Iterable[str]) -> Any:
    """Return the type of a text that is one of the values."""
    return Literal[tuple(values)]


def list_of(values: Iterable[str]) -> Any:
    """Return the type of a list of texts that are each one of the values."""
    return list[one_of(values)]  # type: ignore[misc]


def path_parameter(description: str, example: Any, **bounds: Any) -> PathParameter:
    """Return the documentation of a path parameter: its description, an example and its bounds."""
    return PathParameter(description=description, examples=[Example(value=example)], **bounds)


def query_parameter(of: Any, description: str, example: Any, **bounds: Any) -> Any:
    """Return the annotation of an optional query parameter."""
    return Annotated[of, described(description, example, **bounds)] | None


def range_parameters(rows: str, measures: Mapping[str, tuple[Any, str, Any]]) -> dict[str, Any]:
    """Return the parameters `<measure>_from` and `<measure>_to` of each measure.

    Args:
        rows: What is filtered, such as "Films".
        measures: By name, the type of a measure, its description and an example.
    """
    parameters = {}
    for name, (of, measure, example) in measures.items():
        bounds = BOUNDS.get(of, {})
        for suffix, least in (("from", "at least"), ("to", "at most")):
            description = f"{rows} whose {measure} is known and {least} this."
            parameters[f"{name}_{suffix}"] = query_parameter(of, description, example, **bounds)
    return parameters


def words_parameter(rows: str, example: str) -> Any:
    """Return the annotation of `q`, which searches names by words and their beginnings."""
    return query_parameter(
        str,
        f"{rows} contains all of these words or beginnings of words, in any order.",
        example,
        min_length=1,
        max_length=200,
    )


def filters_of(name: str, parameters: Mapping[str, Any]) -> type[msgspec.Struct]:
    """Return a struct of optional filters, which are None by default."""
    return msgspec.defstruct(name, [(one, of, None) for one, of in parameters.items()], frozen=True, kw_only=True)


def provide_from(schema: type[msgspec.Struct]) -> Provide:
    """Return a dependency that creates the struct from the path parameters that its fields are annotated with."""
    hints = get_type_hints(schema, include_extras=True)

    def provide(**values: Any) -> msgspec.Struct:
        return schema(**values)

    provide.__annotations__ = {**hints, "return": schema}
    provide.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hint) for name, hint in hints.items()],
        return_annotation=schema,
    )
    return Provide(provide, sync_to_thread=False)
