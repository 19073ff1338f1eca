"""Query parameters that filter entities of any kind."""

from api.http.parameters import filters_of, range_parameters, words_parameter

MEASURES = {
    "movie_count": (int, "number of films", 100),
    "known_revenue_movie_count": (int, "number of films with a known revenue", 10),
    "total_revenue": (int, "sum of known revenues in US dollars", 1_000_000_000),
}

_PARAMETERS = {"q": words_parameter("Those whose name", "colum pict"), **range_parameters("Those", MEASURES)}

EntityFilters = filters_of("EntityFilters", _PARAMETERS)
