"""When films came out, and from where: years, months, weekdays, and groups of films through the decades."""

from collections.abc import Callable

import altair as alt

from eda.charts.style import ACCENT, HEIGHT, SECOND, STEP, WIDTH, Drawing, chart, count_axis, shades
from eda.labels import DATE_KINDS, capital, name
from eda.language import Language
from eda.reading import Row, Rows

KINDS = ("dated", "placeholder")


def releases(rows: Rows, say: Language, x: alt.X, label: Callable[[Row], str]) -> alt.Chart:
    """Bars of films by `label`, those whose day is known below those of which only the year is."""
    kinds = [name(DATE_KINDS, kind, say) for kind in KINDS]
    shown = [
        {
            "period": label(row),
            "films": row["movie_count"],
            "kind": name(DATE_KINDS, row["date_kind"], say),
            "order": KINDS.index(row["date_kind"]),
        }
        for row in rows
    ]
    drawn: alt.Chart = (
        chart(shown)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("films:Q", stack="zero", axis=count_axis(say("films", "películas"))),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[ACCENT, SECOND]),
                legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=0),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("period:N", title=" "),
                alt.Tooltip("kind:N", title=say("date", "fecha")),
                alt.Tooltip("films:Q", title=say("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    return drawn


def releases_by_year(rows: Rows, say: Language) -> Drawing:
    """Rows of `releases_by_year`: year, kind of date and films."""
    x = alt.X(
        "period:Q",
        axis=alt.Axis(title=None, format="d", grid=False, tickCount=8),
        scale=alt.Scale(zero=False, nice=False),
    )
    drawn = releases(rows, say, x, lambda row: row["release_year"])
    years = max(row["release_year"] for row in rows) - min(row["release_year"] for row in rows) + 1
    thin: alt.Chart = drawn.mark_bar(width=alt.ExprRef(f"max(1, width / {years} - 1)"))
    return thin


def releases_by_month(rows: Rows, say: Language) -> Drawing:
    """Rows of `releases_by_month`: month, its names, kind of date and films."""
    return releases(
        rows, say, named_periods(), lambda row: short(row["month_name_es" if say.code == "es" else "month_name_en"])
    )


def releases_by_weekday(rows: Rows, say: Language) -> Drawing:
    """Rows of `releases_by_weekday`: weekday, its names, kind of date and films."""
    return releases(
        rows, say, named_periods(), lambda row: short(row["weekday_name_es" if say.code == "es" else "weekday_name_en"])
    )


def named_periods() -> alt.X:
    return alt.X("period:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, ticks=False))


def short(period: str) -> str:
    """Months and days by their first three letters: twelve names must fit beside each other on a phone."""
    return period[:3].capitalize()


def groups_by_decade(rows: Rows, say: Language) -> Drawing:
    """Rows of `groups_by_decade`: group, decade and the group's share of the decade's films."""
    drawn: alt.Chart = (
        chart([{**row, "group_name": capital(row["group_name"])} for row in rows])
        .mark_rect(color=ACCENT, stroke="white", strokeOpacity=0.15)
        .encode(
            x=alt.X("release_decade:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False)),
            y=alt.Y("group_name:N", sort=None, axis=alt.Axis(title=None, domain=False)),
            opacity=shades("movie_share:Q", most=max(row["movie_share"] for row in rows), kind="sqrt"),
            tooltip=[
                alt.Tooltip("group_name:N", title=say("group", "grupo")),
                alt.Tooltip("release_decade:O", title=say("decade", "década")),
                alt.Tooltip("movie_share:Q", title=say("share of films", "parte de las películas"), format=".1%"),
                alt.Tooltip("movie_count:Q", title=say("films", "películas"), format=","),
            ],
        )
        .properties(width=WIDTH, height=STEP * len({row["group_code"] for row in rows}))
    )
    return drawn
