"""Findings about distributions."""

from eda.language import Language
from eda.queries import Row, Rows

KNOWN = {
    "budget_usd": ("budget", "presupuesto conocido"),
    "revenue_usd": ("revenue", "recaudación conocida"),
    "return_ratio": ("return", "retorno conocido"),
    "runtime_minutes": ("running time", "duración conocida"),
    "tmdb_vote_count": ("number of votes", "cantidad de votos conocida"),
    "tmdb_vote_mean": ("mean vote", "puntaje medio"),
    "tmdb_popularity": ("popularity", "popularidad conocida"),
}


def distribution(rows: Rows, language: Language) -> str:
    row = rows[0]
    measure = row["measure"]
    english, spanish = KNOWN[measure]
    shown_count = row["known_movie_count"] - off_scale_count(row)
    if off_scale_count(row):
        english, spanish = f"{english} above 0", f"{spanish} y mayor que 0"
    known = language.films(shown_count)
    low, middle, high = (
        language.format_measure(measure, row[f"{part}_value"])
        for part in ("first_quartile", "median", "third_quartile")
    )
    sentence = language(
        f"For {known} with a known {english}, the median is {middle} and the middle half is between {low} and {high}",
        f"Hay {known} con {spanish}: la mediana es {middle} y la mitad central está entre {low} y {high}",
    )
    if not row["unknown_movie_count"]:
        return f"{sentence}."
    unknown = language.share(row["unknown_movie_count"] / row["all_movie_count"])
    return sentence + language(f"; it is unknown for {unknown} of all films.", f"; falta en el {unknown} del total.")


def off_scale_count(row: Row) -> int:
    """Return the number of films with value 0, which a logarithmic axis cannot show."""
    return 0 if row["scale"] == "linear" else int(row["zero_movie_count"])


def distribution_note(rows: Rows, language: Language) -> str:
    """Describe what the drawing omits, and the effect of its scale on the skewness."""
    row = rows[0]
    shown = sum(bin_row["movie_count"] for bin_row in rows)
    maximum = language.format_measure(row["measure"], row["maximum_value"])
    omitted = (
        (row["unknown_movie_count"], "with unknown value", "sin dato"),
        (row["known_movie_count"] - off_scale_count(row) - shown, "beyond the axis", "más allá del eje"),
        (off_scale_count(row), "with value 0", "con valor 0"),
    )
    parts = [f"{language.films(films)} {language(english, spanish)}" for films, english, spanish in omitted if films]
    sentences = (
        [language(f"Not shown: {language.join_names(parts)}.", f"No se muestran: {language.join_names(parts)}.")]
        if parts
        else []
    )
    sentences.append(language(f"The maximum is {maximum}.", f"El máximo es {maximum}."))
    if row["scale"] != "linear" and row["skewness_coefficient"] is not None:
        skew, scaled = (language.fixed(row[f"{prefix}skewness_coefficient"], 1) for prefix in ("", "scaled_"))
        sentences.append(
            language(
                f"The logarithmic axis reduces the skewness from {skew} to {scaled}.",
                f"Con el eje logarítmico, la asimetría pasa de {skew} a {scaled}.",
            )
        )
    return " ".join(sentences)
