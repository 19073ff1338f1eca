"""Placeholder posters: the title of a film on a coloured background."""

import textwrap
from dataclasses import dataclass
from unicodedata import east_asian_width

WIDTH, MARGIN = 200, 18
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
    """A poster as the template draws it, in units of its view box."""

    hue: int
    lines: tuple[tuple[str, float], ...]
    """Lines of the title with their y coordinates."""
    font_size: float
    year: int


def make_poster(movie_id: int, title: str, year: int) -> Poster:
    """Return the poster of a film, always the same one."""
    is_wide = any(east_asian_width(letter) in {"W", "F"} for letter in title)
    longest_word = max((len(word) for word in title.split()), default=0)
    width = MAX_WIDE_LINE_LENGTH if is_wide else max(MAX_LINE_LENGTH, min(longest_word, MAX_WORD_LENGTH))
    lines = textwrap.wrap(title, width, max_lines=MAX_LINES, placeholder="…") or ["?"]
    line_width = max(map(len, lines)) * (WIDE_CHARACTER_WIDTH if is_wide else CHARACTER_WIDTH)
    size = min(MAX_FONT_SIZE, (WIDTH - 2 * MARGIN) / line_width)
    step = size * LINE_HEIGHT
    placed = tuple((line, round(MARGIN + size + step * index, 1)) for index, line in enumerate(lines))
    return Poster(hue=round(movie_id * GOLDEN_ANGLE % 360), lines=placed, font_size=round(size, 1), year=year)
