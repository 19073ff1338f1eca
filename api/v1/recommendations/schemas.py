"""Recommendations and their reasons. Each score is a sum, and the response contains its parts."""

from typing import Annotated

import msgspec
from msgspec import Meta

from api.http.examples import described
from api.v1.recommended_movies import PriorScore, Reason, Score, YearScore


class Similarity(msgspec.Struct, frozen=True, kw_only=True):
    """The score of a film for people who like another film, with all reasons."""

    movie_id: Annotated[int, described("TMDB id of the liked film.", 862)]
    other_movie_id: Annotated[int, described("TMDB id of the scored film.", 863)]
    neighbor_rank: Annotated[int | None, described("Rank among the liked film's recommender.neighbors, if there.", 1)]
    score: Score
    content_score: Annotated[float, described("Contribution of the shared terms: the sum of `reasons`.", 0.373979)]
    year_score: YearScore
    prior_score: PriorScore
    reasons: Annotated[list[Reason], Meta(description="All shared terms, largest contribution first.")]
