"""Known facts, suspicious values and rejected data."""

import altair as alt

from eda.charts.style import (
    ACCENT,
    SECOND,
    STEP,
    Drawing,
    chart,
    decade_cells,
    height_of_rows,
    label_axis,
    layers,
    shades,
    wrapped,
)
from eda.labels import CODE_COLUMNS, translate_code
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
        (translate_code(row["fact"], language), row["known_movie_share"], language.share(row["known_movie_share"]))
        for row in rows
    ]
    return labelled_bars(bars, language("share of films"), ACCENT)


def known_by_decade(rows: Rows, language: Language) -> Drawing:
    """Draw the share of films for which each fact is known, by decade."""
    shown = [{**row, "fact": translate_code(row["fact"], language)} for row in rows]
    return decade_cells(shown, "fact", "known_movie_share", shades("known_movie_share:Q", most=1), language)


def oddities(rows: Rows, language: Language) -> Drawing:
    """Draw the number of films by measure and rule."""
    return count_bars(rows, ("measure", "rule"), "movie_count", language("films"), language)


def rejected_rows(rows: Rows, language: Language) -> Drawing:
    """Draw the number of rejected rows by file and reason."""
    return count_bars(rows, ("source_name", "reason"), "row_count", language("raw rows"), language)


def unreadable_cells(rows: Rows, language: Language) -> Drawing:
    """Draw the number of unreadable cells by file and column."""
    return count_bars(rows, ("source_name", "column_name"), "cell_count", language("cells"), language)


def count_bars(rows: Rows, parts: tuple[str, str], count: str, title: str, language: Language) -> Drawing:
    """Draw a bar per row whose label has two parts and whose length is a count."""
    bars = []
    for row in rows:
        codes = [translate_code(row[part], language) if part in CODE_COLUMNS else row[part] for part in parts]
        bars.append((": ".join(codes), row[count], language.count(row[count])))
    return labelled_bars(bars, title, SECOND)
