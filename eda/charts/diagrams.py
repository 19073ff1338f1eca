"""Diagrams with a precomputed layout: word clouds and networks of people."""

import altair as alt

from eda.charts.layouts import layout_graph, layout_labels, layout_words
from eda.charts.style import ACCENT, SECOND, WIDTH, Drawing, chart
from eda.language import Language
from eda.queries import Rows

CLOUD, NARROW_CLOUD = (WIDTH, 360), (350, 460)
NETWORK, NARROW_NETWORK = (WIDTH, 620), (350, 1100)
"""Width and height in pixels; the narrow sizes are for phones."""
MARGIN_X, MARGIN_Y = 64, 24
LABEL_SIZE = 11
Size = tuple[int, int]


def across(most: float) -> alt.X:
    """Return the horizontal position in pixels."""
    return alt.X("x:Q", scale=alt.Scale(domain=[0, most], nice=False, zero=False), axis=None)


def down(most: float) -> alt.Y:
    """Return the vertical position in pixels from the top."""
    return alt.Y("y:Q", scale=alt.Scale(domain=[most, 0], nice=False, zero=False), axis=None)


def words(rows: Rows, language: Language, size: Size = CLOUD) -> Drawing:
    """Draw words in a size that grows with the number of texts that contain them, in alternating colors."""
    films = {row["word"]: row["movie_count"] for row in rows}
    placed = layout_words([(row["word"], row["movie_count"]) for row in rows], *size)
    shown = [
        {
            "word": word,
            "x": round(x, 1),
            "y": round(y, 1),
            "size": round(font_size, 1),
            "films": films[word],
            "tone": number % 2,
        }
        for number, (word, x, y, font_size) in enumerate(placed)
    ]
    drawing: alt.Chart = (
        chart(shown)
        .mark_text(fontWeight="bold", baseline="middle")
        .encode(
            x=across(size[0]),
            y=down(size[1]),
            text="word:N",
            size=alt.Size("size:Q", scale=None, legend=None),
            color=alt.Color("tone:N", legend=None),  # the page sets it, so that words are legible on its background
            tooltip=[
                alt.Tooltip("word:N", title=language("word", "palabra")),
                alt.Tooltip("films:Q", title=language("films", "películas"), format=","),
            ],
        )
        .properties(width=size[0], height=size[1])
    )
    return drawing


def people_together(rows: Rows, language: Language, size: Size = NETWORK) -> Drawing:
    """Draw people as points, and lines between those who made films together; more films make a wider line."""
    people: dict[int, tuple[str, str]] = {}
    for row in rows:
        is_directed = row["relation"] == "director_and_actor"
        people.setdefault(row["other_person_id"], (row["other_person_name"], "actor"))
        if is_directed or row["person_id"] not in people:
            people[row["person_id"]] = (row["person_name"], "director" if is_directed else "actor")
    numbers = {person: number for number, person in enumerate(people)}
    edges = [(numbers[row["person_id"]], numbers[row["other_person_id"]]) for row in rows]
    placed = layout_graph(len(people), edges)
    xs = (MARGIN_X + placed[:, 0] * (size[0] - 2 * MARGIN_X)).round(1).tolist()
    ys = (MARGIN_Y + placed[:, 1] * (size[1] - 2 * MARGIN_Y)).round(1).tolist()
    labels = layout_labels(list(zip(xs, ys, strict=True)), edges, [person for person, _ in people.values()], LABEL_SIZE)
    roles = {"actor": language("acts", "actúa"), "director": language("directs", "dirige")}
    nodes = [
        {"x": x, "y": y, "person": person, "role": roles[role], "label_x": label_x, "label_y": label_y}
        for x, y, (person, role), (label_x, label_y) in zip(xs, ys, people.values(), labels, strict=True)
    ]
    x, y = across(size[0]), down(size[1])
    colors = alt.Scale(domain=list(roles.values()), range=[ACCENT, SECOND])
    points = chart(nodes).encode(
        x=x, y=y, tooltip=[alt.Tooltip("person:N", title=" "), alt.Tooltip("role:N", title="  ")]
    )
    lines = _draw_links(rows, edges, xs, ys, size, language)
    return alt.layer(
        lines,
        points.mark_point(filled=True, size=70, opacity=1).encode(color=alt.Color("role:N", scale=colors, legend=None)),
        points.mark_text(fontSize=LABEL_SIZE).encode(x="label_x:Q", y="label_y:Q", text="person:N"),
    ).properties(width=size[0], height=size[1])


def _draw_links(  # noqa: PLR0913, PLR0917 - parts of one diagram
    rows: Rows, edges: list[tuple[int, int]], xs: list[float], ys: list[float], size: Size, language: Language
) -> alt.Chart:
    links = [
        {
            "x": xs[one],
            "y": ys[one],
            "x2": xs[other],
            "y2": ys[other],
            "pair": f"{row['person_name']} – {row['other_person_name']}",
            "films": row["movie_count"],
            "years": f"{row['first_release_year']}–{row['last_release_year']}",
        }
        for row, (one, other) in zip(rows, edges, strict=True)
    ]
    lines: alt.Chart = (
        chart(links)
        .mark_rule(color=ACCENT, opacity=0.45)
        .encode(
            x=across(size[0]),
            y=down(size[1]),
            x2="x2:Q",
            y2="y2:Q",
            size=alt.Size("films:Q", scale=alt.Scale(range=[1.5, 7]), legend=None),
            tooltip=[
                alt.Tooltip("pair:N", title=" "),
                alt.Tooltip("films:Q", title=language("films together", "películas juntos")),
                alt.Tooltip("years:N", title=language("years", "años")),
            ],
        )
    )
    return lines
