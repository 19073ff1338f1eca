"""Content negotiation: the formats of a response, chosen by path suffix or Accept header."""

import re
from functools import lru_cache
from http import HTTPStatus
from typing import Final, Literal, cast

from litestar.datastructures.headers import Accept

from api.http.context import request_context
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
"""The media type of each format. A format is also a path suffix."""
FORMATS = "formats"
"""Key of the formats of an operation in its `opt`; JSON only by default."""
TABULAR_FORMATS = tuple(MEDIA_TYPES)
"""The formats of operations that return rows."""

_ZERO_WEIGHT = re.compile(r";\s*q=0(\.0*)?\s*(;|$)", re.IGNORECASE)


@lru_cache(maxsize=256)
def negotiate_format(suffix: str | None, accept: bytes, formats: tuple[str, ...]) -> Format:
    """Return the format of the response: the path's suffix, or the best one that the Accept header names.

    Raises ProblemError 406 if it is not one of the operation's formats.
    """
    header = accept.decode("latin-1") or "*/*"
    chosen = suffix or _best_format(header, formats)
    if chosen not in formats:
        available = ", ".join(f"{MEDIA_TYPES[format_]} (.{format_})" for format_ in formats)
        detail = f"The format {f'.{suffix}' if suffix else header} is not available. Available formats: {available}."
        raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, detail)
    return cast(Format, chosen)


def current_format() -> Format:
    """Return the format that was negotiated for the current response; JSON if there was no negotiation."""
    context = request_context.get(None)
    return cast(Format, (context and context.format) or JSON)


def _best_format(header: str, formats: tuple[str, ...]) -> str | None:
    """Return the format that an Accept header prefers; unlike Litestar's own method, respect a weight of 0."""
    refused = {part.partition(";")[0].strip().lower() for part in header.split(",") if _ZERO_WEIGHT.search(part)}
    accepted = ",".join(part for part in header.split(",") if not _ZERO_WEIGHT.search(part))
    by_media_type = {MEDIA_TYPES[format_]: format_ for format_ in formats if MEDIA_TYPES[format_] not in refused}
    return by_media_type.get(Accept(accepted).best_match([*by_media_type]) or "")
