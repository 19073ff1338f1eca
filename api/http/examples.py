"""Descriptions and examples of fields, and the example answers that they make."""

from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

Struct = TypeVar("Struct")


def described(description: str, example: Any, **bounds: Any) -> msgspec.Meta:
    """Return the annotation of a field: its description, an example and its bounds."""
    return msgspec.Meta(description=description, examples=[example], **bounds)


def example_of(schema: type[Struct]) -> Struct:
    """Return a struct that holds the first example of each field.

    A field without an example holds the example of its struct, or a list of one; of a union, the first type counts.
    Raises ValueError if a field has none.
    """
    hints = get_type_hints(schema, include_extras=True)
    return msgspec.convert({name: _example_of_type(hint) for name, hint in hints.items()}, schema)


def _example_of_type(hint: Any) -> Any:
    for metadata in getattr(hint, "__metadata__", ()):
        if isinstance(metadata, msgspec.Meta) and metadata.examples:
            return metadata.examples[0]
    inner = hint.__origin__ if hasattr(hint, "__metadata__") else hint
    if get_origin(inner) in {Union, UnionType}:
        return _example_of_type(get_args(inner)[0])
    if get_origin(inner) is list:
        return [_example_of_type(get_args(inner)[0])]
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return msgspec.to_builtins(example_of(inner))
    raise ValueError(f"{hint} has no example")
