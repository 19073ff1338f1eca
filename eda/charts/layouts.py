"""Where words and people stand in a drawing: computed once, so that the page, the PNG and the SVG show the same."""

from itertools import count
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

NARROW, WIDE = set("fijlrtí'"), set("mwMW")
SMALLEST_WORD, LARGEST_WORD = 13.0, 64.0
"""Font sizes, pixels."""
ROUNDS = 400

Box = tuple[float, float, float, float]


def text_width(text: str, font_size: float) -> float:
    """About how wide a bold sans serif writes it, pixels: by classes of letters, rather too wide than too narrow."""
    widths = (0.42 if letter in NARROW else 1.06 if letter in WIDE else 0.71 for letter in text)
    return font_size * sum(widths)


def place_words(weights: list[tuple[str, float]], width: float, height: float) -> list[tuple[str, float, float, float]]:
    """Returns (word, x of its middle, y of its middle, font size) of the words that find room, in the order given.

    Each word goes to the first free place on an Archimedean spiral around the middle; its area grows with its weight.
    """
    most = max(weight for _, weight in weights)
    least = min(weight for _, weight in weights)
    taken: list[Box] = []
    placed = []
    for word, weight in weights:
        part = sqrt((weight - least) / (most - least)) if most > least else 0.5
        size = SMALLEST_WORD + (LARGEST_WORD - SMALLEST_WORD) * part
        half_width, half_height = text_width(word, size) / 2 + 3, size * 0.56
        for step in count():
            angle = 0.35 * sqrt(step) * pi
            x = width / 2 + angle * 3.2 * cos(angle) * width / height
            y = height / 2 + angle * 3.2 * sin(angle)
            if angle * 3.2 > height:
                break
            box = (x - half_width, y - half_height, x + half_width, y + half_height)
            is_inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if is_inside and not any(overlap(box, other) for other in taken):
                taken.append(box)
                placed.append((word, x, y, size))
                break
    return placed


def overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def place_nodes(node_count: int, edges: list[tuple[int, int]]) -> NDArray[np.float64]:
    """Returns positions, shape (node_count, 2), in the unit square: linked nodes near each other, all others apart.

    Fruchterman and Reingold (1991), with a pull to the middle that keeps loose parts in sight. Begins on a spiral, so
    that the same edges always give the same drawing.
    """
    turns = np.arange(node_count) * pi * (3 - sqrt(5))
    radii = np.sqrt((np.arange(node_count) + 0.5) / node_count)
    positions = np.column_stack([radii * np.cos(turns), radii * np.sin(turns)])
    ideal = 1.6 / sqrt(node_count)
    ends = np.array(edges)
    for heat in np.linspace(0.12, 0.002, ROUNDS):
        apart = positions[:, None, :] - positions[None, :, :]
        distances = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)
        moves = (apart * (ideal**2 / distances**2)[:, :, None]).sum(axis=1) - 0.5 * positions
        pull = positions[ends[:, 0]] - positions[ends[:, 1]]
        pull = pull * np.linalg.norm(pull, axis=1)[:, None] / ideal * 0.3
        np.add.at(moves, ends[:, 0], -pull)
        np.add.at(moves, ends[:, 1], pull)
        lengths = np.maximum(np.linalg.norm(moves, axis=1), 1e-9)
        positions = positions + moves * (np.minimum(lengths, heat) / lengths)[:, None]
    low, high = positions.min(axis=0), positions.max(axis=0)
    placed: NDArray[np.float64] = (positions - low) / np.maximum(high - low, 1e-9)
    return placed
