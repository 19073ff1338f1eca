"""Ranks the candidates: how well each document matches every word of the query, and how popular it is."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from jellyfish import damerau_levenshtein_distance

from search.documents import Document
from search.retrieval import MIN_JOINED_LETTERS, MIN_PREFIX_LETTERS, QueryWord, SearchQuery
from search.text import sound_of

MatchedField = Literal["name", "people", "collection", "release_year", "number", "initials"]
WordMatchKind = Literal["word", "beginning", "typo", "sound"]
MatchKind = Literal["exact", "beginning", "phrase", "words", "typos", "some_words"]

PREFIX_QUALITY, SOUND_QUALITY, TYPO_QUALITY, EDIT_COST, FIRST_LETTER_FACTOR = 0.8, 0.7, 0.8, 0.15, 0.8
JOINED_QUALITY, JOINED_PREFIX_QUALITY, JOINED_TYPO_QUALITY = 0.95, 0.7, 0.6
PAIR_QUALITY = 0.9
PEOPLE_FACTOR = 0.85
ONLY_PEOPLE_FACTOR = 0.5
"""Factor of the popularity of films whose people alone match: who searches for a name wants the person first."""
YEAR_QUALITY, NEXT_YEAR_QUALITY, NUMBER_QUALITY, COLLECTION_QUALITY, INITIALS_QUALITY = 0.9, 0.6, 0.9, 0.8, 0.8
EXACT_BONUS, BEGINNING_BONUS = 0.45, 0.1
MIN_QUALITY = 0.4
RELATIVE_MIN_QUALITY = 0.65
"""Documents that match less, or less than this share of the best match, are not listed."""
GOOD_QUALITY, GOOD_SCORE = 0.93, 0.6
"""A best hit from here on makes a search with typos unnecessary."""
UNKNOWN_POPULARITY = 0.25
"""What a document without votes is worth, of 1.25."""
MAX_POPULARITY = math.log(15_000)
"""Popularity of the films with most votes, which counts as 1."""
MAX_SCORE = (1 + EXACT_BONUS) * (1 + UNKNOWN_POPULARITY)


class WordMatch(NamedTuple):
    """The best match of a query word in a document."""

    quality: float
    """0 (none) to 1 (a word of the name)."""
    typed: str
    found: str
    field: MatchedField
    kind: WordMatchKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A document with its score and the reasons for it."""

    document: Document
    score: float
    """0 to 1."""
    quality: float
    """The share of the query that matches, 0 to 1."""
    name: str
    """The name that matches best."""
    kind: MatchKind
    words: list[WordMatch]

    @property
    def is_good(self) -> bool:
        """Whether the document matches the whole query and is known, so that nothing better can be expected."""
        return self.quality >= GOOD_QUALITY and self.score >= GOOD_SCORE


def rank(query: SearchQuery, candidates: Mapping[Document, float]) -> list[Hit]:
    """Return the hits of the query among documents with their popularity, best first."""
    hits = [_create_hit(query, document, popularity) for document, popularity in candidates.items()]
    best = max((hit.quality for hit in hits), default=0.0)
    hits = [hit for hit in hits if hit.quality >= max(MIN_QUALITY, RELATIVE_MIN_QUALITY * best)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.document.kind, hit.document.entity_id))


def _create_hit(query: SearchQuery, document: Document, popularity: float) -> Hit:
    matches = [_match_word(query, position, document) for position in range(len(query.words))]
    joined = query.joined
    is_name = joined in document.joined_names
    is_exact = is_name or joined.removesuffix(str(document.release_year)) in document.joined_names
    is_beginning = any(name.startswith(joined) for name in document.joined_names)
    if is_name:
        matches = [max(match, WordMatch(1.0, match.typed, match.typed, "name", "word")) for match in matches]
    total = sum(word.weight for word in query.words)
    quality = sum(word.weight * match.quality for word, match in zip(query.words, matches, strict=True)) / (total or 1)
    if not query.words:
        quality = float(is_exact)
    bonus = EXACT_BONUS if is_exact else BEGINNING_BONUS if is_beginning else 0.0
    if all(match.field in {"people", "release_year"} for match in matches if match.quality):
        popularity *= ONLY_PEOPLE_FACTOR
    score = quality * (quality + bonus) * (UNKNOWN_POPULARITY + min(popularity / MAX_POPULARITY, 1.0)) / MAX_SCORE
    found = [match for match in matches if match.quality]
    kind: MatchKind = "words"
    if is_exact or is_beginning:
        kind = "exact" if is_exact else "beginning"
    elif len(found) < len(matches):
        kind = "some_words"
    elif any(match.kind in {"typo", "sound"} for match in found):
        kind = "typos"
    elif any(joined in name for name in document.joined_names):
        kind = "phrase"
    return Hit(document, score, quality, _best_name(document, found), kind, found)


