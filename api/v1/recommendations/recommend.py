"""Recommends films and explains the scores."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from api.db.queries import Queries, Row
from api.lists.page_params import PageParams
from api.v1.movies.lookup import find_movie
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.recommendations.parameters import DEFAULT_REASONS, MAX_RECOMMENDATIONS, RECOMMENDATIONS, RankingParams
from api.v1.recommendations.schemas import Reason, Similarity
from api.v1.recommendations.tastes import ResolvedTaste
from recommender.index import RecommenderIndex
from recommender.taste import Contribution, RankingOptions, ScoredMovie, Taste

LIKES = "likes"
"""The field of a model trained with ratings: each user is a term of the films that they like."""


def recommend_for_movie(queries: Queries, recommender: RecommenderIndex, movie_id: int, limit: int) -> list[Row]:
    """Return the best recommendations for a film with their reasons: the first of recommender.neighbors."""
    seed = recommender.seed_from_film(movie_id)
    if seed is None or not seed.term_ids.size:
        return []
    taste = Taste((seed,))
    movies = recommender.recommend(taste, RankingOptions(limit), exclude=[movie_id])
    return fetch_recommendations(queries, recommender, taste, movies, DEFAULT_REASONS)


def select_movies(
    queries: Queries,
    recommender: RecommenderIndex,
    resolved: ResolvedTaste,
    filters: msgspec.Struct,
    ranking: RankingParams,
) -> list[ScoredMovie]:
    """Return the best films for a taste that match the filters. Raises ProblemError 422 like `resolve_filters`."""
    parameters = resolve_filters(queries, filters).to_query_parameters()
    if resolved.taste is None:
        return []
    options = RankingOptions(ranking.limit, ranking.diversity, ranking.novelty, ranking.one_per_collection)
    candidates = queries.columns("matching_movie_ids", **parameters)["movie_id"] if parameters else None
    return recommender.recommend(resolved.taste, options, candidates=candidates, exclude=resolved.seen)


def fetch_recommendations(
    queries: Queries, recommender: RecommenderIndex, taste: Taste | None, movies: Sequence[ScoredMovie], reasons: int
) -> list[Row]:
    """Return the films in their order, each with its data and up to `reasons` reasons."""
    params = PageParams(limit=MAX_RECOMMENDATIONS, sort=RECOMMENDATIONS.default_sort)
    parameters = to_query_parameters(recommender, taste, movies, reasons)
    rows: list[Row] = RECOMMENDATIONS.fetch_page(queries, params, parameters)["data"]
    return rows


def to_query_parameters(
    recommender: RecommenderIndex, taste: Taste | None, movies: Sequence[ScoredMovie], reason_count: int
) -> dict[str, list[Any]]:
    """Return the parameters of `recommended_movies`: lists in the order of the films."""
    reasons = [group_contributions(recommender.explain(taste, movie.movie_id)) for movie in movies] if taste else []
    return {
        "movie_id": [movie.movie_id for movie in movies],
        "score": [movie.score for movie in movies],
        "content_score": [movie.content_score for movie in movies],
        "year_score": [movie.year_score for movie in movies],
        "prior_score": [movie.prior_score for movie in movies],
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


def build_note(resolved: ResolvedTaste, *, is_empty: bool) -> str | None:
    """Return what part of the request was ignored or has no result; otherwise None."""
    notes = []
    if resolved.unknown:
        notes.append(f"Ignored, because no terms are known: {', '.join(resolved.unknown)}.")
    if is_empty and resolved.taste:
        notes.append("No film matches the taste and the filters.")
    return " ".join(notes) or None


def get_similarity(queries: Queries, movie_id: int, other_movie_id: int) -> Similarity:
    """Return the score of a film for people who like another one, computed in SQL from the recommender's tables.

    Raises ProblemError 404 if one of the films does not exist.
    """
    ids = {"movie_id": movie_id, "other_movie_id": other_movie_id}
    for one in ids.values():
        find_movie(queries, one)
    (row,) = queries.rows("get_similarity", **ids)
    shared_terms = [Contribution(**term) for term in queries.rows("shared_terms", **ids)]
    return msgspec.convert({**row, "reasons": group_contributions(shared_terms)}, Similarity)
