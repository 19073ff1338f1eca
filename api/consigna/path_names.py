"""The name in a path and the query parameters after it, read from the bytes of the request.

A title may hold any character: `Face/Off`, `50/50`, `100% Wolf`, `O Brother, Where Art Thou?`. Routing collapses
slashes, and an unescaped `?` starts the query string, so a request can be read in more than one way.
"""

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import msgspec

from api.consigna.parameters import parse_parameters


@dataclass(frozen=True, slots=True)
class PathName:
    """A name in a path, with the query parameters after it."""

    spellings: tuple[str, ...]
    """The names that may be meant, the most literal first; never empty."""
    parameters: msgspec.Struct
    """The query parameters."""
    unknown_parameter: str | None
    """The first unknown parameter of a query string that was read as part of the name."""


def parse_path_name(raw_path: bytes, query: bytes, schema: type[msgspec.Struct]) -> PathName:
    """Return the name after the first segment of the path, and the query parameters, both as the client sent them.

    What follows the last `?` are parameters if `schema` has all of them. Otherwise, the whole query string belongs to
    the name. Raises ProblemError 422 for a repeated or an invalid parameter.
    """
    known = schema.__struct_fields__
    name = _decode(raw_path.partition(b"?")[0]).lstrip("/").partition("/")[2]
    rest_of_name, mark, last = query.rpartition(b"?")
    pairs = _parse_pairs(last)
    unknown = None
    if any(key not in known for key, _ in pairs):
        unknown = next((key for key, _ in _parse_pairs(query) if key not in known), None)
        rest_of_name, mark, pairs = query, b"?", []
    if mark:
        name = f"{name}?{_decode(rest_of_name)}"
    # A final unescaped `?` leaves an empty query string, like none at all. A final `/` is often a mistake.
    spellings = [name, f"{name}?", *([] if mark else [name.strip("/")]), name.replace("+", " ")]
    return PathName(tuple(dict.fromkeys(spellings)), parse_parameters(schema, pairs), unknown)


def _parse_pairs(query: bytes) -> list[tuple[str, str]]:
    parts = (part.partition(b"=") for part in query.split(b"&") if part)
    return [(_decode(name), _decode(value)) for name, _, value in parts]


def _decode(raw: bytes) -> str:
    """Decode URL-encoded UTF-8; invalid bytes become U+FFFD, which no name contains."""
    return unquote_to_bytes(raw).decode("utf-8", errors="replace")
