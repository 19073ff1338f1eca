"""Suggestions for unknown names: aliases that other services use, and the nearest spelling."""

from collections.abc import Collection
from difflib import get_close_matches

ALIASES = {
    **dict.fromkeys(("page", "offset", "start", "after", "_next"), "cursor"),
    **dict.fromkeys(("per_page", "page_size", "size", "count", "_size", "max"), "limit"),
    **dict.fromkeys(("order", "order_by", "sort_by", "_sort", "_sort_desc"), "sort"),
    **dict.fromkeys(("query", "search", "text", "_search", "title", "name", "title__contains"), "q"),
    **dict.fromkeys(("select", "columns", "_col"), "fields"),
    **dict.fromkeys(("_facet", "facet"), "facets"),
    **dict.fromkeys(("language", "with_original_language"), "original_language"),
    **dict.fromkeys(("year", "release_year", "primary_release_year"), "year_from"),
    "append_to_response": "include",
    "sql": "query",
    "with_genres": "genre",
    "without_genres": "genre_none",
    "with_companies": "company",
    "with_keywords": "keyword",
    "with_people": "person",
    "with_cast": "actor",
    "with_crew": "crew",
}
MEASURES = {
    "primary_release_date": "date",
    "release_date": "date",
    "release_year": "year",
    "vote_average": "vote_mean",
    "with_runtime": "runtime",
}
"""Aliases of measures, which may have a suffix such as `.gte`."""
COMPARISON_SUFFIXES = {
    **dict.fromkeys((".gte", "__gte", "__gt", "_gte", "_min"), "_from"),
    **dict.fromkeys((".lte", "__lte", "__lt", "_lte", "_max"), "_to"),
}


def suggest_name(name: str, known: Collection[str]) -> str:
    """Return a sentence with the known name that was probably meant, or an empty string."""
    alias = resolve_alias(name.lower())
    nearest = [alias] if alias in known else get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    return f" Did you mean `{nearest[0]}`?" if nearest else ""


def resolve_alias(name: str) -> str:
    """Return the name of this API for a name in lower case; the name itself if it is not a known alias."""
    for suffix, own_suffix in COMPARISON_SUFFIXES.items():
        if name.endswith(suffix):
            measure = name.removesuffix(suffix)
            return MEASURES.get(measure, measure) + own_suffix
    if name.endswith(".desc"):
        return "-" + name.removesuffix(".desc")
    return ALIASES.get(name, name.removesuffix(".asc"))
