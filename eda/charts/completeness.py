"""Of how many films each fact is known, in all and by decade; what the rules found odd or rejected."""

import altair as alt

from eda.charts.style import (
    ACCENT,
    SECOND,
    STEP,
    WIDTH,
    Drawing,
    chart,
    height_of_rows,
    label_axis,
    layers,
    shades,
    wrapped,
)
from eda.labels import FACTS, MEASURES, REASONS, RULES, SOURCES, name
from eda.language import Language
from eda.reading import Rows


def labelled_bars(bars: list[tuple[str, float, str]], title: str, color: str) -> Drawing:
    """Bars in the order given: each with its label, its length, and what is written behind it."""
    rows = [{"label": wrapped(label), "length": length, "written": written} for label, length, written in bars]
    y = alt.Y("label:N", sort=None, axis=label_axis())
    scale = alt.Scale(domain=[0, max(length for _, length, _ in bars) * 1.3])
    x = alt.X("length:Q", scale=scale, axis=alt.Axis(title=title, labels=False, ticks=False, grid=False, domain=False))
    base = chart(rows).encode(
        y=y, x=x, tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("written:N", title=title)]
    )
    return layers(
        base.mark_bar(color=color, height=STEP * 0.62, cornerRadiusEnd=2),
        base.mark_text(align="left", dx=5).encode(text="written:N"),
        height=height_of_rows([wrapped(label) for label, *_ in bars]),
    )


def known_facts(rows: Rows, say: Language) -> Drawing:
    """Rows of `known_facts`: fact and the share of films of which it is known."""
    bars = [
        (name(FACTS, row["fact"], say), row["known_movie_share"], say.share(row["known_movie_share"])) for row in rows
    ]
    return labelled_bars(bars, say("share of films", "parte de las películas"), ACCENT)


def known_by_decade(rows: Rows, say: Language) -> Drawing:
    """Rows of `known_by_decade`: fact, decade and share known; the fact known best stands first."""
    shown = [{**row, "label": name(FACTS, row["fact"], say)} for row in rows]
    drawn: alt.Chart = (
        chart(shown)
        .mark_rect(color=ACCENT, stroke="white", strokeOpacity=0.15)
        .encode(
            x=alt.X("release_decade:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False)),
            y=alt.Y("label:N", sort=None, axis=alt.Axis(title=None, domain=False)),
            opacity=shades("known_movie_share:Q", most=1),
            tooltip=[
                alt.Tooltip("label:N", title=say("fact", "dato")),
                alt.Tooltip("release_decade:O", title=say("decade", "década")),
                alt.Tooltip("known_movie_share:Q", title=say("known", "conocido"), format=".1%"),
                alt.Tooltip("movie_count:Q", title=say("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=20 * len({row["fact"] for row in rows}))
    )
    return drawn


def oddities(rows: Rows, say: Language) -> Drawing:
    """Rows of `oddities`: measure, rule and films."""
    bars = [
        (
            f"{name(MEASURES, row['measure'], say)}: {name(RULES, row['rule'], say)}",
            row["movie_count"],
            say.count(row["movie_count"]),
        )
        for row in rows
    ]
    return labelled_bars(bars, say("films", "películas"), SECOND)


def rejected_rows(rows: Rows, say: Language) -> Drawing:
    """Rows of `rejected_rows`: raw file, rule and rows."""
    bars = [
        (
            f"{name(SOURCES, row['source_name'], say)}: {name(REASONS, row['reason'], say)}",
            row["row_count"],
            say.count(row["row_count"]),
        )
        for row in rows
    ]
    return labelled_bars(bars, say("raw rows", "filas crudas"), SECOND)


def unreadable_cells(rows: Rows, say: Language) -> Drawing:
    """Rows of `unreadable_cells`: raw file, column and cells."""
    bars = [
        (
            f"{name(SOURCES, row['source_name'], say)}: {row['column_name']}",
            row["cell_count"],
            say.count(row["cell_count"]),
        )
        for row in rows
    ]
    return labelled_bars(bars, say("cells", "celdas"), SECOND)
