"""Findings about release dates and groups of films by decade."""

from eda.findings.trends import find_trend_decades
from eda.labels import GROUPINGS, capitalize, translate
from eda.language import Language
from eda.queries import Rows


def releases_by_year(rows: Rows, language: Language) -> str:
    totals = count_by_period(rows, "release_year")
    peak = max(totals, key=lambda year: (sum(totals[year].values()), year))
    films = sum(sum(kinds.values()) for kinds in totals.values())
    placeholders = sum(kinds["placeholder"] for kinds in totals.values())
    most, share = language.count(sum(totals[peak].values())), language.share(placeholders / films)
    return language(
        f"Most films were released in {peak} ({most}). For {share} of all {language.count(films)} only the year "
        f"is known.",
        f"El año con más estrenos es {peak} ({most}). Del {share} de las {language.count(films)} películas solo se "
        "conoce el año.",
    )


def count_by_period(rows: Rows, period: str) -> dict[object, dict[str, int]]:
    """Return the number of films by period and kind of date."""
    totals: dict[object, dict[str, int]] = {}
    for row in rows:
        totals.setdefault(row[period], {"dated": 0, "placeholder": 0})[row["date_kind"]] += row["movie_count"]
    return totals


def releases_by_month(rows: Rows, language: Language) -> str:
    totals = count_by_period(rows, language("month_name_en", "month_name_es"))
    leader, dated_leader = find_leaders(totals)
    first, placeholders = language.films(sum(totals[leader].values())), language.count(totals[leader]["placeholder"])
    second = language.count(totals[dated_leader]["dated"])
    one, other = language(leader.capitalize(), leader), language(dated_leader.capitalize(), dated_leader)
    if leader != dated_leader:
        return language(
            f"{one} leads with {first}, but only because TMDB uses 1 January for films of which only the year is known "
            f"({placeholders}). Among films with a known day, most were released in {other} ({second}).",
            f"{one.capitalize()} encabeza la lista con {first}, pero solo porque TMDB usa el 1 de enero cuando "
            f"se conoce "
            f"únicamente el año ({placeholders}). Entre las de día conocido, {other} es el mes con más estrenos "
            f"({second}).",
        )
    return language(
        f"{one} leads with {first}, and with {second} if only films with a known day are counted.",
        f"{one.capitalize()} encabeza la lista con {first}, y también con {second} si solo se cuentan las de "
        f"día conocido.",
    )


def releases_by_weekday(rows: Rows, language: Language) -> str:
    totals = count_by_period(rows, language("weekday_name_en", "weekday_name_es"))
    _, leader = find_leaders(totals)
    films, number = sum(kinds["dated"] for kinds in totals.values()), totals[leader]["dated"]
    share, day = language.share(number / films if films else 0), language(leader.capitalize(), leader)
    return language(
        f"Most films are released on a {day}: {language.count(number)} of those with a known day ({share}).",
        f"El día con más estrenos es el {day}: {language.count(number)} de las películas de día conocido ({share}).",
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
    was, became = language.share(shares[changed, first]), language.share(shares[changed, last])
    largest = capitalize(names[0])
    what, total = translate(GROUPINGS, rows[0]["grouping"], language), language.films(rows[0]["total_movie_count"])
    if changed == names[0]:
        return language(
            f"{largest} is the most frequent {what} ({total}) and changed most: from {was} of the films in the "
            f"{first}s to "
            f"{became} in the {last}s.",
            f"{largest} es el {what} más frecuente ({total}) y el que más cambió: del {was} de las películas "
            f"en la década de {first} al {became} en la de {last}.",
        )
    return language(
        f"{largest} is the most frequent {what} ({total}). From the {first}s to the {last}s, {changed} changed "
        f"most: from {was} to {became} of the films.",
        f"{largest} es el {what} más frecuente ({total}). Entre las décadas de {first} y {last}, el que más cambió "
        f"es {changed}: del {was} al {became} de las películas.",
    )
