"""What a search finds, and why."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Kind = Literal["movie", "person", "collection"]
KINDS: tuple[Kind, ...] = ("movie", "person", "collection")
How = Literal["exact", "beginning", "phrase", "words", "run_together", "typos"]
HowAWord = Literal["word", "beginning", "typo"]


class MatchedWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word that was typed, and the word of the name that answers to it."""

    typed: Annotated[str, Meta(description="The word as it was understood: lower case, without accents.")]
    found: Annotated[str, Meta(description="The word of the name.")]
    how: Annotated[
        HowAWord,
        Meta(description="It is that word, it begins that word, or it is one or two letters off."),
    ]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """Why something was found."""

    field: Annotated[
        Literal["title", "original_title", "person_name", "collection_name"],
        Meta(description="Which of its names matched."),
    ]
    name: Annotated[str, Meta(description="That name.")]
    how: Annotated[
        How,
        Meta(
            description="The best that can be said, best first: it is the whole name (an English article aside), its "
            "beginning, a run of letters within it, words of it in any order, letters of it without regard to "
            "spaces, words of it with typos."
        ),
    ]
    words: Annotated[list[MatchedWord], Meta(description="Word by word; empty for `run_together`.")]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A film, person or collection that was found."""

    kind: Annotated[Kind, Meta(description="What it is.")]
    movie_id: Annotated[int | None, Meta(description="TMDB id of the film; null for others.")]
    person_id: Annotated[int | None, Meta(description="Id of the person; null for others.")]
    collection_id: Annotated[int | None, Meta(description="Id of the collection; null for others.")]
    name: Annotated[str, Meta(description="Title or name.")]
    release_year: Annotated[int | None, Meta(description="Year of a film's release; null for others.")]
    movie_count: Annotated[int | None, Meta(description="Films of a person or collection; null for a film.")]
    known_for_titles: Annotated[
        list[str],
        Meta(description="Up to three titles of a person's films, most votes first; empty for others."),
    ]
    score: Annotated[
        float,
        Meta(ge=0, le=1, description="How well it fits (up to 0.8) and how popular it is among its kind (up to 0.2)."),
    ]
    matched: Annotated[Match, Meta(description="Why it was found.")]


class SearchResults(msgspec.Struct, frozen=True, kw_only=True):
    """What was found."""

    data: Annotated[list[Hit], Meta(description="Best first.")]
