"""Reads a taste in words: splits it into examples, exclusions, people and concepts."""

from collections.abc import Sequence

import duckdb

from recommender.description import Concept, Description, LikedTitle, Meaning
from recommender.vocabulary import IndexedFilms
from recommender.words.film_terms import FilmTerms
from recommender.words.lexicon import load_lexicon, to_words
from recommender.words.meanings import MIN_PHRASE_FILMS, compare_years, find_meanings, find_people
from recommender.words.titles import Titles
from search.index import SearchIndex

MAX_WORDS, MAX_PHRASE_WORDS = 60, 6
MIN_TITLE_VOTES = 50
"""Votes of a film that is recognized if its title is the whole text."""
LIKE = (
    *("in the style of", "in the vein of", "in the spirit of", "along the lines of", "reminiscent of", "similar to"),
    *("fan of", "fans of", "liked", "loved", "enjoyed", "like"),
)
NOT = ("without", "except", "minus", "excluding", "not", "no", "non")
DIRECTED_BY = ("directed by", "director", "by")
TITLE_ENDS = frozenset(
    ["but", "except", "only", "without", "minus", "set", "with", "in", "from", "directed", "starring", "not"]
)
"""Words that end a title that is not spelled as in the data."""


class DescriptionReader:
    """Understands texts. Read-only, so threads can share it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, films: IndexedFilms, search: SearchIndex) -> None:
        """Load the films' titles, countries, companies and languages."""
        self.terms = FilmTerms(connection, films)
        self.titles = Titles(connection, search)
        self.lexicon = load_lexicon()

    def read(self, text: str) -> Description:
        """Return what a text means."""
        words = to_words(text)[:MAX_WORDS]
        phrase = " ".join(words)
        title = self.titles.find(words, MIN_TITLE_VOTES)
        if title is not None and not self.lexicon.knows(phrase) and not self._is_theme(phrase):
            return Description((), [LikedTitle(text.strip(), title)])
        return _Reading(self, self._rewrite(words)).read()

    def _is_theme(self, phrase: str) -> bool:
        """Return whether a genre, a person or a keyword of several films has this name."""
        found = [one for one in self.terms.find_name(phrase) if one.field != "collection"]
        return any(one.rows.size >= MIN_PHRASE_FILMS for one in found)

    def _rewrite(self, words: Sequence[str]) -> list[str]:
        """Return the words with phrases replaced by the lexicon's other words for them."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for length in range(MAX_PHRASE_WORDS, 0, -1):
                if rewritten := self.lexicon.rewrites.get(" ".join(words[at : at + length])):
                    break
            else:
                length, rewritten = 1, (words[at],)
            found += rewritten
            at += length
        return found


class _Reading:
    """The words of a text that are still to be read, and what has been understood."""

    def __init__(self, reader: DescriptionReader, words: list[str]) -> None:
        self._terms, self._titles, self._lexicon = reader.terms, reader.titles, reader.lexicon
        self._words = words
        self._liked: list[LikedTitle] = []
        self._concepts: list[Concept] = []
        self._unknown: list[str] = []

    def read(self) -> Description:
        while self._words:
            if self._skip(LIKE):
                self._read_titles()
            elif self._skip(NOT):
                self._skip_fillers()
                self._read_concept(is_excluded=True)
            elif self._skip(DIRECTED_BY):
                self._read_concept(people=["director"])
            elif not self._skip_fillers():
                self._read_concept()
        return Description(self._concepts, self._liked, self._unknown)

    def _skip(self, phrases: Sequence[str]) -> bool:
        """Skip one of these phrases if it comes next."""
        length = self._starts_with(phrases)
        del self._words[:length]
        return length > 0

    def _starts_with(self, phrases: Sequence[str]) -> int:
        """Return the number of words of the phrase that comes next, 0 if none of them does."""
        return next((n for phrase in phrases if self._words[: (n := phrase.count(" ") + 1)] == phrase.split()), 0)

    def _skip_fillers(self) -> bool:
        """Skip words without a meaning, unless a phrase with a meaning begins with them."""
        count = len(self._words)
        while self._words and self._words[0] in self._lexicon.fillers:
            if self._starts_with(LIKE + NOT + DIRECTED_BY) or self._find_phrase(2):
                break
            del self._words[0]
        return len(self._words) < count

    def _read_titles(self) -> None:
        """Read titles joined by `and` or `or`, of which only the first may be misspelled."""
        movie_id, length = self._titles.find_beginning(self._words)
        if movie_id is None:
            length = next((at for at, word in enumerate(self._words) if word in TITLE_ENDS), len(self._words))
            movie_id = self._titles.search(self._words[:length])
        if movie_id is not None:
            self._liked.append(LikedTitle(" ".join(self._words[:length]), movie_id))
            del self._words[:length]
            if self._words[:1] in (["and"], ["or"]) and self._titles.find_beginning(self._words[1:])[1]:
                del self._words[0]
                self._read_titles()

    def _read_concept(self, *, is_excluded: bool = False, people: Sequence[str] = ()) -> None:
        """Read the longest phrase with a meaning."""
        phrase, meanings = self._find_phrase(1, people) or (self._words[0] if self._words else "", [])
        if meanings:
            self._concepts.append(Concept(phrase, meanings, self._terms.film_count, is_excluded=is_excluded))
        elif phrase:
            self._unknown.append(phrase)
        del self._words[: len(phrase.split())]

    def _find_phrase(self, min_words: int, people: Sequence[str] = ()) -> tuple[str, list[Meaning]] | None:
        for length in range(min(MAX_PHRASE_WORDS, len(self._words)), min_words - 1, -1):
            phrase = " ".join(self._words[:length])
            if meanings := self._find_meanings(phrase, people):
                return phrase, meanings
        return None

    def _find_meanings(self, phrase: str, people: Sequence[str]) -> list[Meaning]:
        if people:
            return find_people(phrase, people, self._terms)
        if years := compare_years(phrase, [self._terms.year_of(liked.movie_id) for liked in self._liked]):
            return [self._terms.find_years(*years)]
        return find_meanings(phrase, self._terms, self._lexicon)
