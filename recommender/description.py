"""A description of the films to find: its concepts, and how well every film matches them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from recommender.structures import Floats, Integers

MISSING, MISSING_VAGUE = 0.2, 0.5
"""Factor of the match of a film for each concept that it lacks, and for one that no film matches well."""
MIN_CLEAR = 0.8
"""Strength of the best film from which a concept is not vague."""
MIN_EXCLUDED = 0.6
"""Strength from which a film that matches an excluded concept is not recommended."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to match a concept: the films with a term, of a country, of some years."""

    field: str
    key: str
    name: str
    rows: Integers
    """The films that match, each once."""
    strengths: Floats | float
    """How well each of them matches, 0 to 1."""

    @property
    def max_strength(self) -> float:
        """How well the best of the films match."""
        return self.strengths if isinstance(self.strengths, float) else float(self.strengths.max(initial=0))


class LikedTitle(NamedTuple):
    """A film that a description names as an example."""

    words: str
    movie_id: int


class Concept:
    """A word or phrase of a description, with its meanings."""

    def __init__(self, words: str, meanings: Sequence[Meaning], film_count: int, *, is_excluded: bool = False) -> None:
        """Match all films. Each additional meaning that a film matches halves what it lacks, or more."""
        self.words, self.is_excluded = words, is_excluded
        self.meanings = sorted(meanings, key=lambda meaning: -meaning.max_strength)
        lacking = np.ones(film_count, dtype=np.float32)
        self._best = np.full(film_count, -1, dtype=np.int16)
        for position, meaning in reversed([*enumerate(self.meanings)]):
            lacking[meaning.rows] *= 1 - meaning.strengths
            self._best[meaning.rows] = position
        self.strengths: Floats = 1 - lacking
        """How well each film matches, 0 to 1, shape (films,)."""

    def best_meaning(self, row: int) -> Meaning | None:
        """Return the strongest meaning that a film matches."""
        position = int(self._best[row])
        return self.meanings[position] if position >= 0 else None


class Description:
    """A taste in words."""

    def __init__(
        self,
        concepts: Sequence[Concept],
        liked: Sequence[LikedTitle] = (),
        unknown_words: Sequence[str] = (),
        fame: Floats | float = 1.0,
    ) -> None:
        """Keep what was understood of a text, the words without a meaning, and how well known each film is."""
        self.concepts, self.liked, self.unknown_words, self.fame = concepts, liked, unknown_words, fame
        self.included = [concept for concept in concepts if not concept.is_excluded]
        self.has_years = any(meaning.field == "year" for concept in self.included for meaning in concept.meanings)

    def matches(self) -> Floats | float:
        """Return how well each film matches all included concepts, 0 to 1, shape (films,); 1 if there are none."""
        if not self.included:
            return 1.0
        strengths = np.array([concept.strengths for concept in self.included])
        is_clear = strengths.max(axis=1, keepdims=True) >= MIN_CLEAR
        missing = np.where(is_clear, np.float32(MISSING), np.float32(MISSING_VAGUE))
        least = missing.prod()
        matches: Floats = (np.prod(missing + (1 - missing) * strengths, axis=0) - least) / (1 - least)
        return np.where(strengths.any(axis=0), matches, 0)

    def is_excluded(self, film_count: int) -> npt.NDArray[np.bool_]:
        """Return which films match an excluded concept, shape (films,)."""
        excluded = np.zeros(film_count, dtype=bool)
        for concept in self.concepts:
            if concept.is_excluded:
                excluded |= concept.strengths >= MIN_EXCLUDED
        return excluded

    def shares(self, row: int) -> list[tuple[Meaning, float]]:
        """Return the strongest meaning of each included concept that a film matches, and its share of the match."""
        found = [(concept.best_meaning(row), float(concept.strengths[row])) for concept in self.included]
        total = sum(strength for _, strength in found)
        return [(meaning, strength / total) for meaning, strength in found if meaning and strength]
