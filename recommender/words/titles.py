"""Finds the film that a title in a text means, and the person that a misspelled name means."""

from collections.abc import Sequence

import duckdb

from recommender.words.lexicon import to_phrase, to_words
from search.index import SearchIndex

ARTICLES = frozenset(["the", "a", "an", "le", "la", "el", "il", "der", "die", "das"])
MIN_QUALITY = 0.6
"""Quality of the hit of a search from which it is what was meant."""
SAGA_FACTOR = 5
"""How many times the votes of a film with exactly the title a film of the collection must have to be meant."""
_TITLES = """
    select movie_id, title, nullif(original_title, title), collection_name, coalesce(tmdb_vote_count, 0)
    from marts.dim_movies order by tmdb_vote_count nulls first, movie_id desc
"""


class Titles:
    """The best known film of each title, and of each collection and part of a title before a colon."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, search: SearchIndex) -> None:
        self._search = search
        self._films: dict[str, tuple[int, int]] = {}
        sagas: dict[str, tuple[int, int]] = {}
        for movie_id, title, original_title, collection, votes in connection.execute(_TITLES).fetchall():
            main_title = title.partition(":")[0] if title and ":" in title else None
            saga = collection.removesuffix(" Collection") if collection else None
            names = ((self._films, title), (self._films, original_title), (sagas, main_title), (sagas, saga))
            for films, name in names:
                if name:
                    films[_key(to_words(name))] = movie_id, votes
        for name, film in sagas.items():
            if film[1] > SAGA_FACTOR * self._films.get(name, (0, 0))[1]:
                self._films[name] = film
        self._films.pop("", None)

    def find(self, words: Sequence[str], min_votes: int = 0) -> int | None:
        """Return the film with exactly this title, if it has at least so many votes."""
        movie_id, votes = self._films.get(_key(words), (None, -1))
        return movie_id if votes >= min_votes else None

    def find_beginning(self, words: Sequence[str]) -> tuple[int | None, int]:
        """Return the film whose title is the longest beginning of the words, and its number of words."""
        for length in range(len(words), 0, -1):
            if (movie_id := self.find(words[:length])) is not None:
                return movie_id, length
        return None, 0

    def search(self, words: Sequence[str], *, is_complete: bool = False) -> int | None:
        """Return the film with a similar title: misspelled or, unless every word must match, incomplete."""
        hits = self._search.search(" ".join(words), ["movie"], 1)
        if not hits or hits[0].quality < MIN_QUALITY or (is_complete and hits[0].kind == "some_words"):
            return None
        return hits[0].document.entity_id

    def search_person(self, words: Sequence[str]) -> str | None:
        """Return the folded name of the person with a similar name."""
        hits = self._search.search(" ".join(words), ["person"], 1)
        return to_phrase(hits[0].document.names[0]) if hits and hits[0].quality >= MIN_QUALITY else None


def _key(words: Sequence[str]) -> str:
    return " ".join(words[1:] if len(words) > 1 and words[0] in ARTICLES else words)
