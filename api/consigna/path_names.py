"""Names in paths, read exactly as they were typed.

A title may hold any character: `Face/Off`, `50/50`, `100% Wolf`, `O Brother, Where Art Thou?`. Routing folds
slashes, and a raw `?` begins the query string; so the name is read again from the bytes of the request, and
in more than one way where it can mean more than one thing.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ValidationException
from litestar.types import HTTPScope

AnyRequest = Request[object, object, State]


@dataclass(frozen=True, slots=True)
class TypedName:
    """What stands in a path where a name is expected."""

    readings: tuple[str, ...]
    """The names that may be meant, the most literal first; never empty."""
    unknown_parameter: str | None
    """The first query parameter that the operation does not know; None if it knows them all."""
    repeated_parameter: str | None
    """The first query parameter that is given more than once; None if there is none."""
    known_parameters: tuple[str, ...]
    """The query parameters that the operation knows."""


async def read_name(request: AnyRequest) -> None:
    """Hand the exact name and the true query parameters to the handler (a `before_request` hook).

    The operation's `opt` says `name`, its path parameter, and `query_parameters`, those it knows, none of
    them a text. The handler gets the rest from `typed_name`. Raises ValidationException for a `null`, which
    litestar would take for a parameter that is not given.
    """
    scope: HTTPScope = request.scope
    known = frozenset(request.route_handler.opt["query_parameters"])
    name = _decode(scope["raw_path"].partition(b"?")[0]).lstrip("/").partition("/")[2]
    query = scope["query_string"]
    rest, parameters = split_query(query, known)
    literal, *others = _readings(name, rest)
    unknown = [key for key in _parameter_names(query) if key not in known] if rest == query else []
    repeated = [key for key, times in Counter(_parameter_names(parameters)).items() if times > 1]
    if nulls := [key for key, value in _parameters(parameters) if value.lower() == "null"]:
        raise ValidationException(extra=[{"key": key} for key in nulls])
    request.state.other_readings = others
    request.state.unknown_parameter = next(iter(unknown), None)
    request.state.repeated_parameter = next(iter(repeated), None)
    scope["path_params"] = {request.route_handler.opt["name"]: literal}
    scope["query_string"] = parameters


def typed_name(request: AnyRequest, literal: str) -> TypedName:
    """The name of a request that `read_name` read; `literal` is the path parameter as the handler got it."""
    return TypedName(
        readings=(literal, *request.state.other_readings),
        unknown_parameter=request.state.unknown_parameter,
        repeated_parameter=request.state.repeated_parameter,
        known_parameters=tuple(request.route_handler.opt["query_parameters"]),
    )


def split_query(query: bytes, known: frozenset[str]) -> tuple[bytes | None, bytes]:
    """Divide what follows the first `?` into the rest of the name and the query parameters.

    The parameters are what follows the last `?`, if the operation knows all of them; if not, all of it can
    only be the rest of the name. The rest is None where no part of the query can belong to the name.
    """
    before, mark, after = query.rpartition(b"?")
    if not known.issuperset(_parameter_names(after)):
        return query, b""
    return (before if mark else None), after


def _readings(name: str, rest: bytes | None) -> tuple[str, ...]:
    if rest is not None:
        return (f"{name}?{_decode(rest)}", f"{name}?{_decode(rest)}?")
    # A last `?`, typed raw, leaves an empty query string, which looks like none. A last `/` is often a slip.
    return tuple(dict.fromkeys((name, f"{name}?", name.strip("/"))))


def _parameter_names(query: bytes) -> list[str]:
    return [name for name, _ in _parameters(query)]


def _parameters(query: bytes) -> list[tuple[str, str]]:
    parts = (part.partition(b"=") for part in query.split(b"&") if part)
    return [(_decode(name), _decode(value)) for name, _, value in parts]


def _decode(raw: bytes) -> str:
    """Text of URL-encoded UTF-8; bytes that are none become U+FFFD, which no name holds."""
    return unquote_to_bytes(raw).decode("utf-8", errors="replace")
