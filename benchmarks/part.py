"""What a part of the benchmarks is: a name, and a function that measures and says nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import Table
from warehouse.screen import Screen
from warehouse.settings import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to measure, and on what."""

    settings: Settings
    raw_folder: Path | None
    """Where the raw files are; None leaves the choice to the build's rule."""
    seconds: float
    """Length of a turn; a part that needs others takes a multiple of it."""
    rounds: int
    """How often those that are compared take turns."""
    films: Sequence[int]
    """Sizes that are generated and built by the part that grows."""
    screen: Screen
    """For the progress: everything else goes into the tables."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part."""

    name: str
    title: str
    measure: Callable[[Plan], list[Table]]
    is_quick: bool = False
    """Whether it is among those that `make bench-check` measures again."""
