"""Relations between measures: joint distributions and correlations."""

from functools import partial
from typing import Any

import altair as alt

from eda.charts.style import ACCENT, SECOND, Drawing, chart, layers, measure_position, shades, tooltip
from eda.labels import LABELS, translate_code
from eda.language import Language
from eda.queries import Row, Rows

SCALES = {"budget_usd": "log10", "revenue_usd": "log10", "tmdb_vote_count": "log2", "tmdb_vote_mean": "linear"}
MIN_BIN_SHARE = 0.002
"""Minimum share of the films in the outermost rows and columns of bins; the axes end there."""
SIDE, NARROW_SIDE = 76, 32
"""Size of a cell in pixels, on wide screens and on phones."""


def joint_distribution(rows: Rows, language: Language) -> Drawing:
    """Draw the number of films in pairs of bins, and a line of equality if both measures are in dollars."""
    measure, other = str(rows[0]["measure"]), str(rows[0]["other_measure"])
    x_domain, y_domain = domain(rows, "from_value", "to_value"), domain(rows, "other_from_value", "other_to_value")
    x = alt.X("from_value:Q", **measure_position(measure, SCALES[measure], x_domain, language))
    y = alt.Y("other_from_value:Q", **measure_position(other, SCALES[other], y_domain, language))
    shown = [row for row in rows if inside(row, "from_value", x_domain) and inside(row, "other_from_value", y_domain)]
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
                alt.Tooltip("from_value:Q", title=translate_code(measure, language), format=",.3~s"),
                alt.Tooltip("other_from_value:Q", title=translate_code(other, language), format=",.3~s"),
                alt.Tooltip("movie_count:Q", title=language("films"), format=","),
            ],
        )
    )
    if not (measure.endswith("_usd") and other.endswith("_usd")):
        return layers(cells, height=360)
    low, high = max(x_domain[0], y_domain[0]), min(x_domain[1], y_domain[1])
    line = chart([{"at": low}, {"at": high}]).mark_line(color=SECOND, strokeWidth=2, strokeDash=[6, 4], clip=True)
    return layers(cells, line.encode(x="at:Q", y="at:Q"), height=420)


def domain(rows: Rows, low: str, high: str) -> tuple[float, float]:
    """Return the limits of the bins that hold at least `MIN_BIN_SHARE` of the films."""
    total = sum(row["movie_count"] for row in rows)
    counts: dict[tuple[float, float], int] = {}
    for row in rows:
        edges = (row[low], row[high])
        counts[edges] = counts.get(edges, 0) + row["movie_count"]
    limits = [edges for edges, count in counts.items() if count >= MIN_BIN_SHARE * total]
    return min(edges[0] for edges in limits), max(edges[1] for edges in limits)


def inside(row: Row, low: str, limits: tuple[float, float]) -> bool:
    return bool(limits[0] <= row[low] < limits[1])


def correlations(rows: Rows, language: Language, side: int = SIDE) -> Drawing:
    """Draw a matrix with Spearman's coefficients above the diagonal and Pearson's below.

    Narrow cells show the coefficients without the number of films, and have vertical headings.
    """
    measures = sorted({row["measure"] for row in rows} | {row["other_measure"] for row in rows}, key=list(LABELS).index)
    place = {measure: number for number, measure in enumerate(measures)}
    labels = [translate_code(measure, language) for measure in measures]
    cells = [cell for row in rows for cell in pair_cells(row, place, labels, language)]
    is_wide = side == SIDE
    base = chart(cells).encode(
        x=alt.X(
            "x:O",
            scale=alt.Scale(domain=labels),
            axis=alt.Axis(title=None, orient="top", labelAngle=0 if is_wide else -90, domain=False),
        ),
        y=alt.Y("y:O", scale=alt.Scale(domain=labels), axis=alt.Axis(title=None, domain=False)),
        tooltip=tooltip(language, "y", "x", "method", "coefficient", "movie_count"),
    )
    size = side * len(measures)
    return alt.layer(
        base.mark_rect(stroke="white", strokeOpacity=0.15).encode(
            color=alt.Color("sign:N", scale=alt.Scale(domain=["+", "-"], range=[ACCENT, SECOND]), legend=None),
            opacity=shades("strength:Q", most=1),
        ),
        *(
            [
                base.mark_text(fontSize=14, dy=-4).encode(text="coefficient:N"),
                base.mark_text(fontSize=9.5, dy=12).encode(text="small:N"),
            ]
            if is_wide
            else [base.mark_text(fontSize=10).encode(text="coefficient:N")]
        ),
    ).properties(width=size, height=size * (0.64 if is_wide else 1))


def pair_cells(row: Row, place: dict[str, int], labels: list[str], language: Language) -> list[dict[str, Any]]:
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


correlations_narrow = partial(correlations, side=NARROW_SIDE)
