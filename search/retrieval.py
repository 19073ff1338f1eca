"""Parses a query and finds candidates in the index, before they are ranked."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import tantivy
from tantivy import Occur, Query

from search.documents import KINDS, SuggestedKind
from search.text import NUMBERING_WORDS, query_words, sound_of

FIELD_BOOSTS = {
    "name": 3.0, "joined": 3.0, "people": 1.6, "year": 1.5, "initials": 1.5, "collection": 1.2, "number": 1.2,
}  # fmt: skip
DIGIT_FIELDS = ("year", "number")
PREFIX_BOOSTS = {"name": 2.0, "joined": 1.2, "people": 1.2}
TYPO_BOOSTS = {"name": 1.1, "joined": 1.0, "people": 0.8}
SOUND_BOOSTS = {"sound": 1.2, "people_sound": 0.9}
JOINED_PAIR_BOOST, JOINED_QUERY_BOOST, JOINED_TYPO_BOOST = 1.0, 3.0, 2.0
MIN_PREFIX_LETTERS, MIN_JOINED_LETTERS = 2, 3
MIN_PREFIX_DIGITS = 3
MIN_TYPO_LETTERS, MIN_TWO_TYPOS_LETTERS = 3, 7
MINOR_WORDS = frozenset([
    "a", "an", "and", "by", "collection", "das", "de", "del", "der", "des", "di", "die", "directed", "du", "el", "film",
    "films", "full", "in", "la", "las", "le", "les", "los", "movie", "movies", "of", "on", "online", "pelicula",
    "starring", "the", "to", "watch", "with", "y",
])  # fmt: skip
MINOR_FACTOR, NUMBERING_FACTOR = 0.25, 0.1
MIN_IDF, MAX_IDF = 1.5, 10.0
UNKNOWN_WORD_WEIGHT = 0.8
MAX_WORDS = 20


@dataclass(frozen=True, slots=True)
class QueryWord:
    text: str
    weight: float
    """0 to 1: rare words weigh more."""
    is_minor: bool
    """Whether a document may lack it: articles, and words such as `movie`."""
    is_last: bool
    """Whether it may be the beginning of a word, because the user is still typing."""
    is_known: bool
    """Whether a document contains it."""
    max_edits: int = 0
    """The number of edits that a typo may have."""

    @property
    def possible_edits(self) -> int:
        """The number of edits if typos are allowed. Two are searched for unknown words only, because that is slow."""
        letters = len(self.text)
        if letters < MIN_TYPO_LETTERS or self.text.isdecimal():
            return 0
        return 1 if letters < MIN_TWO_TYPOS_LETTERS or self.is_known else 2


@dataclass(frozen=True, slots=True)
class SearchQuery:
    words: tuple[QueryWord, ...]
    joined: str
    """The words without spaces."""
    joined_pairs: tuple[str, ...]
    """Neighboring words without the space."""

    @classmethod
    def parse(cls, text: str, searcher: tantivy.Searcher) -> "SearchQuery":
        """Parse a query; the words are weighed by their number of documents."""
        texts = query_words(text)[:MAX_WORDS]
        words = [_parse_word(at, texts, searcher) for at in range(len(texts))]
        if all(word.is_minor for word in words):
            words = [replace(word, is_minor=False) for word in words]
        return cls(
            tuple(words), "".join(texts) or text.strip(), tuple(first + second for first, second in pairwise(texts))
        )

    def with_typos(self) -> "SearchQuery":
        return replace(self, words=tuple(replace(word, max_edits=word.possible_edits) for word in self.words))


def _parse_word(position: int, texts: list[str], searcher: tantivy.Searcher) -> QueryWord:
    text, following = texts[position], texts[position + 1 : position + 2]
    document_count = sum(searcher.doc_freq(field, text) for field in ("name", "people", "year"))
    idf = math.log((searcher.num_docs + 1) / (document_count + 1))
    weight = min(max(idf, MIN_IDF), MAX_IDF) / MAX_IDF if document_count else UNKNOWN_WORD_WEIGHT
    is_numbering = text in NUMBERING_WORDS and bool(following) and following[0].isdecimal()
    is_minor = is_numbering or text in MINOR_WORDS
    factor = NUMBERING_FACTOR if is_numbering else MINOR_FACTOR if is_minor else 1.0
    return QueryWord(text, weight * factor, is_minor, not following, document_count > 0)


def build_query(
    schema: tantivy.Schema, query: SearchQuery, kinds: Collection[SuggestedKind], min_share: float
) -> Query:
    """Return the query for documents of these kinds that match this share of the words, or the name without spaces."""

    def term(field: str, word: str, score: float) -> Query:
        return Query.const_score_query(Query.term_query(schema, field, word, "basic"), score)

    def similar(field: str, word: str, score: float, edits: int, *, is_prefix: bool = False) -> Query:
        return Query.const_score_query(Query.fuzzy_term_query(schema, field, word, edits, True, is_prefix), score)

    def match(position: int) -> Iterator[Query]:
        word = query.words[position]
        text = word.text
        for field, boost in FIELD_BOOSTS.items():
            if text.isdecimal() or field not in DIGIT_FIELDS:
                yield term(field, text, boost)
        for pair in query.joined_pairs[max(position - 1, 0) : position + 1]:
            yield from (term(field, pair, JOINED_PAIR_BOOST) for field in ("name", "joined"))
        if word.is_last and len(text) >= MIN_PREFIX_LETTERS:
            for field, boost in PREFIX_BOOSTS.items():
                if field != "joined" or len(text) >= MIN_JOINED_LETTERS:
                    yield similar(field, text, boost, 0, is_prefix=True)
        if word.max_edits:
            for field, boost in TYPO_BOOSTS.items():
                yield similar(field, text, boost, word.max_edits)
            if sound := sound_of(text):
                yield from (term(field, sound, boost) for field, boost in SOUND_BOOSTS.items())

    words = [
        (Occur.Should, Query.boost_query(Query.disjunction_max_query(list(match(position))), word.weight))
        for position, word in enumerate(query.words)
        if not word.is_minor
    ]
    names = [term("joined", query.joined, JOINED_QUERY_BOOST)]
    if any(word.max_edits for word in query.words) and len(query.joined) >= MIN_TWO_TYPOS_LETTERS:
        names.append(similar("joined", query.joined, JOINED_TYPO_BOOST, 1))
    if words:
        names.append(Query.boolean_query(words, minimum_number_should_match=math.ceil(min_share * len(words))))
    found = Query.boolean_query([(Occur.Should, name) for name in names])
    if set(kinds) == set(KINDS):
        return found  # few countries and languages are among them
    terms = [(Occur.Should, Query.term_query(schema, "kind", kind, "basic")) for kind in kinds]
    return Query.boolean_query(
        [(Occur.Must, found), (Occur.Must, Query.const_score_query(Query.boolean_query(terms), 0.0))]
    )


def build_title_query(schema: tantivy.Schema, text: str) -> Query:
    """Return the query for films whose titles have every word of a text, as a word or the beginning of one.

    A number of one or two digits is a whole word. A text without words is a whole title.
    """
    words = query_words(text)[:MAX_WORDS]
    queries = [
        Query.term_query(schema, "name", word, "basic")
        if word.isdecimal() and len(word) < MIN_PREFIX_DIGITS
        else Query.fuzzy_term_query(schema, "name", word, 0, True, True)
        for word in words
    ] or [Query.term_query(schema, "joined", text.strip(), "basic")]
    movie = Query.term_query(schema, "kind", "movie", "basic")
    return Query.boolean_query([(Occur.Must, query) for query in [movie, *queries]])
