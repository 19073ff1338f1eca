"""Draws values from measured distributions, and decides which films get a defect."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from benchmarks.distributions import Distributions

RANKS_PER_BLOCK = 4_096
OTHER_DEFECTS = {"movies.invalid_release_date": 1 / 20_000, "escaped": 1 / 1_300, "unreadable": 1 / 10_000}
"""Share of the films with each defect that `Distributions.rejected` does not list."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Defects:
    """The films with each kind of defect, by number; a film has one defect at most."""

    films: dict[str, frozenset[int]]

    @classmethod
    def distribute(cls, distributions: Distributions, count: int) -> "Defects":
        """Choose films for every kind of defect at its rate, at least one film each."""
        rates = distributions.rejected | OTHER_DEFECTS
        # These rejections follow from others.
        rates["movies.missing_release_date"] -= rates["movies.malformed_row"]
        rates["links.unknown_movie"] -= rates["credits.unknown_movie"]
        for kind in ("credits.unknown_movie", "keywords.unknown_movie", "ratings.unknown_movie"):
            del rates[kind]
        shuffled = iter(np.argsort(np.random.Generator(np.random.PCG64(0)).random(count)).tolist())
        return cls(
            {kind: frozenset(islice(shuffled, max(1, round(rate * count)))) for kind, rate in sorted(rates.items())}
        )

    def has(self, kind: str, film: int) -> bool:
        """Return whether a film has a defect of this kind."""
        return film in self.films[kind]


class Sampler:
    """Draws from distributions; uses only uniform random numbers, whose sequence is stable across NumPy versions."""

    def __init__(self, distributions: Distributions, films: int, seed: Sequence[int]) -> None:
        self.distributions, self._factor = distributions, films / distributions.films
        self._random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(list(seed))))

    def uniform(self, count: int) -> Floats:
        """Draw numbers from 0 to 1."""
        return self._random.random(count)

    def draw_known(self, name: str, count: int) -> npt.NDArray[np.bool_]:
        """Draw whether a value is known."""
        return self.uniform(count) < self.distributions.known.get(name, 1)

    def draw_numbers(self, name: str, count: int) -> list[float]:
        """Draw numbers of a column, 0 for unknown ones."""
        numbers = self._draw_quantiles(self.distributions.numbers[name], count)
        known: list[float] = np.where(self.draw_known(name, count), numbers, 0).tolist()
        return known

    def draw_lengths(self, name: str, count: int, factor: float = 1.0) -> list[int]:
        """Draw lengths of lists or texts, 0 for unknown ones."""
        lengths = np.maximum(np.rint(self._draw_quantiles(self.distributions.lengths[name], count) * factor), 1)
        known: list[int] = np.where(self.draw_known(name, count), lengths, 0).astype(int).tolist()
        return known

    def _draw_quantiles(self, quantiles: Sequence[float], count: int) -> Floats:
        return np.interp(self.uniform(count), np.linspace(0, 1, len(quantiles)), quantiles)

    def draw_ranks(self, name: str) -> Iterator[int]:
        """Draw things from a vocabulary endlessly, as ranks by frequency from 0.

        Between the measured ranks, the share of all uses grows with the logarithm of the rank. That scale is stretched
        to the size that the vocabulary has with so many films: the most used thing keeps its share, and the tail grows.
        """
        vocabulary = self.distributions.vocabularies[name]
        ranks = np.minimum(2.0 ** np.arange(len(vocabulary.shares)), vocabulary.size)
        logs = np.log1p(np.concatenate([[0.0], ranks]))
        size = max(1.0, vocabulary.size * self._factor**vocabulary.growth)
        stretch = math.log1p(size) / math.log1p(vocabulary.size) if size > ranks[-1] else 1.0
        while True:
            drawn = np.interp(self.uniform(RANKS_PER_BLOCK), [0.0, *vocabulary.shares], logs)
            yield from np.expm1(drawn * stretch).astype(int).tolist()


def draw_distinct(ranks: Iterator[int], count: int) -> list[int]:
    """Draw up to `count` different ranks; fewer if a few of them are drawn again and again."""
    found: dict[int, None] = {}
    for rank in islice(ranks, 4 * count):
        if len(found) == count:
            break
        found[rank] = None
    return list(found)
