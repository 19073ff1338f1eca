"""Recommends films and explains the scores."""

import msgspec

from api.db.queries import Queries
from api.v1.movies.lookup import find_movie
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.recommendations.parameters import RankingParams
from api.v1.recommendations.schemas import Similarity
from api.v1.recommendations.tastes import ResolvedTaste
from api.v1.recommended_movies import group_contributions
from recommender.index import RecommenderIndex
from recommender.taste import Contribution, RankingOptions, ScoredMovie


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
