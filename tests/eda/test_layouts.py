from itertools import combinations

import numpy as np
import numpy.typing as npt

from eda.charts.layouts import Floats, count_overlaps, layout_graph, layout_labels, layout_words, text_width

WIDTH, HEIGHT = 680.0, 360.0


def to_boxes(centers: npt.ArrayLike, half_sizes: npt.ArrayLike) -> Floats:
    centers, half_sizes = np.asarray(centers), np.asarray(half_sizes)
    return np.stack([centers - half_sizes, centers + half_sizes], axis=1)


def test_words_do_not_overlap_or_leave_the_area() -> None:
    placed = layout_words([(f"word{'m' * (number % 7)}", 1000 / (number + 1)) for number in range(60)], WIDTH, HEIGHT)
    halves = [(text_width(word, size) / 2, size / 2) for word, _, _, size in placed]
    boxes = to_boxes([(x, y) for _, x, y, _ in placed], halves)
    assert len(boxes) > 30
    assert placed[0][1:3] == (WIDTH / 2, HEIGHT / 2)
    assert (count_overlaps(boxes, boxes) == 1).all(), "each overlaps itself alone"
    assert boxes.min() >= 0
    assert (boxes.max(axis=(0, 1)) <= (WIDTH, HEIGHT)).all()


def test_linked_nodes_are_closer_than_others() -> None:
    edges = [(0, 1), (2, 3), (4, 5), (5, 6)]
    placed = layout_graph(7, edges)
    assert (placed.shape, placed.min(), placed.max()) == ((7, 2), 0, 1)
    distances = {pair: np.linalg.norm(placed[pair[0]] - placed[pair[1]]) for pair in combinations(range(7), 2)}
    linked = np.mean([distances.pop(edge) for edge in edges])
    assert linked < np.mean(list(distances.values())) / 1.5
    assert np.array_equal(placed, layout_graph(7, edges))


def test_labels_do_not_overlap_labels_or_points() -> None:
    points = np.array([(100.0, 100.0), (130.0, 100.0), (115.0, 130.0)])
    names = ["Kenneth Williams", "Sid James", "Charles Hawtrey"]
    placed = layout_labels(points, [(0, 1), (1, 2)], names, 11)
    boxes = to_boxes(placed, [(text_width(name, 11) * 0.46, 6) for name in names])
    assert (count_overlaps(boxes, boxes) == 1).all(), "each overlaps itself alone"
    assert not count_overlaps(boxes, to_boxes(points, (0, 0))).any()
