"""Findings about known facts, suspicious values and rejected data."""

from eda.findings.trends import find_trend_decades
from eda.labels import FACTS, MEASURES, REASONS, RULES, SOURCES, translate
from eda.language import Language
from eda.queries import Rows


def known_facts(rows: Rows, language: Language) -> str:
    least = min(rows, key=lambda row: row["known_movie_share"])
    missing = [row for row in rows if row["known_movie_share"] < 0.5]
    fact, share = translate(FACTS, least["fact"], language), language.share(least["known_movie_share"])
    return language(
        f"The least known fact is the {fact}, available for {share} of the films; {len(missing)} of {len(rows)} facts "
        f"{'is' if len(missing) == 1 else 'are'} available for less than half of them.",
        f"El dato menos disponible es «{fact}»: lo tiene el {share} de las películas. {len(missing)} de los "
        f"{len(rows)} "
        f"datos {'falta' if len(missing) == 1 else 'faltan'} en más de la mitad.",
    )


def known_by_decade(rows: Rows, language: Language) -> str:
    first, last = find_trend_decades(rows, "movie_count")
    shares = {(row["fact"], row["release_decade"]): row["known_movie_share"] for row in rows}
    facts = sorted({row["fact"] for row in rows})
    fact = max(facts, key=lambda fact: abs(shares[fact, last] - shares[fact, first]))
    was, became = language.share(shares[fact, first]), language.share(shares[fact, last])
    label = translate(FACTS, fact, language)
    return language(
        f"From the {first}s to the {last}s, availability changed most for the {label}: from {was} to {became} of the "
        "films.",
        f"Entre las décadas de {first} y {last}, el dato cuya disponibilidad más cambió es «{label}»: del {was} al "
        f"{became} de las películas.",
    )


def oddities(rows: Rows, language: Language) -> str:
    total = language.pluralize(sum(row["movie_count"] for row in rows), "value", "valor")
    first = rows[0]
    what = f"{translate(MEASURES, first['measure'], language)}, {translate(RULES, first['rule'], language)}"
    number = language.count(first["movie_count"])
    return language(
        f"{total} should be checked before using the data. Most frequent: {what} ({number}).",
        f"Conviene revisar {total} antes de usar los datos. El caso más frecuente: {what} ({number}).",
    )


def rejected_rows(rows: Rows, language: Language) -> str:
    rejected = sum(row["row_count"] for row in rows)
    first = rows[0]
    read = first["total_rows_read"]
    source, reason = translate(SOURCES, first["source_name"], language), translate(REASONS, first["reason"], language)
    most, share = language.count(first["row_count"]), language.share(rejected / read)
    return language(
        f"{language.count(rejected)} of {language.count(read)} raw rows were rejected ({share}). The most frequent "
        f"reason: {reason}, in {source} ({most}).",
        f"Se rechazaron {language.count(rejected)} de {language.count(read)} filas originales ({share}). El motivo más "
        f"frecuente: {reason}, en {source} ({most}).",
    )


def unreadable_cells(rows: Rows, language: Language) -> str:
    total, first = sum(row["cell_count"] for row in rows), rows[0]
    column, number = first["column_name"], language.count(first["cell_count"])
    cells = language.pluralize(total, "cell", "celda")
    return language(
        f"{cells} of accepted rows could not be read, most of them in column {column} ({number}).",
        f"{cells} de las filas aceptadas no se pudieron leer, sobre todo en la columna {column} ({number}).",
    )
