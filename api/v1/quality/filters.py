"""Which raw records: the filters, as query parameters."""

from typing import Annotated, Any

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.v1.quality import schemas

_MOST_VALUES = 50


def _any_of(description: str, example: str) -> Any:
    return QueryParameter(
        max_items=_MOST_VALUES,
        description=f"{description}; several separated by commas.",
        examples=[Example(value=[example])],
    )


Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Sources = Annotated[list[schemas.SourceName] | None, _any_of("Records of this raw file", "movies")]
Keys = Annotated[list[Text] | None, _any_of("Records that call themselves this", "862")]


class RejectedRowFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which rejected records; None is not in force."""

    source: Sources = None
    reason: Annotated[list[schemas.Reason] | None, _any_of("Records that broke this rule", "malformed_row")] = None
    key: Keys = None


class UnreadableCellFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which unreadable cells; None is not in force."""

    source: Sources = None
    column: Annotated[list[Text] | None, _any_of("Cells of this column of the raw file", "budget")] = None
    key: Keys = None
