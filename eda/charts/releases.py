"""Release dates by year, month and weekday, and groups of films by decade."""

from collections.abc import Callable

import altair as alt

from eda.charts.style import ACCENT, HEIGHT, SECOND, WIDTH, Drawing, chart, count_axis, decade_cells, shades, tooltip
from eda.labels import capitalize, translate_code
from eda.language import Language
from eda.queries import Row, Rows

KINDS = ("dated", "placeholder")


def releases(rows: Rows, language: Language, x: alt.X, label: Callable[[Row], str]) -> alt.Chart:
    """Draw stacked bars: films with a known release day, and films of which only the year is known."""
    shown = [
        {
            "period": label(row),
            "movie_count": row["movie_count"],
            "date_kind": translate_code(row["date_kind"], language),
            "order": KINDS.index(row["date_kind"]),
        }
        for row in rows
    ]
    kinds = alt.Scale(domain=[translate_code(kind, language) for kind in KINDS], range=[ACCENT, SECOND])
    legend = alt.Legend(title=None, orient="top", columns=1, labelLimit=0)
    drawing: alt.Chart = (
        chart(shown)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("movie_count:Q", stack="zero", axis=count_axis(language("films"))),
            color=alt.Color("date_kind:N", scale=kinds, legend=legend),
            order=alt.Order("order:Q"),
            tooltip=tooltip(language, "period", "date_kind", "movie_count"),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    return drawing


def releases_by_year(rows: Rows, language: Language) -> Drawing:
    """Draw the number of films by year."""
    x = alt.X(
        "period:Q",
        axis=alt.Axis(title=None, format="d", grid=False, tickCount=8),
        scale=alt.Scale(zero=False, nice=False),
    )
    drawing = releases(rows, language, x, lambda row: row["release_year"])
    years = max(row["release_year"] for row in rows) - min(row["release_year"] for row in rows) + 1
    thin: alt.Chart = drawing.mark_bar(width=alt.ExprRef(f"max(1, width / {years} - 1)"))
    return thin


def releases_by_month(rows: Rows, language: Language) -> Drawing:
    """Draw the number of films by month."""
    return releases_by_name(rows, language, f"month_name_{language.code}")


def releases_by_weekday(rows: Rows, language: Language) -> Drawing:
    """Draw the number of films by weekday."""
    return releases_by_name(rows, language, f"weekday_name_{language.code}")


def releases_by_name(rows: Rows, language: Language, column: str) -> Drawing:
    """Draw the number of films by the first three letters of a name, so that twelve names fit on a phone."""
    x = alt.X("period:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, ticks=False))
    return releases(rows, language, x, lambda row: row[column][:3].capitalize())


def groups_by_decade(rows: Rows, language: Language) -> Drawing:
    """Draw the share of each decade's films that belong to a group."""
    shown = [{**row, "group_name": capitalize(row["group_name"])} for row in rows]
    opacity = shades("movie_share:Q", most=max(row["movie_share"] for row in rows), kind="sqrt")
    return decade_cells(shown, "group_name", "movie_share", opacity, language)
