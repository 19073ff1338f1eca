"""Words, and people who work together."""

from eda.language import Language
from eda.reading import Rows


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
    is_tied = any(row["movie_count"] == first["movie_count"] for row in rows[1:])
    most = say("and no pair has more", "y ningún par tiene más") if is_tied else say("the most of all", "más que nadie")
    if first["relation"] == "costars":
        return say(
            f"{pair} lead {films} films together ({years}), {most}; {pairs} pairs have three or more.",
            f"{pair} encabezan juntos {films} películas ({years}), {most}; {pairs} pares tienen tres o más.",
        )
    return say(
        f"{first['person_name']} directed {first['other_person_name']} in {films} films ({years}), {most}; {pairs} "
        "such pairs have three or more.",
        f"{first['person_name']} dirigió a {first['other_person_name']} en {films} películas ({years}), {most}; "
        f"{pairs} de esos pares tienen tres o más.",
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
