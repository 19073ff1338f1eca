"""Placeholder posters and charts, which the templates draw as SVG."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from unicodedata import east_asian_width

POSTER_WIDTH, MARGIN = 200, 18
MAX_LINE_LENGTH, MAX_WORD_LENGTH, MAX_LINES = 11, 16, 5
MAX_WIDE_LINE_LENGTH = 6
"""Lines of Chinese, Japanese and Korean characters are shorter, and may break after any of them."""
CHARACTER_WIDTH, WIDE_CHARACTER_WIDTH = 0.65, 1.05
"""Mean width of a bold character and of a Chinese, Japanese or Korean one, in units of the font size."""
MAX_FONT_SIZE, LINE_HEIGHT = 30, 1.15
GOLDEN_ANGLE = 137.508
"""Degrees between the hues of films with consecutive ids, so that they look different."""


@dataclass(frozen=True, slots=True)
class Poster:
    """The title of a film on a coloured background, in units of the view box."""

    hue: int
    lines: tuple[tuple[str, float], ...]
    """Lines of the title with their y coordinates."""
    font_size: float
    is_shortened: bool
    """Whether the title is too long for the poster and ends with an ellipsis."""


def make_poster(movie_id: int, title: str) -> Poster:
    """Return the poster of a film, always the same one."""
    is_wide = any(east_asian_width(letter) in {"W", "F"} for letter in title)
    longest_word = max((len(word) for word in title.split()), default=0)
    width = MAX_WIDE_LINE_LENGTH if is_wide else max(MAX_LINE_LENGTH, min(longest_word, MAX_WORD_LENGTH))
    lines = textwrap.wrap(title, width, max_lines=MAX_LINES, placeholder="…") or ["?"]
    line_width = max(map(len, lines)) * (WIDE_CHARACTER_WIDTH if is_wide else CHARACTER_WIDTH)
    size = min(MAX_FONT_SIZE, (POSTER_WIDTH - 2 * MARGIN) / line_width)
    placed = tuple((line, round(MARGIN + size + size * LINE_HEIGHT * index, 1)) for index, line in enumerate(lines))
    return Poster(
        hue=round(movie_id * GOLDEN_ANGLE % 360),
        lines=placed,
        font_size=round(size, 1),
        is_shortened=lines[-1].endswith("…"),
    )


@dataclass(frozen=True, slots=True)
class Chart:
    """A scatter plot over years with a logarithmic y axis."""

    width: ClassVar[int] = 640
    height: ClassVar[int] = 220
    left: ClassVar[int] = 84
    right: ClassVar[int] = 608
    top: ClassVar[int] = 12
    bottom: ClassVar[int] = 196

    points: list[tuple[float, float, str]]
    """The x and y coordinates and the label of each data point."""
    x_ticks: list[tuple[int, float]]
    """Years and their x coordinates."""
    y_ticks: list[tuple[float, float]]
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
        points=[(scale_x(year), scale_y(value), label) for year, value, label in data],
        x_ticks=[(year, scale_x(year)) for year in years],
        y_ticks=[(value, scale_y(value)) for value in powers_of_ten],
    )
