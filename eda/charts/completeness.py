"""Known facts, suspicious values and rejected data."""

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
from eda.labels import FACTS, MEASURES, REASONS, RULES, SOURCES, translate
from eda.language import Language
from eda.queries import Rows


def labelled_bars(bars: list[tuple[str, float, str]], title: str, color: str) -> Drawing:
    """Draw bars in the given order from (label, length, text at the end of the bar)."""
    rows = [{"label": wrapped(label), "length": length, "text": text} for label, length, text in bars]
    y = alt.Y("label:N", sort=None, axis=label_axis())
    scale = alt.Scale(domain=[0, max(length for _, length, _ in bars) * 1.3])
    x = alt.X("length:Q", scale=scale, axis=alt.Axis(title=title, labels=False, ticks=False, grid=False, domain=False))
    base = chart(rows).encode(y=y, x=x, tooltip=[alt.Tooltip("label:N", title=" "), alt.Tooltip("text:N", title=title)])
    return layers(
        base.mark_bar(color=color, height=STEP * 0.62, cornerRadiusEnd=2),
        base.mark_text(align="left", dx=5).encode(text="text:N"),
        height=height_of_rows([wrapped(label) for label, *_ in bars]),
    )


def known_facts(rows: Rows, language: Language) -> Drawing:
    """Draw the share of films for which each fact is known."""
    bars = [
        (translate(FACTS, row["fact"], language), row["known_movie_share"], language.share(row["known_movie_share"]))
        for row in rows
    ]
    return labelled_bars(bars, language("share of films", "proporción de películas"), ACCENT)


def known_by_decade(rows: Rows, language: Language) -> Drawing:
    """Draw the share of films for which each fact is known, by decade."""
    shown = [{**row, "label": translate(FACTS, row["fact"], language)} for row in rows]
    drawing: alt.Chart = (
        chart(shown)
        .mark_rect(color=ACCENT, stroke="white", strokeOpacity=0.15)
        .encode(
            x=alt.X("release_decade:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False)),
            y=alt.Y("label:N", sort=None, axis=alt.Axis(title=None, domain=False)),
            opacity=shades("known_movie_share:Q", most=1),
            tooltip=[
                alt.Tooltip("label:N", title=language("fact", "dato")),
                alt.Tooltip("release_decade:O", title=language("decade", "década")),
                alt.Tooltip("known_movie_share:Q", title=language("known", "conocido"), format=".1%"),
                alt.Tooltip("movie_count:Q", title=language("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=20 * len({row["fact"] for row in rows}))
    )
    return drawing


def oddities(rows: Rows, language: Language) -> Drawing:
    """Draw the number of films by measure and rule."""
    labels = [
        f"{translate(MEASURES, row['measure'], language)}: {translate(RULES, row['rule'], language)}" for row in rows
    ]
    return count_bars(rows, labels, "movie_count", language("films", "películas"), language)


def rejected_rows(rows: Rows, language: Language) -> Drawing:
    """Draw the number of rejected rows by file and reason."""
    labels = [
        f"{translate(SOURCES, row['source_name'], language)}: {translate(REASONS, row['reason'], language)}"
        for row in rows
    ]
    return count_bars(rows, labels, "row_count", language("raw rows", "filas originales"), language)


def unreadable_cells(rows: Rows, language: Language) -> Drawing:
    """Draw the number of unreadable cells by file and column."""
    labels = [f"{translate(SOURCES, row['source_name'], language)}: {row['column_name']}" for row in rows]
    return count_bars(rows, labels, "cell_count", language("cells", "celdas"), language)


def count_bars(rows: Rows, labels: list[str], column: str, title: str, language: Language) -> Drawing:
    """Draw a bar per row whose length is a count."""
    bars = [(label, row[column], language.count(row[column])) for label, row in zip(labels, rows, strict=True)]
    return labelled_bars(bars, title, SECOND)
