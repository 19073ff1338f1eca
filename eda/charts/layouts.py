"""Layouts of words and people, computed once so that page, PNG and SVG show the same."""

from itertools import count
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

NARROW, WIDE = set("fijlrtí'"), set("mwMW")
SMALLEST_WORD, LARGEST_WORD = 13.0, 64.0
"""Font sizes in pixels."""
ROUNDS = 400
DOT = 4.5
"""Radius of a point, in pixels."""
STEPS_OF_A_LINE = 12
ROUNDS_OF_LABELS = 8
COST_OF_A_LABEL, COST_OF_A_DOT, COST_OF_A_STEP = 100, 20, 1
"""Cost of covering another label, a point, and each twelfth of a line."""

Box = tuple[float, float, float, float]


def text_width(text: str, font_size: float) -> float:
    """Estimate the width of bold sans-serif text in pixels, by letter classes; rather too wide than too narrow."""
    widths = (0.42 if letter in NARROW else 1.06 if letter in WIDE else 0.71 for letter in text)
    return font_size * sum(widths)


def layout_words(
    weights: list[tuple[str, float]], width: float, height: float
) -> list[tuple[str, float, float, float]]:
    """Return (word, center x, center y, font size) of the words that fit.

    Each word takes the first free place on an Archimedean spiral around the center. Its area grows with its weight.
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
            if is_inside and not any(overlaps(box, other) for other in taken):
                taken.append(box)
                placed.append((word, round(x, 1), round(y, 1), round(size, 1)))
                break
    return placed


def overlaps(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def layout_graph(node_count: int, edges: list[tuple[int, int]]) -> NDArray[np.float64]:
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
    placed: NDArray[np.float64] = (positions - low) / np.maximum(high - low, 1e-9)
    return placed


def layout_labels(
    points: list[tuple[float, float]], edges: list[tuple[int, int]], labels: list[str], font_size: float
) -> list[tuple[float, float]]:
    """Return the center of each label: above, below or beside its point, where it covers least.

    Each label in turn moves to its best position among the others, until none moves.
    """
    half_sizes = [(text_width(label, font_size) * 0.46, font_size * 0.6) for label in labels]
    dots = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points]
    steps = [(step + 0.5) / STEPS_OF_A_LINE for step in range(STEPS_OF_A_LINE)]
    on_lines = [
        tuple(points[one][axis] + part * (points[other][axis] - points[one][axis]) for axis in (0, 1))
        for one, other in edges
        for part in steps
    ]
    choices = [label_boxes(point, *half_size) for point, half_size in zip(points, half_sizes, strict=True)]
    fixed = [
        [
            sum(overlaps(box, dot) for dot in dots) * COST_OF_A_DOT
            + sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in on_lines) * COST_OF_A_STEP
            for box in boxes
        ]
        for boxes in choices
    ]
    chosen = [0] * len(points)
    for _ in range(ROUNDS_OF_LABELS):
        before = list(chosen)
        for label, boxes in enumerate(choices):
            others = [choices[other][place] for other, place in enumerate(chosen) if other != label]
            costs = [
                cost + sum(overlaps(box, other) for other in others) * COST_OF_A_LABEL
                for box, cost in zip(boxes, fixed[label], strict=True)
            ]
            chosen[label] = costs.index(min(costs))
        if chosen == before:
            break
    middles = (choices[label][place] for label, place in enumerate(chosen))
    return [(round((box[0] + box[2]) / 2, 1), round((box[1] + box[3]) / 2, 1)) for box in middles]


def label_boxes(point: tuple[float, float], half_width: float, half_height: float) -> list[Box]:
    """Return the possible boxes of a label: above, below, right, left, and shifted above or below."""
    x, y = point
    temporary, over, slanted = half_width + DOT + 3, half_height + DOT + 1, half_width * 0.7
    middles = [(x, y - over), (x, y + over), (x + temporary, y), (x - temporary, y)]
    middles += [(x + side * slanted, y + down * over) for side in (1, -1) for down in (-1, 1)]
    return [(mx - half_width, my - half_height, mx + half_width, my + half_height) for mx, my in middles]
