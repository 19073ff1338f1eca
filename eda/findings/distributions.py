"""Findings about distributions."""

from eda.labels import KNOWN_VALUES
from eda.language import Language
from eda.queries import Row, Rows


def distribution(rows: Rows, language: Language) -> str:
    row = rows[0]
    low, median, high = (
        language.format_measure(row["measure"], row[f"{part}_value"])
        for part in ("first_quartile", "median", "third_quartile")
    )
    known = language(KNOWN_VALUES[row["measure"]])
    if off_scale_count(row):
        known = language("{known} above 0", known=known)
    sentence = language(
        "For {films} with a {known}, the median is {median} and the middle half is between {low} and {high}",
        films=language.films(row["known_movie_count"] - off_scale_count(row)),
        known=known,
        median=median,
        low=low,
        high=high,
    )
    if not row["unknown_movie_count"]:
        return f"{sentence}."
    unknown = language.share(row["unknown_movie_count"] / row["all_movie_count"])
    return sentence + language("; it is unknown for {share} of all films.", share=unknown)


def off_scale_count(row: Row) -> int:
    """Return the number of films with value 0, which a logarithmic axis cannot show."""
    return 0 if row["scale"] == "linear" else int(row["zero_movie_count"])


def distribution_note(rows: Rows, language: Language) -> str:
    """Describe what the drawing omits, and the effect of its scale on the skewness."""
    row = rows[0]
    shown = sum(bin_row["movie_count"] for bin_row in rows)
    omitted = {
        language("with unknown value"): row["unknown_movie_count"],
        language("beyond the axis"): row["known_movie_count"] - off_scale_count(row) - shown,
        language("with value 0"): off_scale_count(row),
    }
    parts = [f"{language.films(films)} {reason}" for reason, films in omitted.items() if films]
    sentences = [language("Not shown: {films}.", films=language.join_names(parts))] if parts else []
    maximum = language.format_measure(row["measure"], row["maximum_value"])
    sentences.append(language("The maximum is {maximum}.", maximum=maximum))
    if row["scale"] != "linear" and row["skewness_coefficient"] is not None:
        sentences.append(
            language(
                "The logarithmic axis reduces the skewness from {skewness} to {scaled}.",
                skewness=language.fixed(row["skewness_coefficient"], 1),
                scaled=language.fixed(row["scaled_skewness_coefficient"], 1),
            )
        )
    return " ".join(sentences)
