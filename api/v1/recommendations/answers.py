"""ScoredMovie films with their reasons: what the query `recommended_movies` binds, and its rows."""

from collections.abc import Sequence
from typing import Any

import msgspec

from api.db.queries import Queries, Row
from api.lists.page_params import PageParams
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.recommendations import reasons
from api.v1.recommendations.listing import RECOMMENDED
from api.v1.recommendations.parameters import DEFAULT_REASONS, MOST_RECOMMENDED, Choice
from api.v1.recommendations.tastes import ResolvedTaste
from recommender.index import RecommenderIndex
from recommender.taste import RankingOptions, ScoredMovie, Taste

Parameters = dict[str, list[Any]]


def for_film(queries: Queries, recommender: RecommenderIndex, movie_id: int, limit: int) -> list[Row]:
    """The first films for whoever likes this one, with their reasons: the first of recommender.neighbors."""
    seed = recommender.seed_from_film(movie_id)
    if seed is None or not seed.term_ids.size:
        return []
    taste = Taste((seed,))
    films = recommender.recommend(taste, RankingOptions(limit), exclude=[movie_id])
    return rows_of(queries, recommender, taste, films, DEFAULT_REASONS)


def chosen(
    queries: Queries, recommender: RecommenderIndex, resolved: ResolvedTaste, filters: msgspec.Struct, choice: Choice
) -> list[ScoredMovie]:
    """The films for a taste among those that meet the filters. Raises ProblemError 422 as `resolve_filters` does."""
    parameters = resolve_filters(queries, filters).to_query_parameters()
    if resolved.taste is None:
        return []
    options = RankingOptions(choice.limit, choice.diversity, choice.novelty, choice.one_per_collection)
    candidates = queries.columns("matching_movie_ids", **parameters)["movie_id"] if parameters else None
    return recommender.recommend(resolved.taste, options, candidates=candidates, exclude=resolved.seen)


def rows_of(
    queries: Queries,
    recommender: RecommenderIndex,
    taste: Taste | None,
    films: Sequence[ScoredMovie],
    reason_count: int,
) -> list[Row]:
    """The films for a taste in their order, each with so many reasons."""
    asked = PageParams(limit=MOST_RECOMMENDED, sort=RECOMMENDED.default_sort)
    rows: list[Row] = RECOMMENDED.fetch_page(queries, asked, bound(recommender, taste, films, reason_count))["data"]
    return rows


def bound(
    recommender: RecommenderIndex, taste: Taste | None, films: Sequence[ScoredMovie], reason_count: int
) -> Parameters:
    """What the query binds: lists in the films' order."""
    whys = [reasons.group_contributions(recommender.explain(taste, film.movie_id)) for film in films] if taste else []
    return {
        "movie_id": [film.movie_id for film in films],
        "score": [film.score for film in films],
        "content_score": [film.content_score for film in films],
        "year_score": [film.year_score for film in films],
        "prior_score": [film.prior_score for film in films],
        "reasons": [msgspec.json.encode(why[:reason_count]).decode() for why in whys],
        "other_terms_score": [sum(reason.contribution for reason in why[reason_count:]) for why in whys],
    }


def note(resolved: ResolvedTaste, *, is_empty: bool) -> str | None:
    """What could not be done as it was asked; None if everything could."""
    notes = []
    if resolved.unknown:
        notes.append(f"Nothing that films could share is known of {', '.join(resolved.unknown)}.")
    if is_empty and resolved.taste:
        notes.append("No film that could be recommended shares enough with what is liked.")
    return " ".join(notes) or None
