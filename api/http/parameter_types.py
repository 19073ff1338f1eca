"""Types of query parameters: conversion of text, and messages about what is accepted."""

from datetime import date
from http import HTTPStatus
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from litestar.params import ParameterKwarg

from api.http.parameter_aliases import suggest_name
from api.http.problems import ProblemError

MAX_ECHO = 60
"""Maximum length of a value in an error message."""
UNBOUNDED = 10**15
"""Bounds from here on are technical, so messages do not mention them."""


class ParameterType:
    """The type of a query parameter, read from its annotation."""

    def __init__(self, annotation: Any, *, is_required: bool) -> None:
        """Read an annotation such as `Annotated[int | None, QueryParameter(ge=1)]` or `list[str] | None`."""
        self.is_required = is_required
        base, parameter = _split_annotation(annotation)
        self.is_list = get_origin(base) is list
        self._max_items = parameter.max_items if parameter else None
        if self.is_list:
            (self._value_type,) = get_args(base)
        else:
            self._value_type = (
                Annotated[base, _constraints(parameter)] if base in {int, float, str} and parameter else base
            )
        self.values: tuple[str, ...] = _literals(self._value_type)
        self.accepted = _describe(self._value_type)
        """What a value must be, as the end of a sentence."""

    def parse(self, name: str, text: str) -> Any:
        """Return a value of the parameter, or one of its values if it is a list. Raises ProblemError 422."""
        try:
            return msgspec.convert(text, self._value_type, strict=False)
        except msgspec.ValidationError:
            if self.values:
                raise ProblemError(
                    HTTPStatus.UNPROCESSABLE_ENTITY,
                    f"`{name}` must be {self.accepted}; got {quote_value(text)}.{suggest_name(text, self.values)}",
                    accepted_values=self.values,
                ) from None
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY, f"`{name}` must be {self.accepted}; got {quote_value(text)}."
            ) from None

    def check_length(self, name: str, value: Any) -> None:
        """Raise ProblemError 422 if a list has too many values."""
        if self._max_items and len(value) > self._max_items:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY, f"`{name}` takes at most {self._max_items} values; got {len(value)}."
            )


def _split_annotation(annotation: Any) -> tuple[Any, ParameterKwarg | None]:
    """Return the type without `None`, and the QueryParameter that describes it."""
    parameter = None
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
        parameter = next((one for one in metadata if isinstance(one, ParameterKwarg)), None)
    if get_origin(annotation) in {Union, UnionType}:
        (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
    return annotation, parameter


def _constraints(parameter: ParameterKwarg) -> msgspec.Meta:
    bounds = {name: getattr(parameter, name) for name in ("ge", "le", "min_length", "max_length")}
    return msgspec.Meta(**bounds)


def _literals(value_type: Any) -> tuple[str, ...]:
    base = get_args(value_type)[0] if get_origin(value_type) is Annotated else value_type
    return get_args(base) if get_origin(base) is Literal else ()


def _describe(value_type: Any) -> str:
    """Return what values of a type are, as the end of a sentence."""
    base, meta = value_type, msgspec.Meta()
    if get_origin(value_type) is Annotated:
        base, meta = get_args(value_type)[:2]
    if get_origin(base) is Literal:
        values = get_args(base)
        return values[0] if len(values) == 1 else f"one of {', '.join(values)}"
    if base in {int, float}:
        return ("a whole number" if base is int else "a number") + _describe_range(meta.ge, meta.le)
    if base is bool:
        return "true or false"
    if base is date:
        return "a date like 1994-12-31"
    return "text" if meta.max_length is None else f"text of {meta.min_length or 0} to {meta.max_length} characters"


def _describe_range(least: float | None, most: float | None) -> str:
    is_bounded_below = least is not None and abs(least) < UNBOUNDED
    is_bounded_above = most is not None and abs(most) < UNBOUNDED
    if is_bounded_below and is_bounded_above:
        return f" between {least} and {most}"
    if is_bounded_below:
        return f" of at least {least}"
    return f" of at most {most}" if is_bounded_above else ""


def quote_value(text: str) -> str:
    """Return a value for an error message: numbers without quotes, long texts cut."""
    if len(text) > MAX_ECHO:
        return f"{len(text)} characters"
    return text if text.removeprefix("-").isdecimal() and text.isascii() else repr(text)
