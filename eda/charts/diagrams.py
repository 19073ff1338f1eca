"""Diagrams with a precomputed layout: word clouds and networks of people."""

from functools import partial
from typing import Any

import altair as alt
import numpy as np

from eda.charts.layouts import layout_graph, layout_labels, layout_words
from eda.charts.style import ACCENT, SECOND, WIDTH, Drawing, chart, tooltip
from eda.language import ReportLanguage
from eda.queries import Rows

CLOUD, NARROW_CLOUD = (WIDTH, 360), (350, 460)
NETWORK, NARROW_NETWORK = (WIDTH, 620), (350, 1100)
"""Width and height in pixels; the narrow sizes are for phones."""
MARGIN_X, MARGIN_Y = 64, 24
LABEL_SIZE = 11
Size = tuple[int, int]


def positions(size: Size) -> dict[str, Any]:
    """Return the positions in pixels from the left and from the top."""
    x_scale, y_scale = (alt.Scale(domain=domain, nice=False, zero=False) for domain in ([0, size[0]], [size[1], 0]))
    return {"x": alt.X("x:Q", scale=x_scale, axis=None), "y": alt.Y("y:Q", scale=y_scale, axis=None)}


def draw_words(rows: Rows, language: ReportLanguage, size: Size = CLOUD) -> Drawing:
    """Draw words in a size that grows with the number of texts that contain them, in alternating colors."""
    films = {row["word"]: row["movie_count"] for row in rows}
    placed = layout_words([(row["word"], row["movie_count"]) for row in rows], *size)
    shown = [
        {"word": word, "x": x, "y": y, "size": font_size, "movie_count": films[word], "tone": number % 2}
        for number, (word, x, y, font_size) in enumerate(placed)
    ]
    drawing: alt.Chart = (
        chart(shown)
        .mark_text(fontWeight="bold", baseline="middle")
        .encode(
            **positions(size),
            text="word:N",
            size=alt.Size("size:Q", scale=None, legend=None),
            color=alt.Color("tone:N", legend=None),  # the page sets it, so that words are legible on its background
            tooltip=tooltip(language, "word", "movie_count"),
        )
        .properties(width=size[0], height=size[1])
    )
    return drawing


def draw_people_together(rows: Rows, language: ReportLanguage, size: Size = NETWORK) -> Drawing:
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
    margins = np.array([MARGIN_X, MARGIN_Y])
    points = (margins + placed * (np.array(size) - 2 * margins)).round(1)
    labels = layout_labels(points, edges, [person for person, _ in people.values()], LABEL_SIZE).tolist()
    roles = {"actor": language("acts"), "director": language("directs")}
    nodes = [
        {"x": x, "y": y, "person": person, "role": roles[role], "label_x": label_x, "label_y": label_y}
        for (x, y), (person, role), (label_x, label_y) in zip(points.tolist(), people.values(), labels, strict=True)
    ]
    colors = alt.Scale(domain=list(roles.values()), range=[ACCENT, SECOND])
    base = chart(nodes).encode(**positions(size), tooltip=tooltip(language, "person", "role"))
    return alt.layer(
        _draw_links(rows, edges, points.tolist(), size, language),
        base.mark_point(filled=True, size=70, opacity=1).encode(color=alt.Color("role:N", scale=colors, legend=None)),
        base.mark_text(fontSize=LABEL_SIZE).encode(x="label_x:Q", y="label_y:Q", text="person:N"),
    ).properties(width=size[0], height=size[1])


def _draw_links(
    rows: Rows, edges: list[tuple[int, int]], points: list[tuple[float, float]], size: Size, language: ReportLanguage
) -> alt.Chart:
    links = [
        {
            **dict(zip(("x", "y", "x2", "y2"), (*points[one], *points[other]), strict=True)),
            "pair": f"{row['person_name']} – {row['other_person_name']}",
            "movie_count": row["movie_count"],
            "years": f"{row['first_release_year']}–{row['last_release_year']}",
        }
        for row, (one, other) in zip(rows, edges, strict=True)
    ]
    lines: alt.Chart = (
        chart(links)
        .mark_rule(color=ACCENT, opacity=0.45)
        .encode(
            **positions(size),
            x2="x2:Q",
            y2="y2:Q",
            size=alt.Size("movie_count:Q", scale=alt.Scale(range=[1.5, 7]), legend=None),
            tooltip=tooltip(language, "pair", "movie_count", "years"),
        )
    )
    return lines


draw_words_narrow = partial(draw_words, size=NARROW_CLOUD)
draw_people_together_narrow = partial(draw_people_together, size=NARROW_NETWORK)


def describe_words(rows: Rows, language: ReportLanguage) -> str:
    frequent = [
        language("“{word}” ({number})", word=row["word"], number=language.count(row["movie_count"])) for row in rows[:3]
    ]
    listed = language.join_names(frequent)
    if rows[0]["text_source"] == "title":
        return language("The most frequent words in titles: {words}.", words=listed)
    return language("The most frequent words in overviews: {words}.", words=listed)


def describe_people_together(rows: Rows, language: ReportLanguage) -> str:
    first, films = rows[0], rows[0]["movie_count"]
    is_tied = any(row["movie_count"] == films for row in rows[1:])
    values = {
        "person": first["person_name"],
        "other": first["other_person_name"],
        "films": language.films(films),
        "years": f"{first['first_release_year']}–{first['last_release_year']}",
        "comparison": language("a number no pair exceeds") if is_tied else language("more than any other pair"),
        "pairs": language.pluralize(first["pair_count"], "pair"),
    }
    if first["relation"] == "costars":
        return language(
            "{person} and {other} star together in {films} ({years}), {comparison}; {pairs} share three or more.",
            **values,
        )
    return language(
        "{person} directed {other} in {films} ({years}), {comparison}; {pairs} share three or more.", **values
    )


def note_people_together(rows: Rows, language: ReportLanguage) -> str:
    text = language(
        "The {number} pairs with the most films; wider lines mean more films.", number=language.count(len(rows))
    )
    return text if rows[0]["relation"] == "costars" else text + language(" Orange: directors; blue: actors.")
