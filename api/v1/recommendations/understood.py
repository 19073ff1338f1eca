"""How the words of a taste were understood."""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from api.db.queries import Queries
from api.http.examples import described
from api.v1.movies.detail import find_movie
from recommender.description import Description

MAX_TERMS = 3


class UnderstoodTerm(msgspec.Struct, frozen=True, kw_only=True):
    """What a film must have to match a word or phrase."""

    field: Annotated[str, described("movie for a liked film, year, or a field of `reasons`.", "keyword")]
    term_key: Annotated[str, described("Word, name, id, codes or years.", "zombie")]
    term: Annotated[str | None, described("The term; for a film, its title.", "zombie")]


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """A word or phrase of `q` and what it was taken for."""

    words: Annotated[str, described("The words, in lower case without accents.", "zombies")]
    is_excluded: Annotated[bool, described("Whether films must not match it.", False)]
    terms: Annotated[list[UnderstoodTerm], Meta(description=f"Up to {MAX_TERMS} terms, the best first; one is enough.")]


def describe(queries: Queries, description: Description) -> Iterator[Understood]:
    """Yield what each phrase of a description means."""
    for liked in description.liked:
        title = find_movie(queries, liked.movie_id)["title"]
        term = UnderstoodTerm(field="movie", term_key=str(liked.movie_id), term=title)
        yield Understood(words=liked.words, is_excluded=False, terms=[term])
    for concept in description.concepts:
        terms = [
            UnderstoodTerm(field=meaning.field, term_key=meaning.key, term=meaning.name)
            for meaning in concept.meanings[:MAX_TERMS]
        ]
        yield Understood(words=concept.words, is_excluded=concept.is_excluded, terms=terms)
