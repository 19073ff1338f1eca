"""Parses the query string of a request into a struct.

Each field of the struct is a query parameter; `msgspec.Meta` holds its bounds, its description and its examples. A
field that is a struct itself groups parameters: its fields are parameters as well.

    class ListGenresParams(msgspec.Struct, frozen=True, kw_only=True):
        filters: GenreFilters
        limit: Annotated[int, Meta(ge=1, le=1000, description="Rows per page.")] = 50
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

import msgspec
from msgspec.structs import FieldInfo

from api.http.parameter_aliases import suggest_name
from api.http.problems import ProblemError

MAX_NAMES = 20
"""Maximum number of parameters that an error message lists."""
MAX_ECHO = 60
"""Maximum length of a value in an error message."""
UNBOUNDED = 10**15
"""Bounds from here on are technical, so messages do not mention them."""

PARAMETERS = "parameters"
"""Key of the struct of an operation's parameters in its `opt`; or of a function from the request to the struct."""

_LIST_INDEX = re.compile(r"\$\[(\d+)\]")

Parameters = TypeVar("Parameters", bound=msgspec.Struct)


class NoParameters(msgspec.Struct, frozen=True):
    """The query parameters of an operation that has none."""


class QueryParameter:
    """A query parameter, declared by a field of a struct and its annotation."""

    def __init__(self, field: FieldInfo, annotation: Any) -> None:
        self.name, self.is_required = field.name, field.required
        self._type = _without_none(annotation)
        self.schema = msgspec.to_builtins(msgspec.json.schema(self._type))
        """Its JSON schema."""
        if not field.required and field.default is not None:
            self.schema["default"] = field.default
        self.is_list = self.schema.get("type") == "array"
        value_schema = self.schema.get("items", self.schema)
        if choices := _choices(self._type):
            value_schema |= {"type": "string", "enum": choices}
        self._choices = choices
        self.accepted = describe(value_schema)
        """What a value must be, as the end of a sentence."""

    def convert(self, texts: Sequence[str]) -> Any:
        """Return the value of a parameter from its text, or from several texts if it is a list.

        Raises ProblemError 422.
        """
        try:
            return msgspec.convert(texts if self.is_list else texts[0], self._type, strict=False)
        except msgspec.ValidationError as error:
            index = _LIST_INDEX.search(str(error))
            if self.is_list and not index:
                raise invalid(
                    f"`{self.name}` takes at most {self.schema['maxItems']} values; got {len(texts)}."
                ) from None
            text = texts[int(index[1])] if index else texts[0]
        detail = f"`{self.name}` must be {self.accepted}; got {quote_value(text)}."
        if self._choices:
            raise invalid(detail + suggest_name(text, self._choices), accepted_values=self._choices)
        raise invalid(detail)


class QueryParser(Generic[Parameters]):
    """Parses query strings into one class of structs. Refuses unknown, repeated and empty parameters."""

    def __init__(self, struct: type[Parameters]) -> None:
        self._struct = struct
        self._groups: dict[str, tuple[type[msgspec.Struct], list[str]]] = {}
        """By name of a field that is a group, its class and the names of its parameters."""
        self.parameters: dict[str, QueryParameter] = {}
        """By name, those of groups included."""
        for field, annotation in _iter_fields(struct):
            if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
                group = {inner.name: QueryParameter(inner, hint) for inner, hint in _iter_fields(annotation)}
                self._groups[field.name] = annotation, [*group]
                self.parameters |= group
            else:
                self.parameters[field.name] = QueryParameter(field, annotation)
        self._required = [name for name, parameter in self.parameters.items() if parameter.is_required]
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
        texts: dict[str, list[str]] = {}
        for name, text in split_query(query):
            parameter = self.parameters.get(name)
            if is_lenient and (parameter is None or not text):
                continue
            if parameter is None:
                raise _unknown_parameter(name, sorted(self.parameters))
            if parameter.is_list:
                texts.setdefault(name, []).extend(_split_values(name, text))
            elif name in texts:
                raise invalid(f"`{name}` must be given only once.")
            else:
                texts[name] = [text]
        for name in self._required:
            if name not in texts:
                raise invalid(f"`{name}` is required: {self.parameters[name].accepted}.")
        return self._build({name: self.parameters[name].convert(values) for name, values in texts.items()})

    def _build(self, values: dict[str, Any]) -> Parameters:
        for field, (struct, names) in self._groups.items():
            values[field] = struct(**{name: values.pop(name) for name in names if name in values})
        return self._struct(**values)


@cache
def query_parser(struct: type[Parameters]) -> QueryParser[Parameters]:
    """Return the parser for a class of structs."""
    return QueryParser(struct)


def _iter_fields(struct: type[msgspec.Struct]) -> Iterator[tuple[FieldInfo, Any]]:
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        yield field, hints[field.name]


def _without_none(annotation: Any) -> Any:
    """Return `X` of `X | None`: an optional parameter can be left out, but not be null."""
    if get_origin(annotation) in {Union, UnionType}:
        (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
    return annotation


def _choices(annotation: Any) -> list[str]:
    """Return the values of a Literal, or of a list of one, in their order: JSON schemas of msgspec sort them."""
    while get_origin(annotation) in {Annotated, list}:
        annotation = get_args(annotation)[0]
    return [*get_args(annotation)] if get_origin(annotation) is Literal else []


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


def describe(schema: Mapping[str, Any]) -> str:
    """Return what the values of a JSON schema are, as the end of a sentence."""
    if choices := schema.get("enum"):
        return choices[0] if len(choices) == 1 else f"one of {', '.join(choices)}"
    if schema["type"] == "boolean":
        return "true or false"
    if schema["type"] == "string":
        if schema.get("format") == "date":
            return "a date like 1994-12-31"
        length = (
            f" of {schema.get('minLength', 0)} to {schema['maxLength']} characters" if "maxLength" in schema else ""
        )
        return f"text{length}"
    least, most = schema.get("minimum", UNBOUNDED), schema.get("maximum", UNBOUNDED)
    if abs(least) < UNBOUNDED and abs(most) < UNBOUNDED:
        bounds = f" between {least} and {most}"
    else:
        bounds = f" of at least {least}" if abs(least) < UNBOUNDED else ""
    return ("a whole number" if schema["type"] == "integer" else "a number") + bounds


def quote_value(text: str) -> str:
    """Return a value for an error message: numbers without quotes, long texts cut."""
    if len(text) > MAX_ECHO:
        return f"{len(text)} characters"
    return text if text.removeprefix("-").isdecimal() and text.isascii() else repr(text)


def invalid(detail: str, **extensions: object) -> ProblemError:
    """Return a 422."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, **extensions)


def _unknown_parameter(name: str, known: Sequence[str]) -> ProblemError:
    if not known:
        accepted = "This operation has no parameters."
    elif len(known) <= MAX_NAMES:
        accepted = f"The parameters are {', '.join(known)}."
    else:
        accepted = "`accepted_values` lists the parameters."
    return invalid(f"Unknown parameter `{name}`.{suggest_name(name, known)} {accepted}", accepted_values=known)
