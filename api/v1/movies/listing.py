"""How films are listed."""

from api.lists.endpoint import ListEndpoint
from api.v1.movies import schemas

MOVIES = ListEndpoint(
    query="list_movies",
    item=schemas.Movie,
    key="movie_id",
    selects_keys_first=True,
    default_sort="-tmdb_vote_count",
    sorts=(
        "movie_id",
        "title",
        "release_date",
        "release_year",
        "runtime_minutes",
        "budget_usd",
        "revenue_usd",
        "profit_usd",
        "return_ratio",
        "tmdb_popularity",
        "tmdb_vote_count",
        "tmdb_vote_mean",
        "original_language_code",
    ),
    sort_columns={"title": "title_key"},
    surrogate_keys=frozenset({"entity_keys", "grouped_entity_keys", "excluded_entity_keys"}),
)
