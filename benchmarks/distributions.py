"""The distributions that `benchmarks.generate` draws from, `benchmarks/distributions.json`.

They were measured on a warehouse of the real data: numbers only, no names or texts.
"""

from pathlib import Path

import msgspec

DISTRIBUTIONS_FILE = Path(__file__).with_name("distributions.json")


class Vocabulary(msgspec.Struct, frozen=True):
    """How many different things there are, and how unevenly they are used."""

    size: int
    growth: float
    """Exponent of the size as a power of the number of films."""
    shares: list[float]
    """Share of all uses that the most used 1, 2, 4, 8… things have; the last is 1."""


class Distributions(msgspec.Struct, frozen=True):
    """The distributions of a warehouse; quantiles are 41, from the minimum to the maximum."""

    films: int
    users: int
    vocabularies: dict[str, Vocabulary]
    lengths: dict[str, list[float]]
    """Quantiles of the entries per list and of the words per text, by name."""
    numbers: dict[str, list[float]]
    """Quantiles by column."""
    known: dict[str, float]
    """Share of films with a value, by column or list."""
    rejected: dict[str, float]
    """Rejected rows per film, by source and reason."""
    placeholder_dates: float
    """Share of films dated 1 January."""


def load_distributions() -> Distributions:
    """Return the distributions of the real data."""
    return msgspec.json.decode(DISTRIBUTIONS_FILE.read_bytes(), type=Distributions)
