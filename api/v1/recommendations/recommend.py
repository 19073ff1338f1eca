"""Resolves requested tastes, recommends films for them and explains the scores."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from api.db.queries import Queries
from api.db.snapshots import Snapshot
from api.http.query_parser import invalid
from api.v1.movies.detail import find_movie
from api.v1.movies.filters import ENTITY_FILTERS
from api.v1.movies.resolved_filters import resolve_filters, resolve_name
from api.v1.recommendations.parameters import SEEDS
from api.v1.recommendations.understood import Understood, describe
from api.v1.recommended_movies import Similarity, group_contributions
from recommender.description import Description
from recommender.index import RecommenderIndex
from recommender.taste import Contribution, RankingOptions, ScoredMovie, Seed, Taste
from recommender.words.reader import DescriptionReader


@dataclass(frozen=True, slots=True)
class ResolvedTaste:
    """A requested taste, resolved to seeds of the recommender and a description."""

    taste: Taste | None
    """None if no terms are known of anything that is liked."""
    seen: frozenset[int]
    """The liked, disliked and excluded films, which are not recommended."""
    unknown: tuple[str, ...]
    """Likes, dislikes and words that are ignored because no terms are known of them."""
    understood: tuple[Understood, ...]
    """What the words of the text mean."""


def resolve_taste(snapshot: Snapshot, requested: Any, movie_id: int | None = None) -> ResolvedTaste:
    """Resolve the requested likes and dislikes (TasteParams), and the liked film of the path, if any.

    Raises ProblemError 422 if no like is given, if a film is both liked and disliked, or for an unknown id or name.
    """
    if movie_id is None and all(getattr(requested, name) is None for name in SEEDS):
        raise invalid("At least one of `like`, `q`, `like_person` and `like_genre` is required. Example: `like=862`.")
    likes = [*([movie_id] if movie_id else []), *(requested.like or ())]
    dislikes = requested.dislike or []
    if both := sorted({*likes} & {*dislikes}):
        raise invalid(f"Film {both[0]} is both liked and disliked; remove it from `like` or from `dislike`.")
    queries, recommender = snapshot.queries, snapshot.resource(RecommenderIndex)
    description = snapshot.resource(DescriptionReader).read(requested.q or "")
    named = [title.movie_id for title in description.liked if title.movie_id not in dislikes]
    liked = [*_seed_movies(recommender, "like", [*likes, *named]), *_seed_others(queries, recommender, requested)]
    disliked = list(_seed_movies(recommender, "dislike", dislikes))
    known = tuple(seed for _, seed in liked if seed.term_ids.size)
    taste = Taste(
        liked=known,
        disliked=tuple(seed for _, seed in disliked if seed.term_ids.size),
        description=description if description.concepts else None,
    )
    unknown = [name for name, seed in (*liked, *disliked) if not seed.term_ids.size]
    return ResolvedTaste(
        taste=taste if known or taste.description else None,
        seen=frozenset({*likes, *named, *dislikes, *(requested.exclude or ())}),
        unknown=tuple(dict.fromkeys([*_unknown_words(requested.q, description), *unknown])),
        understood=tuple(describe(queries, description)),
    )


def _unknown_words(text: str | None, description: Description) -> list[str]:
    """Return the quoted words without a meaning; the whole text if no word has one."""
    if text is not None and not description.concepts and not description.liked:
        return [f"“{text}”"]
    return [f"“{word}”" for word in description.unknown_words]


def _seed_movies(recommender: RecommenderIndex, parameter: str, movie_ids: Iterable[int]) -> Iterator[tuple[str, Seed]]:
    for movie_id in dict.fromkeys(movie_ids):
        if (seed := recommender.seed_from_film(movie_id)) is None:
            raise invalid(
                f"`{parameter}` must contain TMDB ids of films; got {movie_id}. Search by title: "
                "/v1/search?kind=movie&q=…"
            )
        yield f"the film {movie_id}", seed


def _seed_others(queries: Queries, recommender: RecommenderIndex, requested: Any) -> Iterator[tuple[str, Seed]]:
    """Yield the seeds of the liked people and genres."""
    for name in requested.like_person or ():
        people = resolve_name(queries, "like_person", ENTITY_FILTERS["person"], name)
        seeds = [recommender.seed_from_person(int(person.id)) for person in people]
        # All people with the name whose terms are known; if there are none, the first represents the name.
        for seed in [seed for seed in seeds if seed.term_ids.size] or seeds[:1]:
            yield f"“{name}”", seed
    for name in requested.like_genre or ():
        for genre in resolve_name(queries, "like_genre", ENTITY_FILTERS["genre"], name):
            yield f"“{name}”", recommender.seed_from_genre(genre.name or "")


def select_movies(
    queries: Queries,
    recommender: RecommenderIndex,
    resolved: ResolvedTaste,
    filters: msgspec.Struct,
    options: RankingOptions,
) -> list[ScoredMovie]:
    """Return the best films for a taste that match the filters. Raises ProblemError 422 like `resolve_filters`."""
    parameters = resolve_filters(queries, filters).to_query_parameters()
    if resolved.taste is None:
        return []
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
