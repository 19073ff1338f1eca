"""Search results and why they match."""

from typing import Annotated, cast

import msgspec
from msgspec import Meta

from api.http.examples import described
from search.documents import Kind
from search.ranking import Hit, MatchedField, MatchKind, WordMatchKind


class MatchedWord(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the query and what it matches."""

    typed: Annotated[
        str, described("The word of the query, in lower case without accents; a number as digits.", "jonh")
    ]
    found: Annotated[str, described("The word that it matches.", "john")]
    field: Annotated[MatchedField, described("Where that word is.", "name")]
    how: Annotated[
        WordMatchKind,
        described("How the words match: typos are one or two letters; `sound` is a word that sounds alike.", "typo"),
    ]


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """Why an entity matches."""

    field: Annotated[
        str,
        described(
            "The name that matches best: title, original_title, person_name, collection_name and so on.", "title"
        ),
    ]
    name: Annotated[str, described("That name.", "John Wick")]
    how: Annotated[
        MatchKind,
        described(
            "The whole name (apart from an article and the year), its beginning, a part of it, all words, words with "
            "typos, or some of the words.",
            "typos",
        ),
    ]
    words: Annotated[list[MatchedWord], Meta(description="The words of the query that match.")]


class SearchHit(msgspec.Struct, frozen=True, kw_only=True):
    """A film, person, collection, company, genre or keyword that matches."""

    kind: Annotated[Kind, described("Kind of the hit.", "movie")]
    movie_id: Annotated[int | None, described("TMDB id of a film; otherwise null.", 245891)] = None
    person_id: Annotated[int | None, described("Id of a person; otherwise null.", None)] = None
    collection_id: Annotated[int | None, described("Id of a collection; otherwise null.", None)] = None
    company_id: Annotated[int | None, described("Id of a company; otherwise null.", None)] = None
    genre_id: Annotated[int | None, described("Id of a genre; otherwise null.", None)] = None
    keyword_id: Annotated[int | None, described("Id of a keyword; otherwise null.", None)] = None
    name: Annotated[str, described("Title or name.", "John Wick")]
    release_year: Annotated[int | None, described("Release year of a film; otherwise null.", 2014)]
    movie_count: Annotated[int | None, described("Number of films of the others; null for a film.", None)]
    known_for_titles: Annotated[list[str], described("Up to three of a person's films, most votes first.", [])]
    score: Annotated[float, described("Quality of the match, multiplied by popularity.", 0.33, ge=0, le=1)]
    matched: Annotated[Match, Meta(description="Why it matches.")]

    @classmethod
    def from_hit(cls, hit: Hit) -> "SearchHit":
        """Return a hit of the index."""
        document = hit.document
        is_original_title = hit.name != document.names[0]
        field = {"movie": "original_title" if is_original_title else "title"}.get(
            document.kind, f"{document.kind}_name"
        )
        words = [MatchedWord(typed=one.typed, found=one.found, field=one.field, how=one.kind) for one in hit.words]
        return cls(
            kind=cast(Kind, document.kind),
            **{f"{document.kind}_id": document.entity_id},
            name=document.names[0],
            release_year=document.release_year,
            movie_count=document.movie_count,
            known_for_titles=document.known_for_titles,
            score=hit.score,
            matched=Match(field=field, name=hit.name, how=hit.kind, words=words),
        )


class SearchResults(msgspec.Struct, frozen=True, kw_only=True):
    """The hits of a search."""

    data: Annotated[list[SearchHit], Meta(description="The hits, best first.")]
