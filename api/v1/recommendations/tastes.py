"""Resolves the requested likes and dislikes to a taste of the recommender."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from api.db.queries import Queries
from api.http.problems import ProblemError
from api.v1.movies.filters import ENTITY_FILTERS
from api.v1.movies.resolved_filters import resolve_name
from api.v1.recommendations.parameters import SEEDS
from recommender.index import RecommenderIndex
from recommender.taste import Seed, Taste


@dataclass(frozen=True, slots=True)
class ResolvedTaste:
    """A requested taste, resolved to seeds of the recommender."""

    taste: Taste | None
    """None if no terms are known of anything that is liked."""
    seen: frozenset[int]
    """The liked, disliked and excluded films, which are not recommended."""
    unknown: tuple[str, ...]
    """Likes and dislikes that are ignored because no terms are known of them."""


def resolve_taste(
    queries: Queries, recommender: RecommenderIndex, requested: Any, movie_id: int | None = None
) -> ResolvedTaste:
    """Resolve the requested likes and dislikes, and the film of the path, if any.

    Args:
        requested: The TasteParams of the request.
        movie_id: A liked film.

    Raises:
        ProblemError: 422 if no like is given, if a film is both liked and disliked, or for an unknown id or name.
    """
    if movie_id is None and all(getattr(requested, name) is None for name in SEEDS):
        raise _invalid(
            "At least one of `like`, `q`, `like_person` and `like_genre` is required. For example, `like=862`."
        )
    likes = [*([movie_id] if movie_id else []), *(requested.like or ())]
    dislikes = requested.dislike or []
    if both := sorted({*likes} & {*dislikes}):
        raise _invalid(f"Film {both[0]} is both liked and disliked; remove it from `like` or from `dislike`.")
    liked = [
        *_seed_movies(recommender, "like", likes),
        *_seed_text(recommender, requested.q),
        *_seed_people(queries, recommender, requested.like_person or ()),
        *_seed_genres(queries, recommender, requested.like_genre or ()),
    ]
    disliked = list(_seed_movies(recommender, "dislike", dislikes))
    known = tuple(seed for _, seed in liked if seed.term_ids.size)
    return ResolvedTaste(
        taste=Taste(known, tuple(seed for _, seed in disliked if seed.term_ids.size)) if known else None,
        seen=frozenset({*likes, *dislikes, *(requested.exclude or ())}),
        unknown=tuple(dict.fromkeys(name for name, seed in (*liked, *disliked) if not seed.term_ids.size)),
    )


def _seed_movies(recommender: RecommenderIndex, parameter: str, movie_ids: list[int]) -> Iterator[tuple[str, Seed]]:
    for movie_id in dict.fromkeys(movie_ids):
        if (seed := recommender.seed_from_film(movie_id)) is None:
            raise _invalid(
                f"`{parameter}` must contain TMDB ids of films; got {movie_id}. Search by title: "
                "/v1/search?kind=movie&q=…"
            )
        yield f"the film {movie_id}", seed


def _seed_text(recommender: RecommenderIndex, text: str | None) -> Iterator[tuple[str, Seed]]:
    if text is not None:
        yield f"“{text}”", recommender.seed_from_text(text)


def _seed_people(queries: Queries, recommender: RecommenderIndex, names: Iterable[str]) -> Iterator[tuple[str, Seed]]:
    """Yield the seeds of all people with the names whose terms are known; of a name without any, the first."""
    for name in names:
        matches = resolve_name(queries, "like_person", ENTITY_FILTERS["person"], name)
        seeds = [recommender.seed_from_person(int(match.id)) for match in matches]
        for seed in [seed for seed in seeds if seed.term_ids.size] or seeds[:1]:
            yield f"“{name}”", seed


def _seed_genres(queries: Queries, recommender: RecommenderIndex, names: Iterable[str]) -> Iterator[tuple[str, Seed]]:
    for name in names:
        for match in resolve_name(queries, "like_genre", ENTITY_FILTERS["genre"], name):
            yield f"“{name}”", recommender.seed_from_genre(match.name or "")


def _invalid(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
