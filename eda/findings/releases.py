"""Findings about release dates and groups of films by decade."""

from eda.findings.trends import decades_note, find_trend_decades
from eda.labels import capitalize, translate_code
from eda.language import Language
from eda.queries import Rows

groups_by_decade_note = decades_note


def releases_by_year(rows: Rows, language: Language) -> str:
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


def count_by_period(rows: Rows, period: str) -> dict[object, dict[str, int]]:
    """Return the number of films by period and kind of date."""
    totals: dict[object, dict[str, int]] = {}
    for row in rows:
        totals.setdefault(row[period], {"dated": 0, "placeholder": 0})[row["date_kind"]] += row["movie_count"]
    return totals


def releases_by_month(rows: Rows, language: Language) -> str:
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


def releases_by_weekday(rows: Rows, language: Language) -> str:
    totals = count_by_period(rows, f"weekday_name_{language.code}")
    _, leader = find_leaders(totals)
    films, number = sum(kinds["dated"] for kinds in totals.values()), totals[leader]["dated"]
    return language(
        "Most films are released on a {weekday}: {number} of those with a known day ({share}).",
        weekday=leader if language.code == "es" else leader.capitalize(),
        number=language.count(number),
        share=language.share(number / films if films else 0),
    )


def find_leaders(totals: dict[object, dict[str, int]]) -> tuple[str, str]:
    """Return the period with the most films, and the one with the most films of known release day."""
    return (
        str(max(totals, key=lambda period: sum(totals[period].values()))),
        str(max(totals, key=lambda period: totals[period]["dated"])),
    )


def groups_by_decade(rows: Rows, language: Language) -> str:
    first, last = find_trend_decades(rows, "decade_movie_count")
    shares = {(row["group_name"], row["release_decade"]): row["movie_share"] for row in rows}
    names = list(dict.fromkeys(row["group_name"] for row in rows))
    changed = max(names, key=lambda group: abs(shares[group, last] - shares[group, first]))
    values = {
        "group": capitalize(names[0]),
        "grouping": translate_code(rows[0]["grouping"], language),
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
