"""Resolves the requested likes and dislikes to a taste of the recommender."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from api.db.queries import Queries
from api.http.problems import ProblemError
from api.v1.movies.filters import ENTITY_FILTERS
from api.v1.movies.resolved_filters import Match, resolve_name
from api.v1.recommendations.parameters import SEEDS
from recommender.index import RecommenderIndex
from recommender.taste import Seed, Taste


@dataclass(frozen=True, slots=True)
class ResolvedTaste:
    """A requested taste, resolved to seeds of the recommender."""

    taste: Taste | None
    """None if nothing that films share is known of anything that is liked."""
    seen: frozenset[int]
    """The films that are liked, disliked or excluded: not to be recommended."""
    unknown: tuple[str, ...]
    """What is liked or disliked and had to be left out, since nothing that films share is known of it."""


def resolve_taste(
    queries: Queries, recommender: RecommenderIndex, asked: Any, movie_id: int | None = None
) -> ResolvedTaste:
    """The taste of who likes what is asked, a TasteAsked, and the film of this id, if any.

    Raises ProblemError 422 if nothing is liked, for a film that is liked and disliked, and for an id or a name that
    nothing bears.
    """
    if movie_id is None and all(getattr(asked, name) is None for name in SEEDS):
        raise _invalid(
            "Nothing is liked: give ids of films in `like`, words in `q`, names in `like_person` or `like_genre`, or "
            "several of them."
        )
    likes = [*([movie_id] if movie_id else []), *(asked.like or ())]
    dislikes = asked.dislike or []
    if both := sorted({*likes} & {*dislikes}):
        raise _invalid(f"The film {both[0]} is both liked and disliked; right is one of the two.")
    liked = [
        *_films(recommender, "like", likes),
        *_sentence(recommender, asked.q),
        *_people(queries, recommender, asked.like_person or ()),
        *_genres(queries, recommender, asked.like_genre or ()),
    ]
    disliked = list(_films(recommender, "dislike", dislikes))
    known = tuple(seed for _, seed in liked if seed.term_ids.size)
    return ResolvedTaste(
        taste=Taste(known, tuple(seed for _, seed in disliked if seed.term_ids.size)) if known else None,
        seen=frozenset({*likes, *dislikes, *(asked.exclude or ())}),
        unknown=tuple(dict.fromkeys(name for name, seed in (*liked, *disliked) if not seed.term_ids.size)),
    )


def _films(recommender: RecommenderIndex, parameter: str, movie_ids: list[int]) -> Iterator[tuple[str, Seed]]:
    for movie_id in dict.fromkeys(movie_ids):
        if (seed := recommender.seed_from_film(movie_id)) is None:
            raise _invalid(
                f"`{parameter}`: no film has the id {movie_id}. Ids are TMDB's; /v1/search?q=… finds a film by its "
                "title."
            )
        yield f"the film {movie_id}", seed


def _sentence(recommender: RecommenderIndex, text: str | None) -> Iterator[tuple[str, Seed]]:
    if text is not None:
        yield f"“{text}”", recommender.seed_from_text(text)


def _people(queries: Queries, recommender: RecommenderIndex, names: Iterable[str]) -> Iterator[tuple[str, Seed]]:
    """Whoever bears one of the names and is known for anything; the first of them if nobody is."""
    for name in names:
        matches = _resolve(queries, "like_person", "person", name)
        seeds = [recommender.seed_from_person(int(match.id)) for match in matches]
        for seed in [seed for seed in seeds if seed.term_ids.size] or seeds[:1]:
            yield f"“{name}”", seed


def _genres(queries: Queries, recommender: RecommenderIndex, names: Iterable[str]) -> Iterator[tuple[str, Seed]]:
    for name in names:
        for match in _resolve(queries, "like_genre", "genre", name):
            yield f"“{name}”", recommender.seed_from_genre(match.name or "")


def _resolve(queries: Queries, parameter: str, filter_: str, name: str) -> tuple[Match, ...]:
    return resolve_name(queries, parameter, ENTITY_FILTERS[filter_], name)


def _invalid(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
