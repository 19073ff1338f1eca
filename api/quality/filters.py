"""Which raw records: the filters, as query parameters."""

from typing import Annotated, Any

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.quality import schemas

_MOST_VALUES = 50


def _any_of(of: Any, description: str, example: str) -> Any:
    described = QueryParameter(
        max_items=_MOST_VALUES,
        description=f"{description}; several separated by commas.",
        examples=[Example(value=[example])],
    )
    return Annotated[list[of] | None, described]


_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
_Sources = _any_of(schemas.SourceName, "Records of this raw file", "movies")
_Keys = _any_of(_Text, "Records that call themselves this", "862")


class RejectedRowFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which rejected records; None is not in force."""

    source: _Sources = None
    reason: _any_of(schemas.Reason, "Records rejected for this reason", "malformed_row") = None  # type: ignore[valid-type]
    key: _Keys = None


class UnreadableCellFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which unreadable cells; None is not in force."""

    source: _Sources = None
    column: _any_of(_Text, "Cells of this column of the raw file", "budget") = None  # type: ignore[valid-type]
    key: _Keys = None
