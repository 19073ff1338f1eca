"""Of how many films each fact is known, in all and by decade; what the rules found odd or rejected."""

import altair as alt

from eda.charts.style import ACCENT, SECOND, STEP, WIDTH, Drawing, chart, layers, shades
from eda.labels import FACTS, MEASURES, REASONS, RULES, SOURCES, name
from eda.language import Language
from eda.reading import Rows


def labelled_bars(rows: Rows, value: str, written: str, title: str, *, most: float, color: str = ACCENT) -> Drawing:
    """Bars in the order of the rows, named by `label`, with what is `written` behind each."""
    y = alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=190, ticks=False, domain=False))
    scale = alt.Scale(domain=[0, most * 1.18])
    x = alt.X(
        f"{value}:Q", scale=scale, axis=alt.Axis(title=title, labels=False, ticks=False, grid=False, domain=False)
    )
    base = chart(rows).encode(y=y, x=x, tooltip=["label:N", f"{written}:N"])
    return layers(
        base.mark_bar(color=color, height=STEP * 0.62, cornerRadiusEnd=2),
        base.mark_text(align="left", dx=5).encode(text=f"{written}:N"),
        height=alt.Step(STEP),
    )


def known_facts(rows: Rows, say: Language) -> Drawing:
    """Rows of `known_facts`: fact and the share of films of which it is known."""
    shown = [
        {
            "label": name(FACTS, row["fact"], say),
            "share": row["known_movie_share"],
            "written": say.share(row["known_movie_share"]),
        }
        for row in rows
    ]
    return labelled_bars(shown, "share", "written", say("share of films", "parte de las películas"), most=1)


def known_by_decade(rows: Rows, say: Language) -> Drawing:
    """Rows of `known_by_decade`: fact, decade and share known; the fact known best stands first."""
    shown = [{**row, "label": name(FACTS, row["fact"], say)} for row in rows]
    return (
        chart(shown)
        .mark_rect(color=ACCENT, stroke="white", strokeOpacity=0.15)
        .encode(
            x=alt.X("release_decade:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False)),
            y=alt.Y("label:N", sort=None, axis=alt.Axis(title=None, labelLimit=190, domain=False)),
            opacity=shades("known_movie_share:Q", most=1),
            tooltip=[
                alt.Tooltip("label:N", title=say("fact", "dato")),
                alt.Tooltip("release_decade:O", title=say("decade", "década")),
                alt.Tooltip("known_movie_share:Q", title=say("known", "conocido"), format=".1%"),
                alt.Tooltip("movie_count:Q", title=say("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(20))
    )


def oddities(rows: Rows, say: Language) -> Drawing:
    """Rows of `oddities`: measure, rule and films."""
    shown = [
        {
            "label": f"{name(MEASURES, row['measure'], say)}: {name(RULES, row['rule'], say)}",
            "films": row["movie_count"],
            "written": say.count(row["movie_count"]),
        }
        for row in rows
    ]
    most = max(row["films"] for row in shown)
    return labelled_bars(shown, "films", "written", say("films", "películas"), most=most, color=SECOND)


def rejected_rows(rows: Rows, say: Language) -> Drawing:
    """Rows of `rejected_rows`: raw file, rule and rows."""
    shown = [
        {
            "label": f"{name(SOURCES, row['source_name'], say)}: {name(REASONS, row['reason'], say)}",
            "rows": row["row_count"],
            "written": say.count(row["row_count"]),
        }
        for row in rows
    ]
    most = max(row["rows"] for row in shown)
    return labelled_bars(shown, "rows", "written", say("raw rows", "filas crudas"), most=most, color=SECOND)


def unreadable_cells(rows: Rows, say: Language) -> Drawing:
    """Rows of `unreadable_cells`: raw file, column and cells."""
    shown = [
        {
            "label": f"{name(SOURCES, row['source_name'], say)}: {row['column_name']}",
            "cells": row["cell_count"],
            "written": say.count(row["cell_count"]),
        }
        for row in rows
    ]
    most = max(row["cells"] for row in shown)
    return labelled_bars(shown, "cells", "written", say("cells", "celdas"), most=most, color=SECOND)
