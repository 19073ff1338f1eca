"""Reads a taste in words: splits it into examples, exclusions, people and concepts."""

from collections.abc import Sequence

import duckdb

from recommender.description import Concept, Description, LikedTitle, Meaning
from recommender.vocabulary import IndexedFilms
from recommender.words.film_terms import FilmTerms
from recommender.words.lexicon import load_lexicon, to_words
from recommender.words.meanings import compare_years, distinct, find_meanings, find_people, is_theme
from recommender.words.titles import Titles
from search.index import SearchIndex

MAX_WORDS, MAX_PHRASE_WORDS = 60, 6
MIN_TITLE_VOTES = 50
"""Votes of a film that is recognized if its title is the whole text."""
LIKE = (
    *("in the style of", "in the vein of", "in the spirit of", "along the lines of", "reminiscent of", "similar to"),
    *("fan of", "fans of", "liked", "loved", "enjoyed", "like"),
)
NOT = ("without", "less", "except", "minus", "excluding", "not", "no", "non")
DIRECTED_BY = ("directed by", "director", "by")
STARRING = ("starring", "featuring", "with")
NAME_ENDS = frozenset(
    ["but", "except", "only", "without", "minus", "set", "with", "in", "from", "directed", "starring", "not"]
)
"""Words that end a title or name that is not spelled as in the data."""


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
        if title is not None and not is_theme(phrase, self.terms, self.lexicon):
            return Description((), [LikedTitle(text.strip(), title)])
        return _Reading(self, words).read()


class _Reading:
    """The words of a text that are still to be read, and what has been understood."""

    def __init__(self, reader: DescriptionReader, words: Sequence[str], *, rewrites: bool = True) -> None:
        self._reader, self._words, self._rewrites = reader, [*words], rewrites
        self._terms, self._titles, self._lexicon = reader.terms, reader.titles, reader.lexicon
        self._liked: list[LikedTitle] = []
        self._concepts: list[Concept] = []
        self._unknown: list[str] = []

    def read(self) -> Description:
        while self._words:
            if self._read_rewritten():
                continue
            if self._skip(LIKE):
                self._read_titles()
            elif self._skip(NOT):
                self._skip_fillers()
                self._read_concept(is_excluded=True)
            elif self._skip(DIRECTED_BY):
                self._read_director()
            elif self._skip(STARRING):
                if self._find_phrase(2, ["cast"]):
                    self._read_concept(people=["cast"])
            elif not self._skip_fillers():
                self._read_concept()
        return Description(self._concepts, self._liked, self._unknown, self._terms.fame)

    def _read_rewritten(self) -> bool:
        """Read a phrase as the lexicon's other words for it."""
        phrase = self._find_rewritten()
        if phrase is None:
            return False
        for concept in _Reading(self._reader, self._lexicon.rewrites[phrase], rewrites=False).read().concepts:
            concept.words = phrase
            self._concepts.append(concept)
        return self._skip([phrase])

    def _find_rewritten(self) -> str | None:
        phrases = (" ".join(self._words[:length]) for length in range(MAX_PHRASE_WORDS, 0, -1))
        return next((phrase for phrase in phrases if self._rewrites and phrase in self._lexicon.rewrites), None)

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
            if self._starts_with(LIKE + NOT + DIRECTED_BY + STARRING) or self._find_rewritten() or self._find_phrase(2):
                break
            del self._words[0]
        return len(self._words) < count

    def _read_titles(self) -> None:
        """Read titles joined by `and` or `or`, of which only the first may be misspelled."""
        movie_id, length = self._titles.find_beginning(self._words)
        name_length = self._name_length()
        if length < name_length:  # a misspelled title may begin with another one
            similar = self._titles.search(self._words[:name_length], is_complete=movie_id is not None)
            movie_id, length = (movie_id, length) if similar is None else (similar, name_length)
        if movie_id is not None:
            self._liked.append(LikedTitle(" ".join(self._words[:length]), movie_id))
            del self._words[:length]
            if self._words[:1] in (["and"], ["or"]) and self._titles.find_beginning(self._words[1:])[1]:
                del self._words[0]
                self._read_titles()

    def _name_length(self) -> int:
        """Return the number of words before one that ends a name that is not spelled as in the data."""
        return next((at for at, word in enumerate(self._words) if word in NAME_ENDS), len(self._words))

    def _read_director(self) -> None:
        """Read the name of a director, which may be misspelled."""
        length = self._name_length()
        name = self._titles.search_person(self._words[:length])
        if not self._find_phrase(1, ["director"]) and name and find_people(name, ["director"], self._terms):
            self._words[:length] = name.split()
        self._read_concept(people=["director"])

    def _read_concept(self, *, is_excluded: bool = False, people: Sequence[str] = ()) -> None:
        """Read the longest phrase with a meaning."""
        phrase, meanings = self._find_phrase(1, people) or (self._words[0] if self._words else "", [])
        del self._words[: len(phrase.split())]
        if not meanings:
            self._unknown += [phrase] if phrase else []
            return
        parts = [] if people or is_excluded else self._split(phrase, meanings)
        for words, own in parts or [(phrase, meanings)]:
            self._concepts.append(Concept(words, own, self._terms.film_count, is_excluded=is_excluded))

    def _split(self, phrase: str, meanings: list[Meaning]) -> list[tuple[str, list[Meaning]]]:
        """Return a keyword such as `romantic comedy` as two concepts, each of which the keyword matches, too."""
        theme, _, genre = phrase.rpartition(" ")
        if not theme or self._lexicon.knows(phrase) or any(meaning.field != "keyword" for meaning in meanings):
            return []
        parts = [(part, self._find_meanings(part, ())) for part in (theme, genre)]
        is_genre = any(meaning.field == "genre" for meaning in parts[1][1])
        return [(part, distinct([*meanings, *own])) for part, own in parts] if is_genre and parts[0][1] else []

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
