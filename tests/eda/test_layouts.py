"""Layouts of words, labels and graphs."""

from itertools import combinations

import numpy as np

from eda.charts.layouts import layout_graph, layout_labels, layout_words, overlaps, text_width

WIDTH, HEIGHT = 680.0, 360.0


def test_words_do_not_overlap_or_leave_the_area() -> None:
    placed = layout_words([(f"word{'m' * (number % 7)}", 1000 / (number + 1)) for number in range(60)], WIDTH, HEIGHT)
    boxes = [
        (x - text_width(word, size) / 2, y - size / 2, x + text_width(word, size) / 2, y + size / 2)
        for word, x, y, size in placed
    ]
    assert len(boxes) > 30
    assert placed[0][1:3] == (WIDTH / 2, HEIGHT / 2)
    assert not any(overlaps(*pair) for pair in combinations(boxes, 2))
    assert np.min(boxes) >= 0
    assert (np.max(boxes, axis=0)[2:] <= (WIDTH, HEIGHT)).all()


def test_linked_nodes_are_closer_than_others() -> None:
    edges = [(0, 1), (2, 3), (4, 5), (5, 6)]
    placed = layout_graph(7, edges)
    assert (placed.shape, placed.min(), placed.max()) == ((7, 2), 0, 1)
    distances = {pair: np.linalg.norm(placed[pair[0]] - placed[pair[1]]) for pair in combinations(range(7), 2)}
    linked = np.mean([distances.pop(edge) for edge in edges])
    assert linked < np.mean(list(distances.values())) / 1.5
    assert np.array_equal(placed, layout_graph(7, edges))


def test_labels_do_not_overlap_labels_or_points() -> None:
    points = [(100.0, 100.0), (130.0, 100.0), (115.0, 130.0)]
    names = ["Kenneth Williams", "Sid James", "Charles Hawtrey"]
    placed = layout_labels(points, [(0, 1), (1, 2)], names, 11)
    assert placed == layout_labels(points, [(0, 1), (1, 2)], names, 11)
    half_widths = [text_width(name, 11) * 0.46 for name in names]
    boxes = [(x - half, y - 6, x + half, y + 6) for (x, y), half in zip(placed, half_widths, strict=True)]
    assert not any(overlaps(*pair) for pair in combinations(boxes, 2))
    assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points for box in boxes)
