"""Where the marks of the pages' small charts stand. The templates draw them; there is no script in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a chart."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Points over years, on a logarithmic scale, in a field with room for ticks below and on the left."""

    width: ClassVar[int] = 640
    height: ClassVar[int] = 220
    left: ClassVar[int] = 84
    right: ClassVar[int] = 628
    top: ClassVar[int] = 12
    bottom: ClassVar[int] = 196

    marks: tuple[Mark, ...]
    years: tuple[tuple[int, float], ...]
    """Ticks below: the year and where it stands."""
    values: tuple[tuple[float, float], ...]
    """Ticks on the left: the value and where it stands."""


def over_years(points: Sequence[tuple[int, float, str]]) -> Chart | None:
    """Points of (year, value above 0, label) as marks; None if there are fewer than two."""
    if len(points) < 2:
        return None
    first, last = min(year for year, *_ in points), max(year for year, *_ in points)
    lowest = math.floor(math.log10(min(value for _, value, _ in points)))
    highest = max(math.ceil(math.log10(max(value for _, value, _ in points))), lowest + 1)

    def across(year: float) -> float:
        return round(Chart.left + (year - first) / max(last - first, 1) * (Chart.right - Chart.left), 1)

    def up(value: float) -> float:
        share = (math.log10(value) - lowest) / (highest - lowest)
        return round(Chart.bottom - share * (Chart.bottom - Chart.top), 1)

    step = max(1, math.ceil((last - first) / 6 / 5) * 5)
    years = range(math.ceil(first / step) * step, last + 1, step)
    decades = [10.0**exponent for exponent in range(lowest, highest + 1)]
    return Chart(
        marks=tuple(Mark(across(year), up(value), label) for year, value, label in points),
        years=tuple((year, across(year)) for year in years),
        values=tuple((value, up(value)) for value in decades),
    )
