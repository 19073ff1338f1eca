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
    known = say.count(placed)
    low, middle, high = (
        say.measured(measure, row[f"{part}_value"]) for part in ("first_quartile", "median", "third_quartile")
    )
    lies = say(
        f"Of the {known} films with a known {english}, the middle half lies between {low} and {high}, the median at "
        f"{middle}",
        f"De las {known} películas con {spanish}, la mitad central está entre {low} y {high}, con mediana de {middle}",
    )
    if not row["unknown_movie_count"]:
        return f"{lies}."
    unknown = say.share(row["unknown_movie_count"] / row["all_movie_count"])
    return lies + say(f"; of {unknown} of all films it is unknown.", f"; del {unknown} del total no se conoce.")


def unplaced(row: Row) -> int:
    """Films of which it is known to be 0, where that has no place on the scale."""
    return 0 if row["scale"] == "linear" else int(row["zero_movie_count"])


def distribution_note(rows: Rows, say: Language) -> str:
    row = rows[0]
    shown = sum(bin_row["movie_count"] for bin_row in rows)
    beyond = say.count(row["known_movie_count"] - unplaced(row) - shown)
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
