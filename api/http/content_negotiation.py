"""Content negotiation: the formats of a response, chosen by path suffix or Accept header."""

import re
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, Literal, cast

from litestar import Request
from litestar.datastructures import State
from litestar.datastructures.headers import Accept

from api.http.context import request_context, update_request_context
from api.http.problems import ProblemError

Format = Literal["json", "csv", "ndjson", "parquet", "arrow"]
JSON: Final = "json"
MEDIA_TYPES = {
    JSON: "application/json",
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}
"""Format to media type. The format is also the suffix that a path may end in."""

_REFUSED = re.compile(r";\s*q=0(\.0*)?\s*(;|$)", re.IGNORECASE)

FILE_MEDIA_TYPES = tuple(media_type for name, media_type in MEDIA_TYPES.items() if name != JSON)
TABULAR = {"formats": tuple(MEDIA_TYPES)}
"""The `opt` of an operation that answers rows."""


def choose_format(request: Request[Any, Any, State]) -> None:
    """Decide in which format to answer: that of the path's suffix, or else the best that the Accept header names.

    An operation's `opt` says its `formats`; JSON alone unless given. Raises ProblemError 406 for any other.
    """
    formats = request.route_handler.opt.get("formats", (JSON,))
    suffix = request_context.get().format
    header = request.headers.get("Accept") or "*/*"
    plain = {MEDIA_TYPES[name]: name for name in formats}
    chosen = suffix if suffix else plain.get(_liked_best(header, tuple(plain)) or "")
    if chosen not in formats:
        known = ", ".join(f"{media_type} (.{name})" for media_type, name in plain.items())
        asked = f".{suffix}" if suffix else header
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"This cannot be answered as {asked}; right is one of: {known}.")
    update_request_context(format=chosen)


def current_format() -> Format:
    """Return the format that was negotiated for the current response; JSON unless there was a negotiation."""
    context = request_context.get(None)
    return cast(Format, (context and context.format) or JSON)


@lru_cache(maxsize=64)
def _liked_best(header: str, media_types: tuple[str, ...]) -> str | None:
    """The media type that an Accept header likes best; none of those that it gives a weight of 0, as litestar would."""
    refused = {part.partition(";")[0].strip().lower() for part in header.split(",") if _REFUSED.search(part)}
    accepted = ",".join(part for part in header.split(",") if not _REFUSED.search(part))
    return Accept(accepted).best_match([media_type for media_type in media_types if media_type not in refused])
