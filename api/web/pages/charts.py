"""Coordinates of the pages' charts, which the templates draw as SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Point:
    """A data point of a chart."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A scatter plot over years with a logarithmic y axis."""

    width: ClassVar[int] = 640
    height: ClassVar[int] = 220
    left: ClassVar[int] = 84
    right: ClassVar[int] = 608
    top: ClassVar[int] = 12
    bottom: ClassVar[int] = 196

    points: tuple[Point, ...]
    x_ticks: tuple[tuple[int, float], ...]
    """Years and their x coordinates."""
    y_ticks: tuple[tuple[float, float], ...]
    """Values and their y coordinates."""


def plot_over_years(data: Sequence[tuple[int, float, str]]) -> Chart | None:
    """Return a chart of (year, positive value, label); None for fewer than two points."""
    if len(data) < 2:
        return None
    first, last = min(year for year, *_ in data), max(year for year, *_ in data)
    lowest = math.floor(math.log10(min(value for _, value, _ in data)))
    highest = max(math.ceil(math.log10(max(value for _, value, _ in data))), lowest + 1)

    def scale_x(year: float) -> float:
        return round(Chart.left + (year - first) / max(last - first, 1) * (Chart.right - Chart.left), 1)

    def scale_y(value: float) -> float:
        share = (math.log10(value) - lowest) / (highest - lowest)
        return round(Chart.bottom - share * (Chart.bottom - Chart.top), 1)

    step = max(1, math.ceil((last - first) / 6 / 5) * 5)
    years = range(math.ceil(first / step) * step, last + 1, step)
    powers_of_ten = [10.0**exponent for exponent in range(lowest, highest + 1)]
    return Chart(
        points=tuple(Point(scale_x(year), scale_y(value), label) for year, value, label in data),
        x_ticks=tuple((year, scale_x(year)) for year in years),
        y_ticks=tuple((value, scale_y(value)) for value in powers_of_ten),
    )
