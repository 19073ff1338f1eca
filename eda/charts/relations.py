"""Relations between measures: joint distributions and correlations."""

from collections import Counter
from functools import partial
from typing import Any

import altair as alt

from eda.charts.style import ACCENT, SECOND, Drawing, chart, layers, measure_position, shades, tooltip
from eda.language import LABELS, ReportLanguage
from eda.queries import Row, Rows

SCALES = {"budget_usd": "log10", "revenue_usd": "log10", "tmdb_vote_count": "log2", "tmdb_vote_mean": "linear"}
MIN_BIN_SHARE = 0.002
"""Minimum share of the films in the outermost rows and columns of bins; the axes end there."""
SIDE, NARROW_SIDE = 76, 32
"""Size of a cell in pixels, on wide screens and on phones."""


def draw_joint_distribution(rows: Rows, language: ReportLanguage) -> Drawing:
    """Draw the number of films in pairs of bins, and a line of equality if both measures are in dollars."""
    measure, other = rows[0]["measure"], rows[0]["other_measure"]
    x_domain, y_domain = limit(rows, ""), limit(rows, "other_")
    x = alt.X("from_value:Q", **measure_position(measure, SCALES[measure], x_domain, language))
    y = alt.Y("other_from_value:Q", **measure_position(other, SCALES[other], y_domain, language))
    shown = [
        row
        for row in rows
        if x_domain[0] <= row["from_value"] < x_domain[1] and y_domain[0] <= row["other_from_value"] < y_domain[1]
    ]
    cells = (
        chart(shown)
        .mark_rect(color=ACCENT, clip=True)
        .encode(
            x=x,
            x2="to_value:Q",
            y=y,
            y2="other_to_value:Q",
            opacity=shades("movie_count:Q", kind="log"),
            tooltip=[
                alt.Tooltip("from_value:Q", title=language.label(measure), format=",.3~s"),
                alt.Tooltip("other_from_value:Q", title=language.label(other), format=",.3~s"),
                alt.Tooltip("movie_count:Q", title=language("films"), format=","),
            ],
        )
    )
    if not (measure.endswith("_usd") and other.endswith("_usd")):
        return layers(cells, height=360)
    low, high = max(x_domain[0], y_domain[0]), min(x_domain[1], y_domain[1])
    line = chart([{"at": low}, {"at": high}]).mark_line(color=SECOND, strokeWidth=2, strokeDash=[6, 4], clip=True)
    return layers(cells, line.encode(x="at:Q", y="at:Q"), height=420)


def limit(rows: Rows, prefix: str) -> tuple[float, float]:
    """Return the limits of the bins of a measure that hold at least `MIN_BIN_SHARE` of the films."""
    counts: Counter[tuple[float, float]] = Counter()
    for row in rows:
        counts[row[f"{prefix}from_value"], row[f"{prefix}to_value"]] += row["movie_count"]
    kept = [edges for edges, count in counts.items() if count >= MIN_BIN_SHARE * counts.total()]
    return min(low for low, _ in kept), max(high for _, high in kept)


