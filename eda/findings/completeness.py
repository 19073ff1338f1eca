"""What is known of films, what looks wrong and what was rejected."""

from eda.findings.trends import trend_decades
from eda.labels import FACTS, MEASURES, REASONS, RULES, SOURCES, name
from eda.language import Language
from eda.reading import Rows


def known_facts(rows: Rows, say: Language) -> str:
    least = min(rows, key=lambda row: row["known_movie_share"])
    missing = [row for row in rows if row["known_movie_share"] < 0.5]
    fact, share = name(FACTS, least["fact"], say), say.share(least["known_movie_share"])
    return say(
        f"Least often known is a film's {fact} ({share} of the films); of {len(rows)} facts, {len(missing)} "
        f"{'is' if len(missing) == 1 else 'are'} known of less than half of them.",
        f"Lo que menos se conoce es: {fact} ({share} de las películas); de {len(rows)} datos, {len(missing)} se "
        f"{'conoce' if len(missing) == 1 else 'conocen'} de menos de la mitad.",
    )


def known_by_decade(rows: Rows, say: Language) -> str:
    first, last = trend_decades(rows, "movie_count")
    shares = {(row["fact"], row["release_decade"]): row["known_movie_share"] for row in rows}
    facts = sorted({row["fact"] for row in rows})
    fact = max(facts, key=lambda fact: abs(shares[fact, last] - shares[fact, first]))
    was, became = say.share(shares[fact, first]), say.share(shares[fact, last])
    label = name(FACTS, fact, say)
    return say(
        f"From the {first}s to the {last}s, what is known changed most for the {label}: from {was} to {became} of the "
        "films.",
        f"De la década de {first} a la de {last}, lo que más cambió es cuánto se conoce de: {label}, del {was} al "
        f"{became} de las películas.",
    )


def oddities(rows: Rows, say: Language) -> str:
    total = say.counted(sum(row["movie_count"] for row in rows), "value", "valor")
    first = rows[0]
    what = f"{name(MEASURES, first['measure'], say)}, {name(RULES, first['rule'], say)}"
    number = say.count(first["movie_count"])
    return say(
        f"{total} should be checked before the data are used; the most frequent oddity: {what} ({number}).",
        f"Conviene revisar {total} antes de usar los datos; la rareza más frecuente: {what} ({number}).",
    )


def rejected_rows(rows: Rows, say: Language) -> str:
    rejected = sum(row["row_count"] for row in rows)
    first = rows[0]
    read = first["total_rows_read"]
    source, reason = name(SOURCES, first["source_name"], say), name(REASONS, first["reason"], say)
    most, share = say.count(first["row_count"]), say.share(rejected / read)
    return say(
        f"Rejected: {say.count(rejected)} of {say.count(read)} raw rows ({share}); the most frequent reason: {reason}, "
        f"in {source} ({most}).",
        f"Rechazadas: {say.count(rejected)} de {say.count(read)} filas crudas ({share}); el motivo más frecuente: "
        f"{reason}, en {source} ({most}).",
    )


def unreadable_cells(rows: Rows, say: Language) -> str:
    total, first = sum(row["cell_count"] for row in rows), rows[0]
    column, number = first["column_name"], say.count(first["cell_count"])
    cells = say.counted(total, "cell", "celda")
    return say(
        f"{cells} of kept rows could not be read; most in the column {column} ({number}).",
        f"Ilegibles en las filas conservadas: {cells}; donde más, en la columna {column} ({number}).",
    )
