"""What each chart shows, in one sentence made from its rows: other data, another sentence.

Every function takes the rows of its chart's query, at least one, and the language to say it in.
"""

from eda.charts.rankings import group_label
from eda.labels import FACTS, GROUPINGS, MEASURES, REASONS, RULES, SOURCES, name
from eda.language import Language
from eda.reading import Row, Rows

KNOWN = {
    "budget_usd": ("budget", "presupuesto conocido"),
    "revenue_usd": ("revenue", "recaudación conocida"),
    "return_ratio": ("return", "retorno conocido"),
    "runtime_minutes": ("running time", "duración conocida"),
    "tmdb_vote_count": ("number of votes", "cantidad de votos conocida"),
    "tmdb_vote_mean": ("mean vote", "puntaje medio"),
    "tmdb_popularity": ("popularity", "popularidad conocida"),
}
ENOUGH_OF_ALL = 0.01
"""A decade with a smaller share of the films says nothing of a trend."""
STRENGTHS = ((0.6, "strongly", "fuertemente"), (0.3, "moderately", "moderadamente"), (0.1, "weakly", "débilmente"))


def distribution(rows: Rows, say: Language) -> str:
    row = rows[0]
    measure = row["measure"]
    english, spanish = KNOWN[measure]
    known = say.count(row["known_movie_count"])
    low, middle, high = (
        say.measured(measure, row[f"{part}_value"]) for part in ("first_quartile", "median", "third_quartile")
    )
    unknown = say.share(row["unknown_movie_count"] / row["all_movie_count"])
    return say(
        f"Of the {known} films with a known {english}, the middle half lies between {low} and {high}, the median at "
        f"{middle}; of {unknown} of all films it is unknown.",
        f"De las {known} películas con {spanish}, la mitad central está entre {low} y {high}, con mediana de {middle}; "
        f"del {unknown} de todas las películas no se conoce.",
    )


def distribution_note(rows: Rows, say: Language) -> str:
    row = rows[0]
    shown = sum(bin_row["movie_count"] for bin_row in rows)
    zero = 0 if row["scale"] == "linear" else row["zero_movie_count"]
    beyond = say.count(row["known_movie_count"] - zero - shown)
    zeros = say.count(row["zero_movie_count"])
    unknown = say.count(row["unknown_movie_count"])
    text = say(
        f"Not drawn: {unknown} films of which it is unknown, {beyond} beyond the axis (maximum "
        f"{say.measured(row['measure'], row['maximum_value'])})",
        f"No se dibujan {unknown} películas de las que no se conoce ni {beyond} más allá del eje (máximo "
        f"{say.measured(row['measure'], row['maximum_value'])})",
    )
    if row["scale"] == "linear" or row["skewness_coefficient"] is None:
        return f"{text}."
    skews = [say.decimal(row[f"{prefix}skewness_coefficient"], 1) for prefix in ("", "scaled_")]
    return text + say(
        f", {zeros} at 0. The axis is logarithmic: skewness {skews[0]} becomes {skews[1]}.",
        f", ni {zeros} con 0. El eje es logarítmico: la asimetría pasa de {skews[0]} a {skews[1]}.",
    )


def known_facts(rows: Rows, say: Language) -> str:
    least = min(rows, key=lambda row: row["known_movie_share"])
    missing = [row for row in rows if row["known_movie_share"] < 0.5]
    fact, share = name(FACTS, least["fact"], say), say.share(least["known_movie_share"])
    return say(
        f"Least is known of each film's {fact} ({share} of the films); {len(missing)} of {len(rows)} facts are known of "
        "less than half of them.",
        f"Lo que menos se conoce es: {fact} ({share} de las películas); {len(missing)} de {len(rows)} datos se conocen de "
        "menos de la mitad.",
    )


def known_by_decade(rows: Rows, say: Language) -> str:
    first, last = trend_decades(rows, "movie_count")
    shares = {(row["fact"], row["release_decade"]): row["known_movie_share"] for row in rows}
    facts = sorted({row["fact"] for row in rows})
    fact = max(facts, key=lambda fact: abs(shares[fact, last] - shares[fact, first]))
    was, became = say.share(shares[fact, first]), say.share(shares[fact, last])
    label = name(FACTS, fact, say)
    return say(
        f"From the {first}s to the {last}s, what is known changed most for {label}: from {was} to {became} of the films.",
        f"De la década de {first} a la de {last}, lo que más cambió es cuánto se conoce de: {label}, del {was} al {became} "
        "de las películas.",
    )


