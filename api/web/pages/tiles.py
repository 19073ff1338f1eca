"""A film's tile: its title set on a ground of its own, where others would show a poster."""

import textwrap
from dataclasses import dataclass
from unicodedata import east_asian_width

WIDTH, HEIGHT, MARGIN = 200, 300, 18
LONGEST_LINE, LONGEST_WORD, MOST_LINES = 11, 16, 5
LONGEST_WIDE_LINE, WIDE = 6, 1.8
"""Chinese, Japanese and Korean letters are as wide as high, and lines may end at any of them."""
LARGEST_TYPE, LINE_HEIGHT = 30, 1.15
GOLDEN_ANGLE = 137.508
"""Degrees by which the hues of films with neighbouring ids differ: no two of them look alike."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What the template draws, in units of its view box."""

    hue: int
    lines: tuple[tuple[str, float], ...]
    """Each line of the title, and where it stands."""
    type_size: float
    year: int


def tile(movie_id: int, title: str, year: int) -> Tile:
    """The tile of a film; the same one each time."""
    is_wide = any(east_asian_width(letter) in {"W", "F"} for letter in title)
    longest_word = max((len(word) for word in title.split()), default=0)
    width = LONGEST_WIDE_LINE if is_wide else max(LONGEST_LINE, min(longest_word, LONGEST_WORD))
    lines = textwrap.wrap(title, width, max_lines=MOST_LINES, placeholder="…") or ["?"]
    longest = max(len(line) * (WIDE if is_wide else 1) for line in lines)
    size = min(LARGEST_TYPE, (WIDTH - 2 * MARGIN) / (0.58 * longest))
    step = size * LINE_HEIGHT
    placed = tuple((line, round(MARGIN + size + step * place, 1)) for place, line in enumerate(lines))
    return Tile(hue=round(movie_id * GOLDEN_ANGLE % 360), lines=placed, type_size=round(size, 1), year=year)
