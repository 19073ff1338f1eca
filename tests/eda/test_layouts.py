"""Layouts of words, labels and graphs."""

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
    for number, box in enumerate(boxes):
        assert min(box[:2]) >= 0
        assert box[2] <= WIDTH
        assert box[3] <= HEIGHT
        assert not any(overlaps(box, other) for other in boxes[:number])


def test_equal_weights_give_equal_font_sizes() -> None:
    assert len({size for *_, size in layout_words([("one", 3.0), ("two", 3.0)], WIDTH, HEIGHT)}) == 1


def test_linked_nodes_are_closer_than_others() -> None:
    edges = [(0, 1), (2, 3), (4, 5), (5, 6)]
    placed = layout_graph(7, edges)
    assert placed.shape == (7, 2)
    assert placed.min() >= 0
    assert placed.max() <= 1
    linked = np.mean([np.linalg.norm(placed[one] - placed[other]) for one, other in edges])
    apart = np.mean(
        [np.linalg.norm(placed[one] - placed[other]) for one in (0, 2, 4) for other in (1, 3, 5) if one + 1 != other]
    )
    assert linked < apart / 1.5
    assert np.array_equal(placed, layout_graph(7, edges))


def test_labels_do_not_overlap_labels_or_points() -> None:
    points = [(100.0, 100.0), (130.0, 100.0), (115.0, 130.0)]
    names = ["Kenneth Williams", "Sid James", "Charles Hawtrey"]
    placed = layout_labels(points, [(0, 1), (1, 2)], names, 11)
    assert placed == layout_labels(points, [(0, 1), (1, 2)], names, 11)
    half_widths = [text_width(name, 11) * 0.46 for name in names]
    boxes = [(x - half, y - 6, x + half, y + 6) for (x, y), half in zip(placed, half_widths, strict=True)]
    for number, box in enumerate(boxes):
        assert not any(overlaps(box, other) for other in boxes[:number])
        assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in points)


def test_single_label_is_above_its_point() -> None:
    ((x, y),) = layout_labels([(50.0, 50.0)], [], ["Anybody"], 11)
    assert (x, y < 50) == (50.0, True)
