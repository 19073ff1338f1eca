"""Which of the things that films list, as query parameters; the same for every kind."""

import msgspec

from api.parameters import provide_from, query_parameter, range_parameters

MEASURES = {
    "movie_count": (int, "number of films", 100),
    "known_revenue_movie_count": (int, "number of films with a known revenue", 10),
    "total_revenue": (int, "sum of known revenues in US dollars", 1_000_000_000),
}

_PARAMETERS = {
    "q": query_parameter(
        str,
        "Those whose name holds all of these words, in any order; a word may be cut short.",
        "colum pict",
        min_length=1,
        max_length=200,
    ),
    **range_parameters("Those", MEASURES),
}

CatalogFilters = msgspec.defstruct(
    "CatalogFilters", [(name, of, None) for name, of in _PARAMETERS.items()], frozen=True, kw_only=True
)
"""The filters in force; None is not in force."""

provide_filters = provide_from(CatalogFilters)
