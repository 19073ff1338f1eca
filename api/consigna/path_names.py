"""The name in a path and the query parameters after it, read from the bytes of the request.

A title may hold any character: `Face/Off`, `50/50`, `100% Wolf`, `O Brother, Where Art Thou?`. Routing collapses
slashes, and an unescaped `?` starts the query string, so a request can be read in more than one way.
"""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PathName:
    """A name in a path, with the query parameters after it."""

    spellings: tuple[str, ...]
    """The names that may be meant, the most literal first; never empty."""
    parameters: Pairs
    """The query parameters, decoded, all of them known."""
    unknown_parameter: str | None
    """The first unknown parameter of a query string that was read as part of the name."""


def parse_path_name(raw_path: bytes, query: bytes, known: Collection[str]) -> PathName:
    """Return the name after the first segment of the path, and the query parameters.

    Args:
        raw_path: The path as the client sent it.
        query: The query string as the client sent it.
        known: The query parameters that the operation has.
    """
    name = _decode(raw_path.partition(b"?")[0]).lstrip("/").partition("/")[2]
    rest, parameters = split_query(query, known)
    unknown = [key for key, _ in _parse_pairs(query) if key not in known] if rest == query else []
    return PathName(_spellings(name, rest), _parse_pairs(parameters), next(iter(unknown), None))


def split_query(query: bytes, known: Collection[str]) -> tuple[bytes | None, bytes]:
    """Split a query string into the rest of the name and the query parameters.

    What follows the last `?` are parameters if all of them are known. Otherwise the whole query string belongs to the
    name. The rest is None if no part of the query string can belong to the name.
    """
    before, mark, after = query.rpartition(b"?")
    if any(key not in known for key, _ in _parse_pairs(after)):
        return query, b""
    return (before if mark else None), after


def _spellings(name: str, rest: bytes | None) -> tuple[str, ...]:
    if rest is not None:
        return (f"{name}?{_decode(rest)}", f"{name}?{_decode(rest)}?")
    # A final unescaped `?` leaves an empty query string, like none at all. A final `/` is often a mistake.
    return tuple(dict.fromkeys((name, f"{name}?", name.strip("/"))))


def _parse_pairs(query: bytes) -> Pairs:
    parts = (part.partition(b"=") for part in query.split(b"&") if part)
    return [(_decode(name), _decode(value)) for name, _, value in parts]


def _decode(raw: bytes) -> str:
    """Decode URL-encoded UTF-8; invalid bytes become U+FFFD, which no name contains."""
    return unquote_to_bytes(raw).decode("utf-8", errors="replace")
