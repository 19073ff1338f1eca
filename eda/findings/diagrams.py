"""Findings about words and collaborations."""

from eda.language import Language
from eda.queries import Rows


def words(rows: Rows, language: Language) -> str:
    frequent = [
        language("“{word}” ({number})", word=row["word"], number=language.count(row["movie_count"])) for row in rows[:3]
    ]
    listed = language.join_names(frequent)
    if rows[0]["text_source"] == "title":
        return language("The most frequent words in titles: {words}.", words=listed)
    return language("The most frequent words in overviews: {words}.", words=listed)


def people_together(rows: Rows, language: Language) -> str:
    first, films = rows[0], rows[0]["movie_count"]
    is_tied = any(row["movie_count"] == films for row in rows[1:])
    values = {
        "person": first["person_name"],
        "other": first["other_person_name"],
        "films": language.films(films),
        "years": f"{first['first_release_year']}–{first['last_release_year']}",
        "comparison": language("a number no pair exceeds") if is_tied else language("more than any other pair"),
        "pairs": language.pluralize(first["pair_count"], "pair"),
    }
    if first["relation"] == "costars":
        return language(
            "{person} and {other} star together in {films} ({years}), {comparison}; {pairs} share three or more.",
            **values,
        )
    return language(
        "{person} directed {other} in {films} ({years}), {comparison}; {pairs} share three or more.", **values
    )


def people_together_note(rows: Rows, language: Language) -> str:
    text = language(
        "The {number} pairs with the most films; wider lines mean more films.", number=language.count(len(rows))
    )
    return text if rows[0]["relation"] == "costars" else text + language(" Orange: directors; blue: actors.")
