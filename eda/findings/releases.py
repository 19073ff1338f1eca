"""When films came out, and what kinds of films in which decades."""

from eda.findings.trends import trend_decades
from eda.labels import GROUPINGS, capital, name
from eda.language import Language
from eda.reading import Rows


def releases_by_year(rows: Rows, say: Language) -> str:
    totals = by_period(rows, "release_year")
    peak = max(totals, key=lambda year: (sum(totals[year].values()), year))
    films = sum(sum(kinds.values()) for kinds in totals.values())
    placeholders = sum(kinds["placeholder"] for kinds in totals.values())
    most, share = say.count(sum(totals[peak].values())), say.share(placeholders / films)
    return say(
        f"Most films came out in {peak} ({most}); of {share} of all {say.count(films)} only the year is known.",
        f"El año con más estrenos es {peak} ({most}); del {share} de las {say.count(films)} películas solo se conoce "
        "el año.",
    )


def by_period(rows: Rows, period: str) -> dict[object, dict[str, int]]:
    """Films by period, then by kind of date."""
    totals: dict[object, dict[str, int]] = {}
    for row in rows:
        totals.setdefault(row[period], {"dated": 0, "placeholder": 0})[row["date_kind"]] += row["movie_count"]
    return totals


def releases_by_month(rows: Rows, say: Language) -> str:
    totals = by_period(rows, say("month_name_en", "month_name_es"))
    leader, dated_leader = leaders(totals)
    first, placeholders = say.films(sum(totals[leader].values())), say.count(totals[leader]["placeholder"])
    second = say.count(totals[dated_leader]["dated"])
    one, other = say(leader.capitalize(), leader), say(dated_leader.capitalize(), dated_leader)
    if leader != dated_leader:
        return say(
            f"{one} leads with {first} only because TMDB writes 1 January where just the year is known "
            f"({placeholders} here); of films whose day is known, most came out in {other} ({second}).",
            f"{one.capitalize()} lidera con {first} solo porque TMDB escribe 1 de enero cuando no se conoce "
            f"más que el año ({placeholders} aquí); de las que tienen día conocido, la mayoría se estrenó en "
            f"{other} ({second}).",
        )
    return say(
        f"{one} leads with {first}, and still does with {second} if only films whose day is known count.",
        f"{one.capitalize()} lidera con {first}, y también con {second} si solo cuentan las de día conocido.",
    )


def releases_by_weekday(rows: Rows, say: Language) -> str:
    totals = by_period(rows, say("weekday_name_en", "weekday_name_es"))
    _, leader = leaders(totals)
    films, number = sum(kinds["dated"] for kinds in totals.values()), totals[leader]["dated"]
    share, day = say.share(number / films if films else 0), say(leader.capitalize(), leader)
    return say(
        f"{day} is the day of release: {say.count(number)} of the films whose day is known ({share}) came out on one.",
        f"El día de estreno es el {day}: {say.count(number)} de las películas de día conocido ({share}).",
    )


def leaders(totals: dict[object, dict[str, int]]) -> tuple[str, str]:
    """The period with most films, and the one with most films whose day is known."""
    return (
        str(max(totals, key=lambda period: sum(totals[period].values()))),
        str(max(totals, key=lambda period: totals[period]["dated"])),
    )


def groups_by_decade(rows: Rows, say: Language, grouping: str) -> str:
    first, last = trend_decades(rows, "decade_movie_count")
    shares = {(row["group_name"], row["release_decade"]): row["movie_share"] for row in rows}
    names = list(dict.fromkeys(row["group_name"] for row in rows))
    changed = max(names, key=lambda group: abs(shares[group, last] - shares[group, first]))
    was, became = say.share(shares[changed, first]), say.share(shares[changed, last])
    largest = capital(names[0])
    what, total = name(GROUPINGS, grouping, say), say.films(rows[0]["total_movie_count"])
    if changed == names[0]:
        return say(
            f"{largest} is the most frequent {what} ({total}), and the one that changed most: from {was} of the "
            f"films in the {first}s to {became} in the {last}s.",
            f"{largest} es el {what} más frecuente ({total}) y lo que más cambió: del {was} de las películas "
            f"en la década de {first} al {became} en la de {last}.",
        )
    return say(
        f"{largest} is the most frequent {what} ({total}); from the {first}s to the {last}s, {changed} changed "
        f"most, from {was} to {became} of the films.",
        f"{largest} es el {what} más frecuente ({total}); de la década de {first} a la de {last}, lo que "
        f"más cambió es {changed}: del {was} al {became} de las películas.",
    )
