"""Placeholder posters: the title of a film on a coloured background."""

import textwrap
from dataclasses import dataclass
from unicodedata import east_asian_width

WIDTH, MARGIN = 200, 18
MAX_LINE_LENGTH, MAX_WORD_LENGTH, MAX_LINES = 11, 16, 5
MAX_WIDE_LINE_LENGTH, WIDE_CHARACTER_RATIO = 6, 1.8
"""Chinese, Japanese and Korean characters are as wide as they are high, and lines may break after any of them."""
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
    """Return the poster of a film. The same film always gets the same poster."""
    is_wide = any(east_asian_width(letter) in {"W", "F"} for letter in title)
    longest_word = max((len(word) for word in title.split()), default=0)
    width = MAX_WIDE_LINE_LENGTH if is_wide else max(MAX_LINE_LENGTH, min(longest_word, MAX_WORD_LENGTH))
    lines = textwrap.wrap(title, width, max_lines=MAX_LINES, placeholder="…") or ["?"]
    longest = max(len(line) * (WIDE_CHARACTER_RATIO if is_wide else 1) for line in lines)
    size = min(MAX_FONT_SIZE, (WIDTH - 2 * MARGIN) / (0.58 * longest))
    step = size * LINE_HEIGHT
    placed = tuple((line, round(MARGIN + size + step * index, 1)) for index, line in enumerate(lines))
    return Poster(hue=round(movie_id * GOLDEN_ANGLE % 360), lines=placed, font_size=round(size, 1), year=year)
