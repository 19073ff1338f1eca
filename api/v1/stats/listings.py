"""What can be listed of the numbers over many films."""

from api.lists.endpoint import ListEndpoint
from api.v1.stats import schemas

_RETURN_SORTS = (
    "person_id",
    "person_name",
    "movie_count",
    "known_return_movie_count",
    "total_return_ratio",
    "mean_return_ratio",
    "known_mean_return_ratio",
    "known_median_return_ratio",
    "pooled_return_ratio",
)

RELEASES = ListEndpoint(
    query="list_releases",
    item=schemas.Releases,
    key="release_period",
    default_sort="release_period",
    sorts=("release_period", "movie_count", "non_placeholder_movie_count"),
)

# Those with most known returns first: a ratio of one film says little.
RETURNS_BY_DIRECTOR = ListEndpoint(
    query="list_returns_by_director",
    item=schemas.DirectorReturns,
    key="person_id",
    default_sort="-known_return_movie_count",
    sorts=_RETURN_SORTS,
)
RETURNS_BY_ACTOR = ListEndpoint(
    query="list_returns_by_actor",
    item=schemas.ActorReturns,
    key="person_id",
    default_sort="-known_return_movie_count",
    sorts=(*_RETURN_SORTS, "excluded_directed_movie_count"),
)

RATINGS = ListEndpoint(
    query="list_ratings",
    item=schemas.MovieRatings,
    key="movie_id",
    default_sort="-movielens_rating_count",
    sorts=(
        "movie_id",
        "title",
        "release_year",
        "movielens_rating_count",
        "movielens_rating_mean",
        "tmdb_vote_count",
        "tmdb_vote_mean",
    ),
    sort_columns={"title": "title_key"},
)
