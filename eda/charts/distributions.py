"""The distribution of a measure: histogram, smoothed curve and box plot."""

import altair as alt

from eda.charts.style import ACCENT, HEIGHT, SECOND, Drawing, chart, count_axis, layers, measure_position, tooltip
from eda.language import KNOWN_VALUES, ReportLanguage
from eda.queries import Row, Rows

BOX_TOP = 14
"""Center of the box plot, in pixels from the top."""
ROOM_FOR_BOX = 1.2


def draw_distribution(rows: Rows, language: ReportLanguage) -> Drawing:
    """Draw the bins, a curve of the smoothed counts, and above them a box plot with whiskers."""
    first = rows[0]
    domain = (first["from_value"], rows[-1]["to_value"])
    highest = max(max(row["movie_count"], row["smoothed_movie_count"]) for row in rows)
    x = alt.X("from_value:Q", **measure_position(first["measure"], first["scale"], domain, language))
    y = alt.Y("movie_count:Q", axis=count_axis(language("films")), scale=alt.Scale(domain=[0, highest * ROOM_FOR_BOX]))
    bars = chart(rows).mark_bar(color=ACCENT, opacity=0.55, x2Offset=-1, clip=True)
    curve = chart(rows).mark_line(color=SECOND, strokeWidth=2.5, interpolate="monotone", clip=True)
    shown = tooltip(language, "from_value", "to_value", "movie_count")
    box, top = chart(rows[:1]), alt.value(BOX_TOP)
    median = box.mark_point(shape="stroke", angle=90, size=260, strokeWidth=3, opacity=1, color=SECOND)
    return layers(
        bars.encode(x=x, x2="to_value:Q", y=y, y2=alt.datum(0), tooltip=shown),
        curve.encode(x=alt.X("middle_value:Q"), y=alt.Y("smoothed_movie_count:Q")),
        box.mark_rule(strokeWidth=1.5, clip=True).encode(
            x=alt.X("lower_whisker_value:Q"), x2="upper_whisker_value:Q", y=top
        ),
        box.mark_bar(height=14, color=ACCENT, clip=True).encode(
            x=alt.X("first_quartile_value:Q"), x2="third_quartile_value:Q", y=top
        ),
        median.encode(x=alt.X("median_value:Q"), y=top),
        height=HEIGHT - 40,
    )


def describe_distribution(rows: Rows, language: ReportLanguage) -> str:
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


def note_distribution(rows: Rows, language: ReportLanguage) -> str:
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