def _best_name(document: Document, matches: Sequence[WordMatch]) -> str:
    """Return the name with most of the matched words."""
    found = {match.found for match in matches}
    counts = [len(found.intersection(words)) for words in document.name_words]
    return document.names[counts.index(max(counts))]


def _match_word(query: SearchQuery, position: int, document: Document) -> WordMatch:
    """Return the best match of the word at a position; its quality is 0 if there is none."""
    word = query.words[position]
    for words in document.name_words:
        if word.text in words:
            return WordMatch(1.0, word.text, word.text, "name", "word")
    return max(_other_matches(query, position, document), default=WordMatch(0.0, word.text, "", "name", "word"))


def _other_matches(query: SearchQuery, position: int, document: Document) -> Iterator[WordMatch]:
    word = query.words[position]
    text = word.text
    for words in document.name_words:
        yield from _similar_words(word, words, "name", 1.0)
        for pair in query.joined_pairs[max(position - 1, 0) : position + 1]:
            if pair in words or pair in document.joined_names:
                yield WordMatch(PAIR_QUALITY, text, pair, "name", "word")
    yield from _joined_matches(word, document)
    if text in document.people_words:
        yield WordMatch(PEOPLE_FACTOR, text, text, "people", "word")
    else:
        yield from _similar_words(word, document.people_words, "people", PEOPLE_FACTOR)
    if text in document.collection_words:
        yield WordMatch(COLLECTION_QUALITY, text, text, "collection", "word")
    if text in document.initials:
        yield WordMatch(INITIALS_QUALITY, text, text, "initials", "word")
    if text.isdecimal() and int(text) == document.number:
        yield WordMatch(NUMBER_QUALITY, text, text, "number", "word")
    if text.isdecimal() and document.release_year:
        difference = abs(int(text) - document.release_year)
        if difference < 2:
            quality = NEXT_YEAR_QUALITY if difference else YEAR_QUALITY
            yield WordMatch(quality, text, str(document.release_year), "release_year", "word")


def _joined_matches(word: QueryWord, document: Document) -> Iterator[WordMatch]:
    """Yield the names that the word is or begins without their spaces."""
    text = word.text
    for name in document.joined_names:
        if text == name:
            yield WordMatch(JOINED_QUALITY, text, name, "name", "word")
        elif word.is_last and len(text) > MIN_JOINED_LETTERS and name.startswith(text):
            yield WordMatch(JOINED_PREFIX_QUALITY, text, name, "name", "beginning")
        elif _count_edits(text, name, word.max_edits) <= word.max_edits:
            yield WordMatch(JOINED_TYPO_QUALITY, text, name, "name", "typo")


def _similar_words(word: QueryWord, words: Sequence[str], field: MatchedField, factor: float) -> Iterator[WordMatch]:
    """Yield words that begin with the query word, or that resemble it if typos are allowed."""
    text = word.text
    if word.is_last and len(text) >= MIN_PREFIX_LETTERS:
        for other in words:
            if other.startswith(text):
                yield WordMatch(PREFIX_QUALITY * factor, text, other, field, "beginning")
                return
    if not word.max_edits:
        return
    sound = sound_of(text)
    for other in words:
        quality = 0.0
        kind: WordMatchKind = "typo"
        edits = _count_edits(text, other, word.max_edits)
        if edits <= word.max_edits:
            quality = TYPO_QUALITY - EDIT_COST * edits
        if sound and quality < SOUND_QUALITY and sound == sound_of(other):
            quality, kind = SOUND_QUALITY, "sound"
        if quality:
            quality *= factor if other[0] == text[0] else factor * FIRST_LETTER_FACTOR
            yield WordMatch(quality, text, other, field, kind)


def _count_edits(text: str, other: str, limit: int) -> int:
    """Return the edits between two words, or a number above the limit; numbers are not corrected."""
    if abs(len(text) - len(other)) > limit or not limit or other.isdecimal():
        return limit + 1
    return damerau_levenshtein_distance(text, other)
