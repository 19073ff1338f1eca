"""Release dates by year, month and weekday, and groups of films by decade."""

from collections.abc import Callable

import altair as alt

from eda.charts.decades import draw_decades, find_trend_decades, note_decades
from eda.charts.style import ACCENT, HEIGHT, SECOND, WIDTH, Drawing, chart, count_axis, shades, tooltip
from eda.language import ReportLanguage
from eda.queries import Row, Rows

KINDS = ("dated", "placeholder")
note_groups_by_decade = note_decades


def draw_releases(rows: Rows, language: ReportLanguage, x: alt.X, label: Callable[[Row], str]) -> alt.Chart:
    """Draw stacked bars: films with a known release day, and films of which only the year is known."""
    shown = [
        {
            "period": label(row),
            "movie_count": row["movie_count"],
            "date_kind": language.label(row["date_kind"]),
            "order": KINDS.index(row["date_kind"]),
        }
        for row in rows
    ]
    kinds = alt.Scale(domain=[language.label(kind) for kind in KINDS], range=[ACCENT, SECOND])
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


def draw_releases_by_year(rows: Rows, language: ReportLanguage) -> Drawing:
    x = alt.X(
        "period:Q",
        axis=alt.Axis(title=None, format="d", grid=False, tickCount=8),
        scale=alt.Scale(zero=False, nice=False),
    )
    drawing = draw_releases(rows, language, x, lambda row: row["release_year"])
    years = max(row["release_year"] for row in rows) - min(row["release_year"] for row in rows) + 1
    thin: alt.Chart = drawing.mark_bar(width=alt.ExprRef(f"max(1, width / {years} - 1)"))
    return thin


def draw_releases_by_month(rows: Rows, language: ReportLanguage) -> Drawing:
    return draw_releases_by_name(rows, language, f"month_name_{language.code}")


def draw_releases_by_weekday(rows: Rows, language: ReportLanguage) -> Drawing:
    return draw_releases_by_name(rows, language, f"weekday_name_{language.code}")


def draw_releases_by_name(rows: Rows, language: ReportLanguage, column: str) -> Drawing:
    """Draw the number of films by the first three letters of a name, so that twelve names fit on a phone."""
    x = alt.X("period:N", sort=None, axis=alt.Axis(title=None, labelAngle=0, ticks=False))
    return draw_releases(rows, language, x, lambda row: row[column][:3].capitalize())


def draw_groups_by_decade(rows: Rows, language: ReportLanguage) -> Drawing:
    shown = [{**row, "group_name": capitalize(row["group_name"])} for row in rows]
    opacity = shades("movie_share:Q", most=max(row["movie_share"] for row in rows), kind="sqrt")
    return draw_decades(shown, "group_name", "movie_share", opacity, language)


def count_by_period(rows: Rows, period: str) -> dict[object, dict[str, int]]:
    """Return the number of films by period and kind of date."""
    totals: dict[object, dict[str, int]] = {}
    for row in rows:
        totals.setdefault(row[period], {"dated": 0, "placeholder": 0})[row["date_kind"]] += row["movie_count"]
    return totals


def find_leaders(totals: dict[object, dict[str, int]]) -> tuple[str, str]:
    """Return the period with the most films, and the one with the most films of known release day."""
    return (
        str(max(totals, key=lambda period: sum(totals[period].values()))),
        str(max(totals, key=lambda period: totals[period]["dated"])),
    )


def describe_releases_by_year(rows: Rows, language: ReportLanguage) -> str:
    totals = count_by_period(rows, "release_year")
    peak = max(totals, key=lambda year: (sum(totals[year].values()), year))
    films = sum(sum(kinds.values()) for kinds in totals.values())
    placeholders = sum(kinds["placeholder"] for kinds in totals.values())
    return language(
        "Most films were released in {year} ({number}). For {share} of all {total} only the year is known.",
        year=peak,
        number=language.count(sum(totals[peak].values())),
        share=language.share(placeholders / films),
        total=language.count(films),
    )


def describe_releases_by_month(rows: Rows, language: ReportLanguage) -> str:
    totals = count_by_period(rows, f"month_name_{language.code}")
    leader, dated_leader = find_leaders(totals)
    values = {
        "month": leader.capitalize(),
        "films": language.films(sum(totals[leader].values())),
        "dated": language.count(totals[dated_leader]["dated"]),
    }
    if leader == dated_leader:
        return language(
            "{month} leads with {films}, and with {dated} if only films with a known day are counted.", **values
        )
    return language(
        "{month} leads with {films}, but only because TMDB uses 1 January for films of which only the year is known "
        "({placeholders}). Among films with a known day, most were released in {dated_month} ({dated}).",
        placeholders=language.count(totals[leader]["placeholder"]),
        dated_month=dated_leader if language.code == "es" else dated_leader.capitalize(),
        **values,
    )


def describe_releases_by_weekday(rows: Rows, language: ReportLanguage) -> str:
    totals = count_by_period(rows, f"weekday_name_{language.code}")
    _, leader = find_leaders(totals)
    films, number = sum(kinds["dated"] for kinds in totals.values()), totals[leader]["dated"]
    return language(
        "Most films are released on a {weekday}: {number} of those with a known day ({share}).",
        weekday=leader if language.code == "es" else leader.capitalize(),
        number=language.count(number),
        share=language.share(number / films if films else 0),
    )


def capitalize(text: str) -> str:
    """Return the text with a capital first letter; unlike `str.capitalize`, the rest is unchanged."""
    return text[:1].upper() + text[1:]


def describe_groups_by_decade(rows: Rows, language: ReportLanguage) -> str:
    first, last = find_trend_decades(rows, "decade_movie_count")
    shares = {(row["group_name"], row["release_decade"]): row["movie_share"] for row in rows}
    names = list(dict.fromkeys(row["group_name"] for row in rows))
    changed = max(names, key=lambda group: abs(shares[group, last] - shares[group, first]))
    values = {
        "group": capitalize(names[0]),
        "grouping": language.label(rows[0]["grouping"]),
        "films": language.films(rows[0]["total_movie_count"]),
        "first": first,
        "last": last,
        "old_share": language.share(shares[changed, first]),
        "new_share": language.share(shares[changed, last]),
    }
    if changed == names[0]:
        return language(
            "{group} is the most frequent {grouping} ({films}) and changed most: from {old_share} of the films in the "
            "{first}s to {new_share} in the {last}s.",
            **values,
        )
    return language(
        "{group} is the most frequent {grouping} ({films}). From the {first}s to the {last}s, {changed} changed most: "
        "from {old_share} to {new_share} of the films.",
        changed=changed,
        **values,
    )
