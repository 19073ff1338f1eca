"""How a measure is distributed."""

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


def distribution(rows: Rows, say: Language) -> str:
    row = rows[0]
    measure = row["measure"]
    english, spanish = KNOWN[measure]
    placed = row["known_movie_count"] - unplaced(row)
    if unplaced(row):
        english, spanish = f"{english} above 0", f"{spanish} y mayor que 0"
    known = say.films(placed)
    low, middle, high = (
        say.measured(measure, row[f"{part}_value"]) for part in ("first_quartile", "median", "third_quartile")
    )
    lies = say(
        f"Of the {known} with a known {english}, the middle half lies between {low} and {high}, the median at {middle}",
        f"Hay {known} con {spanish}; la mitad central está entre {low} y {high}, con mediana de {middle}",
    )
    if not row["unknown_movie_count"]:
        return f"{lies}."
    unknown = say.share(row["unknown_movie_count"] / row["all_movie_count"])
    return lies + say(f"; of {unknown} of all films it is unknown.", f"; del {unknown} del total no se conoce.")


def unplaced(row: Row) -> int:
    """Films of which it is known to be 0, where that has no place on the scale."""
    return 0 if row["scale"] == "linear" else int(row["zero_movie_count"])


def distribution_note(rows: Rows, say: Language) -> str:
    """What the drawing leaves out, and what its scale does to the skew."""
    row = rows[0]
    shown = sum(bin_row["movie_count"] for bin_row in rows)
    maximum = say.measured(row["measure"], row["maximum_value"])
    left_out = (
        (row["unknown_movie_count"], "of which it is unknown", "de las que no se conoce"),
        (row["known_movie_count"] - unplaced(row) - shown, "beyond the axis", "más allá del eje"),
        (unplaced(row), "at 0", "con 0"),
    )
    parts = [f"{say.films(films)} {say(english, spanish)}" for films, english, spanish in left_out if films]
    said = [say(f"Not drawn: {say.listed(parts)}.", f"No se dibujan: {say.listed(parts)}.")] if parts else []
    said.append(say(f"The maximum is {maximum}.", f"El máximo es {maximum}."))
    if row["scale"] != "linear" and row["skewness_coefficient"] is not None:
        skew, scaled = (say.fixed(row[f"{prefix}skewness_coefficient"], 1) for prefix in ("", "scaled_"))
        said.append(
            say(
                f"The axis is logarithmic: skewness {skew} becomes {scaled}.",
                f"El eje es logarítmico: la asimetría pasa de {skew} a {scaled}.",
            )
        )
    return " ".join(said)
