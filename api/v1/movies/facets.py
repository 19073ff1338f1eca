"""Facets: the values of a filter, and how many of the matching films have each.

A facet ignores its own filter, so that the other values remain visible while one is selected. Its `_none` and `_all`
filters still apply.
"""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from api.db.queries import Queries
from api.http.parameters import list_of, query_parameter
from api.v1.movies.resolved_filters import ResolvedFilters
from api.v1.movies.schemas import Facet, FacetValue

FACETS = (
    "genre", "keyword", "company", "country", "original_language", "spoken_language", "collection",
    "actor", "director", "decade", "year",
)  # fmt: skip
DEFAULT_FACETS = ("genre", "decade", "original_language", "country")
DEFAULT_LIMIT = 20

FacetNames = query_parameter(
    list_of(FACETS), "Facets to count. Values are sorted by films; years and decades from the latest.", ["genre"]
)
RequestedFacets = Annotated[list[Facet], Meta(description="Counts of the requested facets, in that order.")]


def count_facets(
    queries: Queries, names: Sequence[str], filters: ResolvedFilters, limit: int = DEFAULT_LIMIT
) -> list[Facet]:
    """Count the films that match the filters by the values of each facet."""
    facets = []
    for name in dict.fromkeys(names):
        own = {"year_from", "year_to"} if name == "year" else {name}
        conditions = {key: value for key, value in filters.conditions.items() if key not in own}
        others = ResolvedFilters(conditions, {key: found for key, found in filters.matches.items() if key not in own})
        rows = queries.rows(f"facet_{name}", **others.to_query_parameters(), facet_limit=limit)
        ids = [match.id for matches in filters.matches.get(name, ()) for match in matches]
        selected = {str(value) for value in (*ids, *filters.conditions.get(name, ()))}
        values = [FacetValue(**row, is_selected=row["value"] in selected) for row in rows]
        facets.append(Facet(facet=name, values=values))
    return facets
