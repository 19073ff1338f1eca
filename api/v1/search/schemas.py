"""Search results and why they match."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.http.examples import described

Kind = Literal["movie", "person", "collection"]
KINDS: tuple[Kind, ...] = ("movie", "person", "collection")
MatchKind = Literal["exact", "beginning", "phrase", "words", "run_together", "typos"]
WordMatchKind = Literal["word", "beginning", "typo"]


class MatchedWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the query and the word of the name that it matches."""

    typed: Annotated[str, described("The word of the query, in lower case without accents.", "jonh")]
    found: Annotated[str, described("The word of the name.", "john")]
    how: Annotated[WordMatchKind, described("How the words match: typos are one or two letters.", "typo")]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """Why a name matches."""

    field: Annotated[
        Literal["title", "original_title", "person_name", "collection_name"],
        described("The field that matches.", "title"),
    ]
    name: Annotated[str, described("The name that matches.", "John Wick")]
    how: Annotated[
        MatchKind,
        described(
            "The best kind of match, best first: the whole name (apart from an English article), its beginning, a "
            "substring, words in any order, letters regardless of spaces, words with typos.",
            "typos",
        ),
    ]
    words: Annotated[list[MatchedWord], Meta(description="The matched words; empty for `run_together`.")]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A film, person or collection that matches."""

    kind: Annotated[Kind, described("Kind of the hit.", "movie")]
    movie_id: Annotated[int | None, described("TMDB id of a film; otherwise null.", 245891)]
    person_id: Annotated[int | None, described("Id of a person; otherwise null.", None)]
    collection_id: Annotated[int | None, described("Id of a collection; otherwise null.", None)]
    name: Annotated[str, described("Title or name.", "John Wick")]
    release_year: Annotated[int | None, described("Release year of a film; otherwise null.", 2014)]
    movie_count: Annotated[int | None, described("Films of a person or collection; otherwise null.", None)]
    known_for_titles: Annotated[list[str], described("Up to three of a person's films, most votes first.", [])]
    score: Annotated[float, described("Match (up to 0.8) and popularity (up to 0.2).", 0.33, ge=0, le=1)]
    matched: Annotated[Match, Meta(description="Why it matches.")]


class SearchResults(msgspec.Struct, frozen=True, kw_only=True):
    """The hits of a search."""

    data: Annotated[list[Hit], Meta(description="The hits, best first.")]
