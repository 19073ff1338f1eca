"""The interface of a benchmark part."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.results import Table
from warehouse.settings import Settings


class Plan(NamedTuple):
    """What to measure and for how long."""

    settings: Settings
    raw_folder: Path | None
    """Folder of the raw files; None for the folder that a build would choose."""
    turn_seconds: float
    """Length of one load; parts with many loads use a multiple or a fraction of it."""
    rounds: int
    """How often the systems that are compared take turns."""
    films: Sequence[int]
    """Sizes of the data sets that the part `build` generates and builds."""


class Part(NamedTuple):
    """A named group of measurements."""

    name: str
    title: str
    measure: Callable[[Plan], list[Table]]
    is_quick: bool = False
    """Whether `make bench-check` measures it."""
