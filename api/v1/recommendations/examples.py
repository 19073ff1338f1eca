"""An example of every answer about recommendations, for the OpenAPI document."""

from api.v1.recommendations import schemas

REASON = schemas.Reason(field="director", term_key="7879", term="John Lasseter", contribution=0.04)

# 0.04 + 0.333979 = 0.373979; 0.373979 + 0.053626 + 0.237919 = 0.665524.
RECOMMENDATION = schemas.Recommendation(
    recommendation_rank=1,
    movie_id=863,
    title="Toy Story 2",
    release_year=1999,
    tmdb_vote_count=3914,
    tmdb_vote_mean=7.3,
    score=0.665524,
    content_score=0.373979,
    year_score=0.053626,
    prior_score=0.237919,
    reasons=[REASON],
    other_terms_score=0.333979,
)
SIMILARITY = schemas.Similarity(
    movie_id=862,
    other_movie_id=863,
    neighbor_rank=1,
    score=0.331545,
    content_score=0.04,
    year_score=0.053626,
    prior_score=0.237919,
    reasons=[REASON],
)