def draw_correlations(rows: Rows, language: ReportLanguage, side: int = SIDE) -> Drawing:
    """Draw a matrix with Spearman's coefficients above the diagonal and Pearson's below.

    Narrow cells show the coefficients without the number of films, and have vertical headings.
    """
    measures = sorted({row["measure"] for row in rows} | {row["other_measure"] for row in rows}, key=list(LABELS).index)
    place = {measure: number for number, measure in enumerate(measures)}
    labels = [language.label(measure) for measure in measures]
    cells = [cell for row in rows for cell in pair_cells(row, place, labels, language)]
    is_wide = side == SIDE
    top = alt.Axis(title=None, orient="top", labelAngle=0 if is_wide else -90, domain=False)
    base = chart(cells).encode(
        x=alt.X("x:O", scale=alt.Scale(domain=labels), axis=top),
        y=alt.Y("y:O", scale=alt.Scale(domain=labels), axis=alt.Axis(title=None, domain=False)),
        tooltip=tooltip(language, "y", "x", "method", "coefficient", "movie_count"),
    )
    squares = base.mark_rect(stroke="white", strokeOpacity=0.15).encode(
        color=alt.Color("sign:N", scale=alt.Scale(domain=["+", "-"], range=[ACCENT, SECOND]), legend=None),
        opacity=shades("strength:Q", most=1),
    )
    size = side * len(measures)
    if not is_wide:
        return layers(squares, base.mark_text(fontSize=10).encode(text="coefficient:N"), width=size, height=size)
    coefficients = base.mark_text(fontSize=14, dy=-4).encode(text="coefficient:N")
    counts = base.mark_text(fontSize=9.5, dy=12).encode(text="small:N")
    return layers(squares, coefficients, counts, width=size, height=size * 0.64)


def pair_cells(row: Row, place: dict[str, int], labels: list[str], language: ReportLanguage) -> list[dict[str, Any]]:
    """Return the cells of a pair of measures, without those whose coefficient is undefined."""
    first, second = sorted((place[row["measure"]], place[row["other_measure"]]))
    found = [
        ("Spearman", row["spearman_coefficient"], second, first),
        ("Pearson", row["pearson_coefficient"], first, second),
    ]
    return [
        {
            "method": method,
            "x": labels[across],
            "y": labels[down],
            "movie_count": row["movie_count"],
            "strength": abs(coefficient),
            "sign": "-" if coefficient < 0 else "+",
            "coefficient": language.fixed(coefficient, 2),
            "small": f"n {language.count(row['movie_count'])}",
        }
        for method, coefficient, across, down in found
        if coefficient is not None
    ]


def describe_joint_distribution(rows: Rows, language: ReportLanguage) -> str:
    return describe_correlation(rows[0], rows[0]["both_movie_count"], language)


def note_joint_distribution(rows: Rows, language: ReportLanguage) -> str:
    text = language(
        "Stronger colors mean more films. Rows and columns at the edges with less than {share} of them are not shown.",
        share=language.share(MIN_BIN_SHARE),
    )
    if not rows[0]["other_measure"].endswith("_usd"):
        return text
    return text + language(" On the dashed line, revenue equals budget.")


def describe_correlation(row: Row, films: int, language: ReportLanguage) -> str:
    """Describe the correlation of two measures by Spearman's coefficient."""
    coefficient = row["spearman_coefficient"] or 0.0
    values = {
        "measure": language.label(row["measure"]).capitalize(),
        "other": language.label(row["other_measure"]),
        "coefficient": language.fixed(coefficient, 2),
        "films": language.films(films),
    }
    if abs(coefficient) < 0.1:
        return language(
            "{measure} and {other} are practically uncorrelated: Spearman's coefficient is {coefficient} for {films}.",
            **values,
        )
    strength = language("weak")
    if abs(coefficient) >= 0.3:
        strength = language("strong") if abs(coefficient) >= 0.6 else language("moderate")
    return language(
        "{measure} and {other} have a {strength} {sign} correlation: Spearman's coefficient is {coefficient} for "
        "{films}.",
        strength=strength,
        sign=language("negative") if coefficient < 0 else language("positive"),
        **values,
    )


def describe_correlations(rows: Rows, language: ReportLanguage) -> str:
    strongest = max(rows, key=lambda row: abs(row["spearman_coefficient"] or 0))
    return describe_correlation(strongest, strongest["movie_count"], language) + language(
        " This is the strongest correlation."
    )


def note_correlations(_rows: Rows, language: ReportLanguage) -> str:
    return language(
        "Above the diagonal: Spearman's coefficient (of ranks); below: Pearson's (of values). n is the number of films "
        "with both values. Budgets below 1,000 USD are ignored."
    )


draw_correlations_narrow = partial(draw_correlations, side=NARROW_SIDE)
