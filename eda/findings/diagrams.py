"""Findings about words and collaborations."""

from eda.language import Language
from eda.queries import Rows


def words(rows: Rows, language: Language) -> str:
    most_frequent = [
        language(f"“{row['word']}”", f"«{row['word']}»") + f" ({language.count(row['movie_count'])})"
        for row in rows[:3]
    ]
    is_title = rows[0]["text_source"] == "title"
    where = language("titles", "los títulos") if is_title else language("overviews", "las sinopsis")
    return language(
        f"The most frequent words in {where}: {language.join_names(most_frequent)}.",
        f"Las palabras más frecuentes en {where}: {language.join_names(most_frequent)}.",
    )


def people_together(rows: Rows, language: Language) -> str:
    first = rows[0]
    pair = language.join_names([first["person_name"], first["other_person_name"]])
    films, pairs = language.films(first["movie_count"]), language.pluralize(first["pair_count"], "pair", "pareja")
    years = f"{first['first_release_year']}–{first['last_release_year']}"
    is_tied = any(row["movie_count"] == first["movie_count"] for row in rows[1:])
    most = (
        language("a number no pair exceeds", "número que ninguna otra pareja supera")
        if is_tied
        else language("more than any other pair", "más que ninguna otra pareja")
    )
    if first["relation"] == "costars":
        return language(
            f"{pair} star together in {films} ({years}), {most}; {pairs} share three or more.",
            f"{pair} protagonizan {films} juntos ({years}), {most}; {pairs} comparten tres o más.",
        )
    return language(
        f"{first['person_name']} directed {first['other_person_name']} in {films} ({years}), {most}; {pairs} "
        "share three or more.",
        f"{first['person_name']} dirigió a {first['other_person_name']} en {films} ({years}), {most}; "
        f"{pairs} comparten tres o más.",
    )


def people_together_note(rows: Rows, language: Language) -> str:
    shown = language.count(len(rows))
    text = language(
        f"The {shown} pairs with the most films; wider lines mean more films.",
        f"Las {shown} parejas con más películas; cuanto más ancha la línea, más películas.",
    )
    if rows[0]["relation"] == "costars":
        return text
    return text + language(" Orange: directors; blue: actors.", " Naranja: dirección; azul: interpretación.")
