"""Facets: what the films under the filters in force could be narrowed down by, and how many films that would leave.

A facet is counted under all filters but its own, so that what else could be chosen stays visible while one value is;
what leaves films out (`_none`) and what asks for several values at once (`_all`) stays in force.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import Meta

from api.db.queries import Queries
from api.v1.movies.schemas import Facet, FacetValue

FACETS = (
    "genre", "keyword", "company", "country", "original_language", "spoken_language", "collection",
    "actor", "director", "decade", "year",
)  # fmt: skip
OWN_FILTERS = {**{name: (name,) for name in FACETS}, "year": ("year_from", "year_to")}
"""Facet to the filters that choose among its values."""
DEFAULT_FACETS = ("genre", "decade", "original_language", "country")

DEFAULT_LIMIT = 20


FacetNames = Annotated[
    list[Literal[FACETS]] | None,  # type: ignore[valid-type]
    QueryParameter(
        name="facets",
        description="Facets to count, separated by commas; values with most films first, of years and decades "
        "the latest.",
        examples=[Example(value=["genre", "decade"])],
    ),
]
Beside = Annotated[list[Facet], Meta(description="Counts of the facets that were asked for, in that order.")]
"""What stands beside a page of films."""
FacetLimit = Annotated[int, QueryParameter(ge=1, le=200, description="Values of each facet.")]


def count(
    queries: Queries, names: Sequence[str], parameters: Mapping[str, Any], limit: int = DEFAULT_LIMIT
) -> list[Facet]:
    """The facets of these names under the filters, as `filters.bound` binds them."""
    return [_facet(queries, name, parameters, limit) for name in dict.fromkeys(names)]


def _facet(queries: Queries, name: str, parameters: Mapping[str, Any], limit: int) -> Facet:
    others = {key: value for key, value in parameters.items() if key not in OWN_FILTERS[name]}
    selected = {str(value) for value in parameters.get(name) or ()}
    rows = queries.rows(f"facet_{name}", **others, facet_limit=limit)
    return Facet(facet=name, values=[FacetValue(**row, is_selected=row["value"] in selected) for row in rows])
