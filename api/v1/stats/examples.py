"""An example of every answer about many films, for the OpenAPI document."""

from api.v1.stats import schemas

FRIDAY = schemas.Releases(
    release_period=5,
    period_name_en="friday",
    period_name_es="viernes",
    movie_count=13_908,
    non_placeholder_movie_count=13_372,
)
DIRECTOR = schemas.DirectorReturns(
    person_id=1032,
    person_name="Martin Scorsese",
    movie_count=39,
    known_return_movie_count=20,
    total_return_ratio=55.5,
    mean_return_ratio=1.42,
    known_mean_return_ratio=2.78,
    known_median_return_ratio=2.21,
    pooled_return_ratio=2.23,
)
ACTOR = schemas.ActorReturns(
    person_id=31,
    person_name="Tom Hanks",
    director_policy="excluded",
    movie_count=69,
    excluded_directed_movie_count=2,
    known_return_movie_count=48,
    total_return_ratio=213.7,
    mean_return_ratio=3.1,
    known_mean_return_ratio=4.45,
    known_median_return_ratio=3.6,
    pooled_return_ratio=3.92,
)
TOY_STORY = schemas.MovieRatings(
    movie_id=862,
    title="Toy Story",
    release_year=1995,
    movielens_rating_count=247,
    movielens_rating_mean=3.872,
    tmdb_vote_count=5415,
    tmdb_vote_mean=7.7,
)
