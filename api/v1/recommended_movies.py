"""Recommended films with their reasons."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.db.queries import Queries, Row
from api.http.examples import described
from api.lists.endpoint import ListEndpoint
from recommender.index import RecommenderIndex
from recommender.taste import Contribution, RankingOptions, ScoredMovie, Taste

MAX_RECOMMENDATIONS = 100
DEFAULT_REASONS = 5
LIKES = "likes"
"""The field of a model trained with ratings: each user is a term of the films that they like."""

# The scores of the examples add up: 0.04 + 0.333979 = 0.373979; 0.373979 + 0.053626 + 0.237919 = 0.665524.
Score = Annotated[float, described("Sum of `content_score`, `year_score` and `prior_score`.", 0.665524)]
YearScore = Annotated[float, described("Contribution of the closeness of the release years.", 0.053626)]
PriorScore = Annotated[
    float, described("Contribution of the film's votes; lower for a taste in little-known films.", 0.237919)
]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A term that a film shares with liked or disliked films, or that matches the description."""

    field: Annotated[
        str,
        described(
            "text, genre, keyword, cast, director, collection, language, country, likes; for `q` also company, year.",
            "director",
        ),
    ]
    term_key: Annotated[str | None, described("Word, name, id or codes; null for likes, which are summed.", "7879")]
    term: Annotated[str, described("The term; for likes, the number of users.", "John Lasseter")]
    contribution: Annotated[float, described("Part of the score; negative for a dislike.", 0.04)]


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    recommendation_rank: Annotated[int, described("Position among the recommendations, from 1.", 1)]
    movie_id: Annotated[int, described("TMDB id of the recommended film.", 863)]
    title: Annotated[str | None, described("Title, in English if TMDB has one.", "Toy Story 2")]
    release_year: Annotated[int, described("Release year.", 1999)]
    tmdb_vote_count: Annotated[int | None, described("Number of TMDB votes.", 3914)]
    tmdb_vote_mean: Annotated[float | None, described("Mean of the TMDB votes, 0 to 10.", 7.3)]
    score: Score
    content_score: Annotated[float, described("Sum of `reasons` and `other_terms_score`.", 0.373979)]
    year_score: YearScore
    prior_score: PriorScore
    reasons: Annotated[list[Reason], Meta(description="The shared terms that contribute most, largest first.")]
    other_terms_score: Annotated[float, described("Contribution of the other shared terms.", 0.333979)]


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


RECOMMENDATIONS = ListEndpoint(
    query="recommended_movies",
    item=Recommendation,
    key=("recommendation_rank", "movie_id"),
    default_sort="recommendation_rank",
    sorts=("recommendation_rank", "release_year", "tmdb_vote_count", "tmdb_vote_mean", "score"),
)


def recommend_for_movie(queries: Queries, recommender: RecommenderIndex, movie_id: int, limit: int) -> list[Row]:
    """Return the best recommendations for a film with their reasons: the first of recommender.neighbors."""
    seed = recommender.seed_from_film(movie_id)
    if seed is None or not seed.term_ids.size:
        return []
    taste = Taste((seed,))
    movies = recommender.recommend(taste, RankingOptions(limit), exclude=[movie_id])
    return queries.rows("recommended_movies", **to_query_parameters(recommender, taste, movies, DEFAULT_REASONS))


def to_query_parameters(
    recommender: RecommenderIndex, taste: Taste | None, movies: Sequence[ScoredMovie], reason_count: int
) -> dict[str, list[Any]]:
    """Return the parameters of `recommended_movies`: lists in the order of the films."""
    reasons = [group_contributions(recommender.explain(taste, movie)) for movie in movies] if taste else []
    return {
        **{field.name: [getattr(movie, field.name) for movie in movies] for field in dataclasses.fields(ScoredMovie)},
        "reasons": [msgspec.json.encode(own[:reason_count]).decode() for own in reasons],
        "other_terms_score": [sum(reason.contribution for reason in own[reason_count:]) for own in reasons],
    }


def group_contributions(contributions: Iterable[Contribution]) -> list[Reason]:
    """Return the contributions as reasons, largest first; users who like both films form one reason."""
    terms = list(contributions)
    users = [one.contribution for one in terms if one.field == LIKES]
    reasons = [
        Reason(field=one.field, term_key=one.key, term=one.term, contribution=one.contribution)
        for one in terms
        if one.field != LIKES
    ]
    if users:
        reasons.append(Reason(field=LIKES, term_key=None, term=str(len(users)), contribution=sum(users)))
        reasons.sort(key=lambda reason: -reason.contribution)
    return reasons
