"""Layouts of words and people, computed once so that page, PNG and SVG show the same."""

from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Points have shape (points, 2), with x and y; boxes have shape (boxes, 2, 2), with their least and greatest corner."""

NARROW, WIDE = set("fijlrtí'"), set("mwMW")
SMALLEST_WORD, LARGEST_WORD = 13.0, 64.0
"""Font sizes in pixels."""
TURN, GROWTH = 0.35 * pi, 3.2
"""Angle of the first step of the spiral of words, and pixels by which its radius grows per radian."""
ROUNDS = 400
DOT = 4.5
"""Radius of a point, in pixels."""
PLACES = np.array([(0, -1), (0, 1), (1, 0), (-1, 0), (0.7, -1), (0.7, 1), (-0.7, -1), (-0.7, 1)])
"""Centers of a label relative to its point, in half sizes of the label: above, below, beside, and shifted."""
GAPS = np.where(np.abs(PLACES) == 1, PLACES, 0) * (DOT + 3, DOT + 1)
PARTS_OF_A_LINE = (np.arange(12) + 0.5) / 12
ROUNDS_OF_LABELS = 8
COST_OF_A_LABEL, COST_OF_A_DOT, COST_OF_A_PART = 100, 20, 1
"""Cost of covering another label, a point, and each twelfth of a line."""


def text_width(text: str, font_size: float) -> float:
    """Estimate the width of bold sans-serif text in pixels, by letter classes; rather too wide than too narrow."""
    widths = (0.42 if letter in NARROW else 1.06 if letter in WIDE else 0.71 for letter in text)
    return font_size * sum(widths)


def count_overlaps(boxes: Floats, others: Floats) -> NDArray[np.int64]:
    """Return how many of the other boxes each box overlaps, shape (boxes,)."""
    overlaps = (boxes[:, None, 0] < others[:, 1]) & (others[:, 0] < boxes[:, None, 1])
    counts: NDArray[np.int64] = overlaps.all(axis=2).sum(axis=1)
    return counts


def layout_words(
    weights: list[tuple[str, float]], width: float, height: float
) -> list[tuple[str, float, float, float]]:
    """Return (word, center x, center y, font size) of the words that fit.

    Each word takes the first free place on an Archimedean spiral around the center. Its area grows with its weight.
    """
    most = max(weight for _, weight in weights)
    least = min(weight for _, weight in weights)
    angles = TURN * np.sqrt(np.arange((height / GROWTH / TURN) ** 2))
    spiral = angles[:, None] * GROWTH * np.column_stack([np.cos(angles) * width / height, np.sin(angles)])
    places = np.array([width / 2, height / 2]) + spiral
    taken: list[Floats] = []
    placed = []
    for word, weight in weights:
        part = sqrt((weight - least) / (most - least)) if most > least else 0.5
        size = SMALLEST_WORD + (LARGEST_WORD - SMALLEST_WORD) * part
        half = np.array([text_width(word, size) / 2 + 3, size * 0.56])
        boxes = np.stack([places - half, places + half], axis=1)
        is_free = np.asarray((boxes[:, 0] >= 0).all(axis=1) & (boxes[:, 1] <= (width, height)).all(axis=1))
        for other in taken:
            is_free[is_free] = count_overlaps(boxes[is_free], other[None]) == 0
        if is_free.any():
            first = int(is_free.argmax())
            taken.append(boxes[first])
            placed.append((word, *places[first].round(1).tolist(), round(size, 1)))
    return placed


def layout_graph(node_count: int, edges: list[tuple[int, int]]) -> Floats:
    """Return positions in the unit square, shape (node_count, 2), with linked nodes close to each other.

    The force-directed layout of Fruchterman and Reingold (1991), with a pull to the center that keeps components in
    view. It starts on a spiral, so the same edges give the same layout.
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
    placed: Floats = (positions - low) / np.maximum(high - low, 1e-9)
    return placed


def layout_labels(points: Floats, edges: list[tuple[int, int]], labels: list[str], font_size: float) -> Floats:
    """Return the centers of the labels: each above, below or beside its point, where it covers least.

    Each label in turn moves to its best place among the others, until none moves.
    """
    half_sizes = np.array([(text_width(label, font_size) * 0.46, font_size * 0.6) for label in labels])[:, None]
    centers = points[:, None] + half_sizes * PLACES + GAPS
    boxes = np.stack([centers - half_sizes, centers + half_sizes], axis=2)
    dots = np.stack([points - DOT, points + DOT], axis=1)
    starts, ends = points[np.array(edges)].swapaxes(0, 1)
    parts = (starts[:, None] + PARTS_OF_A_LINE[:, None] * (ends - starts)[:, None]).reshape(-1, 1, 2).repeat(2, axis=1)
    fixed = [count_overlaps(own, dots) * COST_OF_A_DOT + count_overlaps(own, parts) * COST_OF_A_PART for own in boxes]
    everyone, chosen = np.arange(len(labels)), np.zeros(len(labels), dtype=int)
    for _ in range(ROUNDS_OF_LABELS):
        before = chosen.copy()
        for label, own in enumerate(boxes):
            others = np.delete(boxes[everyone, chosen], label, axis=0)
            chosen[label] = np.argmin(fixed[label] + count_overlaps(own, others) * COST_OF_A_LABEL)
        if (chosen == before).all():
            break
    best: Floats = centers[everyone, chosen].round(1)
    return best
