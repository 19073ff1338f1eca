"""Findings about known facts, suspicious values and rejected data."""

from eda.findings.trends import decades_note, find_trend_decades
from eda.labels import translate_code
from eda.language import Language
from eda.queries import Rows

known_by_decade_note = decades_note


def known_facts(rows: Rows, language: Language) -> str:
    least = min(rows, key=lambda row: row["known_movie_share"])
    scarce = sum(row["known_movie_share"] < 0.5 for row in rows)
    first = language(
        "The least known fact is the {fact}, available for {share} of the films",
        fact=translate_code(least["fact"], language),
        share=language.share(least["known_movie_share"]),
    )
    if scarce == 1:
        return first + language("; 1 of {total} facts is available for less than half of them.", total=len(rows))
    return first + language(
        "; {number} of {total} facts are available for less than half of them.", number=scarce, total=len(rows)
    )


def known_by_decade(rows: Rows, language: Language) -> str:
    first, last = find_trend_decades(rows, "movie_count")
    shares = {(row["fact"], row["release_decade"]): row["known_movie_share"] for row in rows}
    facts = sorted({row["fact"] for row in rows})
    fact = max(facts, key=lambda fact: abs(shares[fact, last] - shares[fact, first]))
    return language(
        "From the {first}s to the {last}s, availability changed most for the {fact}: "
        "from {old_share} to {new_share} of the films.",
        first=first,
        last=last,
        fact=translate_code(fact, language),
        old_share=language.share(shares[fact, first]),
        new_share=language.share(shares[fact, last]),
    )


def oddities(rows: Rows, language: Language) -> str:
    first = rows[0]
    return language(
        "{values} should be checked before using the data. Most frequent: {measure}, {rule} ({number}).",
        values=language.pluralize(sum(row["movie_count"] for row in rows), "value"),
        measure=translate_code(first["measure"], language),
        rule=translate_code(first["rule"], language),
        number=language.count(first["movie_count"]),
    )


def rejected_rows(rows: Rows, language: Language) -> str:
    first, rejected = rows[0], sum(row["row_count"] for row in rows)
    read = first["total_rows_read"]
    return language(
        "{rejected} of {read} raw rows were rejected ({share}). "
        "The most frequent reason: {reason}, in {source} ({number}).",
        rejected=language.count(rejected),
        read=language.count(read),
        share=language.share(rejected / read),
        reason=translate_code(first["reason"], language),
        source=translate_code(first["source_name"], language),
        number=language.count(first["row_count"]),
    )


def unreadable_cells(rows: Rows, language: Language) -> str:
    return language(
        "{cells} of accepted rows could not be read, most of them in column {column} ({number}).",
        cells=language.pluralize(sum(row["cell_count"] for row in rows), "cell"),
        column=rows[0]["column_name"],
        number=language.count(rows[0]["cell_count"]),
    )
