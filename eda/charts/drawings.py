"""Drawings whose places are computed beforehand: word clouds and networks of people."""

import altair as alt

from eda.charts.layouts import place_nodes, place_words
from eda.charts.style import ACCENT, SECOND, WIDTH, Drawing, chart
from eda.language import Language
from eda.reading import Rows

CLOUD_HEIGHT = 360
NETWORK_HEIGHT = 620
MARGIN_X, MARGIN_Y = 70, 24


def across(most: float) -> alt.X:
    """The place in x, pixels."""
    return alt.X("x:Q", scale=alt.Scale(domain=[0, most], nice=False, zero=False), axis=None)


def down(most: float) -> alt.Y:
    """The place in y, pixels from the top."""
    return alt.Y("y:Q", scale=alt.Scale(domain=[most, 0], nice=False, zero=False), axis=None)


def word_cloud(rows: Rows, say: Language) -> Drawing:
    """Rows of `words`: the larger a word, the more texts have it; every second one in the other colour."""
    films = {row["word"]: row["movie_count"] for row in rows}
    placed = place_words([(row["word"], row["movie_count"]) for row in rows], WIDTH, CLOUD_HEIGHT)
    shown = [
        {
            "word": word,
            "x": round(x, 1),
            "y": round(y, 1),
            "size": round(size, 1),
            "films": films[word],
            "tone": number % 2,
        }
        for number, (word, x, y, size) in enumerate(placed)
    ]
    drawn: alt.Chart = (
        chart(shown)
        .mark_text(fontWeight="bold", baseline="middle")
        .encode(
            x=across(WIDTH),
            y=down(CLOUD_HEIGHT),
            text="word:N",
            size=alt.Size("size:Q", scale=None, legend=None),
            color=alt.Color("tone:N", scale=alt.Scale(range=[ACCENT, SECOND]), legend=None),
            tooltip=[
                alt.Tooltip("word:N", title=say("word", "palabra")),
                alt.Tooltip("films:Q", title=say("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=CLOUD_HEIGHT)
    )
    return drawn


def network(rows: Rows, say: Language) -> Drawing:
    """Rows of `people_together`: people as points, lines between those who made films together, wider the more."""
    people: dict[int, tuple[str, str]] = {}
    for row in rows:
        is_directed = row["relation"] == "director_and_actor"
        people.setdefault(row["other_person_id"], (row["other_person_name"], "actor"))
        if is_directed or row["person_id"] not in people:
            people[row["person_id"]] = (row["person_name"], "director" if is_directed else "actor")
    numbers = {person: number for number, person in enumerate(people)}
    edges = [(numbers[row["person_id"]], numbers[row["other_person_id"]]) for row in rows]
    placed = place_nodes(len(people), edges)
    xs = (MARGIN_X + placed[:, 0] * (WIDTH - 2 * MARGIN_X)).round(1).tolist()
    ys = (MARGIN_Y + placed[:, 1] * (NETWORK_HEIGHT - 2 * MARGIN_Y)).round(1).tolist()
    roles = {"actor": say("acts", "actúa"), "director": say("directs", "dirige")}
    nodes = [
        {"x": x, "y": y, "person": person, "role": roles[role], "is_above": is_above}
        for x, y, (person, role), is_above in zip(xs, ys, people.values(), stands_above(ys, edges), strict=True)
    ]
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
    x, y = across(WIDTH), down(NETWORK_HEIGHT)
    colors = alt.Scale(domain=list(roles.values()), range=[ACCENT, SECOND])
    points = chart(nodes).encode(
        x=x, y=y, tooltip=[alt.Tooltip("person:N", title=" "), alt.Tooltip("role:N", title="  ")]
    )
    lines = (
        chart(links)
        .mark_rule(color=ACCENT, opacity=0.45)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            size=alt.Size("films:Q", scale=alt.Scale(range=[1.5, 7]), legend=None),
            tooltip=[
                alt.Tooltip("pair:N", title=" "),
                alt.Tooltip("films:Q", title=say("films together", "películas juntos")),
                alt.Tooltip("years:N", title=say("years", "años")),
            ],
        )
    )
    return alt.layer(
        lines,
        points.mark_point(filled=True, size=70, opacity=1).encode(color=alt.Color("role:N", scale=colors, legend=None)),
        *(
            points.transform_filter(f"datum.is_above == {str(is_above).lower()}")
            .mark_text(dy=-11 if is_above else 13, fontSize=11)
            .encode(text="person:N")
            for is_above in (True, False)
        ),
    ).properties(width=WIDTH, height=NETWORK_HEIGHT)


def stands_above(ys: list[float], edges: list[tuple[int, int]]) -> list[bool]:
    """Whether each node stands higher than those it is linked to: there its name does not lie on their names."""
    others: dict[int, list[float]] = {}
    for one, other in edges:
        others.setdefault(one, []).append(ys[other])
        others.setdefault(other, []).append(ys[one])
    return [y <= sum(others[node]) / len(others[node]) for node, y in enumerate(ys)]
