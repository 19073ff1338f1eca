"""The meanings of words that are not names in the data: `lexicon.toml`, with folded phrases."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recommender.vocabulary import fold

LEXICON_FILE = Path(__file__).with_name("lexicon.toml")
_WORD = re.compile(r"[^\W_]+")
_DECADE = re.compile(r"(\d0)['’]s\b")
_APOSTROPHE = re.compile(r"['’](s\b)?")
Years = tuple[int, int]
"""First and last year."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon by folded phrase."""

    fillers: frozenset[str]
    rewrites: Mapping[str, tuple[str, ...]]
    """Other words for the phrase."""
    countries: Mapping[str, tuple[str, ...]]
    """Codes of countries (upper case) and of original languages (lower case)."""
    years: Mapping[str, Years]
    places: Mapping[str, tuple[str, ...]]
    """Like `countries`, of places."""
    terms: Mapping[str, tuple[tuple[str, str, bool], ...]]
    """Fields and names of terms, and whether they only hint at the phrase."""

    def knows(self, phrase: str) -> bool:
        """Return whether the phrase has a meaning."""
        return any(phrase in part for part in (self.rewrites, self.countries, self.years, self.terms))


def to_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, without the s of a genitive; a decade such as the ’80s keeps it."""
    folded = fold(text)
    if "'" in folded or "’" in folded:
        folded = _APOSTROPHE.sub("", _DECADE.sub(r"\1s", folded))
    return tuple(_WORD.findall(folded))


def to_phrase(text: str) -> str:
    """Return the folded words of a text, joined by spaces."""
    return " ".join(to_words(text))


@cache
def load_lexicon() -> Lexicon:
    """Read the lexicon."""
    data = tomllib.loads(LEXICON_FILE.read_text("utf-8"))
    terms: dict[str, tuple[tuple[str, str, bool], ...]] = {}
    for genre, phrases in data["genres"].items():
        terms |= dict.fromkeys(_split(phrases), (("genre", genre, False),))
    for phrase, meanings in _by_phrase(data["terms"]):
        found = [
            (field, name.removesuffix("?"), name.endswith("?")) for field, name in (one.split(":") for one in meanings)
        ]
        terms[phrase] = (*terms.get(phrase, ()), *found)
    return Lexicon(
        fillers=frozenset(to_words(data["fillers"])),
        rewrites={phrase: to_words(words) for phrase, words in _by_phrase(data["rewrites"])},
        countries={phrase: tuple(codes.split()) for phrase, codes in _by_phrase(data["countries"])},
        places={phrase: tuple(codes.split()) for phrase, codes in _by_phrase(data["places"])},
        years={phrase: (first, last) for phrase, (first, last) in _by_phrase(data["years"])},
        terms=terms,
    )


def _by_phrase(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((phrase, value) for phrases, value in table.items() for phrase in _split(phrases))


def _split(phrases: str) -> list[str]:
    return [to_phrase(phrase) for phrase in phrases.split(",")]
