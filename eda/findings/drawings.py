"""Words, and people who work together."""

from eda.language import Language
from eda.reading import Rows


def words(rows: Rows, say: Language) -> str:
    said = [say(f"“{row['word']}”", f"«{row['word']}»") + f" ({say.count(row['movie_count'])})" for row in rows[:3]]
    is_title = rows[0]["text_source"] == "title"
    where = say("titles", "los títulos") if is_title else say("overviews", "las sinopsis")
    which = "cuántos" if is_title else "cuántas"
    return say(
        f"The most frequent words of {where}, by how many have them: {say.listed(said)}.",
        f"Las palabras más frecuentes de {where}, por {which} las llevan: {say.listed(said)}.",
    )


def people_together(rows: Rows, say: Language) -> str:
    first = rows[0]
    pair = say.listed([first["person_name"], first["other_person_name"]])
    films, pairs = say.films(first["movie_count"]), say.counted(first["pair_count"], "pair", "par")
    years = f"{first['first_release_year']}–{first['last_release_year']}"
    is_tied = any(row["movie_count"] == first["movie_count"] for row in rows[1:])
    most = say("and no pair has more", "y ningún par tiene más") if is_tied else say("the most of all", "más que nadie")
    if first["relation"] == "costars":
        return say(
            f"{pair} lead {films} together ({years}), {most}; {pairs} made three or more.",
            f"{pair} encabezan juntos {films} ({years}), {most}; hay {pairs} con tres o más.",
        )
    return say(
        f"{first['person_name']} directed {first['other_person_name']} in {films} ({years}), {most}; {pairs} "
        "made three or more.",
        f"{first['person_name']} dirigió a {first['other_person_name']} en {films} ({years}), {most}; "
        f"hay {pairs} con tres o más.",
    )


def network_note(rows: Rows, say: Language) -> str:
    shown = say.count(len(rows))
    text = say(
        f"The {shown} pairs with most films; the wider the line, the more.",
        f"Los {shown} pares con más películas; cuanto más ancha la línea, más son.",
    )
    if rows[0]["relation"] == "costars":
        return text
    return text + say(" Orange: who directs; blue: who acts.", " Naranja: quien dirige; azul: quien actúa.")
