"""What other services call a parameter or a value, and what it is called here: for suggestions."""

PARAMETERS = {
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
"""What is compared, before `.gte`, `.lte` and the like."""
COMPARISONS = {
    **dict.fromkeys((".gte", "__gte", "__gt", "_gte", "_min"), "_from"),
    **dict.fromkeys((".lte", "__lte", "__lt", "_lte", "_max"), "_to"),
}


def called_here(name: str) -> str:
    """What a name in lower case may mean here; the name itself if it is not known elsewhere."""
    for ending, ours in COMPARISONS.items():
        if name.endswith(ending):
            measure = name.removesuffix(ending)
            return MEASURES.get(measure, measure) + ours
    if name.endswith(".desc"):
        return "-" + name.removesuffix(".desc")
    return PARAMETERS.get(name, name.removesuffix(".asc"))
