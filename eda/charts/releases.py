"""Release dates by year, month and weekday, and groups of films by decade."""

from collections.abc import Callable

import altair as alt

from eda.charts.style import ACCENT, HEIGHT, SECOND, STEP, WIDTH, Drawing, chart, count_axis, shades
from eda.labels import DATE_KINDS, capitalize, translate
from eda.language import Language
from eda.queries import Row, Rows

KINDS = ("dated", "placeholder")


def releases(rows: Rows, language: Language, x: alt.X, label: Callable[[Row], str]) -> alt.Chart:
    """Draw stacked bars: films with a known release day, and films of which only the year is known."""
    kinds = [translate(DATE_KINDS, kind, language) for kind in KINDS]
    shown = [
        {
            "period": label(row),
            "films": row["movie_count"],
            "kind": translate(DATE_KINDS, row["date_kind"], language),
            "order": KINDS.index(row["date_kind"]),
        }
        for row in rows
    ]
    drawing: alt.Chart = (
        chart(shown)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("films:Q", stack="zero", axis=count_axis(language("films", "películas"))),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[ACCENT, SECOND]),
                legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=0),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("period:N", title=" "),
                alt.Tooltip("kind:N", title=language("date", "fecha")),
                alt.Tooltip("films:Q", title=language("films", "películas"), format=","),
            ],
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
    drawing: alt.Chart = (
        chart([{**row, "group_name": capitalize(row["group_name"])} for row in rows])
        .mark_rect(color=ACCENT, stroke="white", strokeOpacity=0.15)
        .encode(
            x=alt.X("release_decade:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False)),
            y=alt.Y("group_name:N", sort=None, axis=alt.Axis(title=None, domain=False)),
            opacity=shades("movie_share:Q", most=max(row["movie_share"] for row in rows), kind="sqrt"),
            tooltip=[
                alt.Tooltip("group_name:N", title=language("group", "grupo")),
                alt.Tooltip("release_decade:O", title=language("decade", "década")),
                alt.Tooltip("movie_share:Q", title=language("share of films", "proporción de películas"), format=".1%"),
                alt.Tooltip("movie_count:Q", title=language("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=STEP * len({row["group_code"] for row in rows}))
    )
    return drawing
