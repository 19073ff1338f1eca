"""Parses the query string of a request into a struct.

Each field of the struct is a query parameter. A field that is a struct itself groups parameters: its fields are
parameters as well.

    class ListGenresParams(msgspec.Struct, frozen=True, kw_only=True):
        filters: GenreFilters
        limit: Annotated[int, QueryParameter(ge=1, le=1000, description="Rows per page.")] = 50
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any, Generic, TypeVar, get_type_hints
from urllib.parse import parse_qsl

import msgspec

from api.http.parameter_aliases import suggest_name
from api.http.parameter_types import ParameterType, quote_value
from api.http.problems import ProblemError

MAX_NAMES = 20
"""Maximum number of parameters that an error message lists."""

PARAMETERS = "parameters"
"""Key of the struct of an operation's parameters in its `opt`; or of a function from the request to the struct."""

Parameters = TypeVar("Parameters", bound=msgspec.Struct)
Field = tuple[msgspec.structs.FieldInfo, Any]
"""A field of a struct with its annotation."""


class NoParameters(msgspec.Struct, frozen=True):
    """The query parameters of an operation that has none."""


class QueryParser(Generic[Parameters]):
    """Parses query strings into one class of structs. Refuses unknown, repeated and empty parameters."""

    def __init__(self, struct: type[Parameters]) -> None:
        self.types: dict[str, ParameterType] = {}
        """The types of the parameters by name."""
        self._struct = struct
        self._groups: dict[str, type[msgspec.Struct]] = {}
        self._group_names: dict[str, str] = {}
        for field, hint in _iter_fields(struct):
            if _is_group(hint):
                self._groups[field.name] = hint
                self._group_names |= {inner.name: field.name for inner, _ in _iter_fields(hint)}
        for field, hint in iter_parameters(struct):
            self.types[field.name] = ParameterType(hint, is_required=field.required)
        self._required = [name for name, type_ in self.types.items() if type_.is_required]
        self.defaults = None if self._required else self._build({})
        """The parameters of an empty query string; None if it is invalid."""

    def parse(self, query: bytes, *, is_lenient: bool = False) -> Parameters:
        """Return the struct of the parameters in a query string.

        Args:
            query: The query string.
            is_lenient: Whether to ignore unknown and empty parameters, which HTML forms send.

        Raises:
            ProblemError: 422 with the name, the value and what is accepted.
        """
        values: dict[str, Any] = {}
        for name, text in split_query(query):
            type_ = self.types.get(name)
            if is_lenient and (type_ is None or not text):
                continue
            if type_ is None:
                raise unknown_parameter(name, list(self.types))
            if type_.is_list:
                values.setdefault(name, []).extend(type_.parse(name, one) for one in _split_values(name, text))
            elif name in values:
                raise invalid(f"`{name}` must be given only once.")
            else:
                values[name] = type_.parse(name, text)
        for name in self._required:
            if name not in values:
                raise invalid(f"`{name}` is required: {self.types[name].accepted}.")
        for name, value in values.items():
            self.types[name].check_length(name, value)
        return self._build(values)

    def _build(self, values: dict[str, Any]) -> Parameters:
        if not self._groups:
            return self._struct(**values)
        own = {name: value for name, value in values.items() if name not in self._group_names}
        for field, struct in self._groups.items():
            own[field] = struct(**{n: value for n, value in values.items() if self._group_names.get(n) == field})
        return self._struct(**own)


@cache
def query_parser(struct: type[Parameters]) -> QueryParser[Parameters]:
    """Return the parser for a class of structs."""
    return QueryParser(struct)


def iter_parameters(struct: type[msgspec.Struct]) -> Iterator[Field]:
    """Yield the fields that are parameters, those of groups included."""
    for field, hint in _iter_fields(struct):
        if _is_group(hint):
            yield from _iter_fields(hint)
        else:
            yield field, hint


def _iter_fields(struct: type[msgspec.Struct]) -> Iterator[Field]:
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        yield field, hints[field.name]


def _is_group(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def split_query(query: bytes) -> list[tuple[str, str]]:
    """Return the names and values in a query string. Raises ProblemError 422 for what is not text."""
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise invalid("The query string must be URL-encoded UTF-8.") from None
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise invalid("The query string must not contain NUL characters.")
    return pairs


def split_list(text: str) -> list[str]:
    """Return the values of a list. Commas separate them; a value that contains a comma is in double quotes."""
    return next(csv.reader([text], skipinitialspace=True), [])


def _split_values(name: str, text: str) -> list[str]:
    try:
        values = split_list(text)
    except csv.Error:  # a line break, or more than 128 KiB
        values = []
    if not values:
        raise invalid(f"`{name}` must be one line of values separated by commas; got {quote_value(text)}.")
    return values


def unknown_parameter(name: str, known: Sequence[str]) -> ProblemError:
    """Return the 422 for a parameter that does not exist, with the nearest name."""
    if not known:
        accepted = "This operation has no parameters."
    elif len(known) <= MAX_NAMES:
        accepted = f"The parameters are {', '.join(sorted(known))}."
    else:
        accepted = "`accepted_values` lists the parameters."
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"Unknown parameter `{name}`.{suggest_name(name, known)} {accepted}",
        accepted_values=sorted(known),
    )


def invalid(detail: str, **extensions: object) -> ProblemError:
    """Return a 422."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, **extensions)
