"""How recommended films are listed: all on one page, and as a file in any format."""

from api.lists.endpoint import ListEndpoint
from api.v1.recommendations.schemas import Recommendation

RECOMMENDED = ListEndpoint(
    query="recommended_movies",
    item=Recommendation,
    key=("recommendation_rank", "movie_id"),
    default_sort="recommendation_rank",
    sorts=("recommendation_rank", "release_year", "tmdb_vote_count", "tmdb_vote_mean", "score"),
)