def trend_decades(rows: Rows, count: str) -> tuple[int, int]:
    """The first and the last decade that have films enough; with none, the largest one twice."""
    films = {row["release_decade"]: row[count] for row in rows}
    enough = [decade for decade, number in films.items() if number >= ENOUGH_OF_ALL * sum(films.values())]
    return min(enough), max(enough)


def oddities(rows: Rows, say: Language) -> str:
    total = say.count(sum(row["movie_count"] for row in rows))
    first = rows[0]
    what = f"{name(MEASURES, first['measure'], say)} {name(RULES, first['rule'], say)}"
    number = say.count(first["movie_count"])
    return say(
        f"{total} values deserve a look before they are believed; most of one kind, {number}, are {what}.",
        f"{total} valores merecen una mirada antes de creerlos; los más de una clase, {number}, son: {what}.",
    )


def releases_by_year(rows: Rows, say: Language) -> str:
    totals = by_period(rows, "release_year")
    peak = max(totals, key=lambda year: (sum(totals[year].values()), year))
    films = sum(sum(kinds.values()) for kinds in totals.values())
    placeholders = sum(kinds["placeholder"] for kinds in totals.values())
    most, share = say.count(sum(totals[peak].values())), say.share(placeholders / films)
    return say(
        f"Most films came out in {peak} ({most}); of {share} of all {say.count(films)} only the year is known.",
        f"El año con más estrenos es {peak} ({most}); del {share} de las {say.count(films)} películas solo se conoce el año.",
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
    first, placeholders = say.count(sum(totals[leader].values())), say.count(totals[leader]["placeholder"])
    second = say.count(totals[dated_leader]["dated"])
    one, other = say(leader.capitalize(), leader), say(dated_leader.capitalize(), dated_leader)
    if leader != dated_leader:
        return say(
            f"{one} leads with {first} films only because TMDB writes 1 January where just the year is known, "
            f"{placeholders} times here; of films whose day is known, most came out in {other} ({second}).",
            f"{one.capitalize()} lidera con {first} películas solo porque TMDB escribe 1 de enero cuando no se conoce más "
            f"que el año, {placeholders} veces aquí; de las que tienen día conocido, la mayoría se estrenó en {other} "
            f"({second}).",
        )
    return say(
        f"{one} leads with {first} films, and still does with {second} if only films whose day is known count.",
        f"{one.capitalize()} lidera con {first} películas, y también con {second} si solo cuentan las de día conocido.",
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
    what, total = name(GROUPINGS, grouping, say), say.count(rows[0]["total_movie_count"])
    return say(
        f"{names[0]} is the most frequent {what} ({total} films); from the {first}s to the {last}s, {changed} changed "
        f"most, from {was} to {became} of the films.",
        f"{names[0]} es el {what} más frecuente ({total} películas); de la década de {first} a la de {last}, lo que más "
        f"cambió es {changed}: del {was} al {became} de las películas.",
    )


def joint_distribution(rows: Rows, say: Language) -> str:
    row = rows[0]
    return association(row, row["both_movie_count"], say)


def association(row: Row, films: int, say: Language) -> str:
    """How strongly two measures rise together, by Spearman's coefficient."""
    coefficient = row["spearman_coefficient"] or 0.0
    one, other = (name(MEASURES, row[key], say) for key in ("measure", "other_measure"))
    written, number = say.decimal(coefficient, 2), say.count(films)
    for least, english, spanish in STRENGTHS:
        if abs(coefficient) >= least:
            direction = (
                say("in opposite directions", "en sentido contrario") if coefficient < 0 else say("together", "juntos")
            )
            return say(
                f"{one.capitalize()} and {other} move {english} {direction}: Spearman's correlation is {written} over "
                f"{number} films.",
                f"{one.capitalize()} y {other} se mueven {spanish} {direction}: la correlación de Spearman es {written} "
                f"sobre {number} películas.",
            )
    return say(
        f"{one.capitalize()} and {other} have next to nothing to do with each other: Spearman's correlation is {written} "
        f"over {number} films.",
        f"{one.capitalize()} y {other} casi no tienen que ver: la correlación de Spearman es {written} sobre {number} "
        "películas.",
    )


def correlations(rows: Rows, say: Language) -> str:
    strongest = max(rows, key=lambda row: abs(row["spearman_coefficient"] or 0))
    return association(strongest, strongest["movie_count"], say) + say(
        " No other pair is closer.", " Ningún otro par está más cerca."
    )


def weighted_ratings(rows: Rows, say: Language) -> str:
    first = rows[0]
    film = f"{first['title']} ({first['release_year']})"
    weighted, plain = say.decimal(first["weighted_vote_mean"], 2), say.decimal(first["tmdb_vote_mean"], 1)
    votes, prior = say.count(first["tmdb_vote_count"]), say.count(first["prior_vote_count"])
    mean = say.decimal(first["prior_vote_mean"], 2)
    return say(
        f"{film} leads with a weighted mean of {weighted}: {votes} votes of {plain}, and {prior} more at the mean of all "
        f"films, {mean}.",
        f"{film} lidera con una media ponderada de {weighted}: {votes} votos de {plain}, y {prior} más con la media de "
        f"todas, {mean}.",
    )


def returns(rows: Rows, say: Language) -> str:
    best = max(rows, key=lambda row: row["median_return_ratio"])
    worst = min(rows, key=lambda row: row["median_return_ratio"])
    one, other = described_return(best, say), described_return(worst, say)
    if best is worst:
        return say(f"The median return is that of {one}.", f"El retorno mediano es el de {one}.")
    is_apart = (best["lower_return_ratio"] or 0) > (worst["upper_return_ratio"] or float("inf"))
    doubt = (
        say("their intervals do not overlap", "sus intervalos no se solapan")
        if is_apart
        else say("their intervals overlap, so it may be chance", "sus intervalos se solapan: puede ser azar")
    )
    return say(
        f"The highest median return is that of {one}, the lowest that of {other}; {doubt}.",
        f"El retorno mediano más alto es el de {one}; el más bajo, el de {other}; {doubt}.",
    )


def described_return(row: Row, say: Language) -> str:
    median, films = say.ratio(row["median_return_ratio"]), say.count(row["movie_count"])
    return say(
        f"{group_label(row, say)} ({median}, {films} films)", f"{group_label(row, say)} ({median}, {films} películas)"
    )


def words(rows: Rows, say: Language) -> str:
    said = [f"“{row['word']}” ({say.count(row['movie_count'])})" for row in rows[:3]]
    kind = rows[0]["text_source"]
    where = say("titles", "títulos") if kind == "title" else say("overviews", "sinopsis")
    return say(
        f"The words that most {where} have are {say.listed(said)}.",
        f"Las palabras que más {where} tienen son {say.listed(said)}.",
    )


def people_together(rows: Rows, say: Language) -> str:
    first = rows[0]
    pair = say.listed([first["person_name"], first["other_person_name"]])
    films, pairs = say.count(first["movie_count"]), say.count(first["pair_count"])
    years = f"{first['first_release_year']}–{first['last_release_year']}"
    if first["relation"] == "costars":
        return say(
            f"{pair} lead {films} films together ({years}), more than any other two; {pairs} pairs have three or more.",
            f"{pair} encabezan juntos {films} películas ({years}), más que nadie; {pairs} pares tienen tres o más.",
        )
    return say(
        f"{first['person_name']} cast {first['other_person_name']} in {films} films ({years}), more than any other "
        f"director did an actor; {pairs} such pairs have three or more.",
        f"{first['person_name']} dirigió a {first['other_person_name']} en {films} películas ({years}), más que nadie a "
        f"nadie; {pairs} de esos pares tienen tres o más.",
    )


def rejected_rows(rows: Rows, say: Language) -> str:
    rejected = sum(row["row_count"] for row in rows)
    first = rows[0]
    read = first["total_rows_read"]
    source, reason = name(SOURCES, first["source_name"], say), name(REASONS, first["reason"], say)
    most, share = say.count(first["row_count"]), say.share(rejected / read)
    return say(
        f"Of {say.count(read)} raw rows, {say.count(rejected)} ({share}) are in no table; most, {most}, are {source}: "
        f"{reason}.",
        f"De {say.count(read)} filas crudas, {say.count(rejected)} ({share}) no están en ninguna tabla; las más, {most}, "
        f"son {source}: {reason}.",
    )


def unreadable_cells(rows: Rows, say: Language) -> str:
    total, first = sum(row["cell_count"] for row in rows), rows[0]
    column, number = first["column_name"], say.count(first["cell_count"])
    return say(
        f"{say.count(total)} cells of kept rows could not be read; most, {number}, stand in the column {column}.",
        f"{say.count(total)} celdas de filas conservadas no se pudieron leer; las más, {number}, están en la columna "
        f"{column}.",
    )
