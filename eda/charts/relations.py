"""What goes with what: pairs of measures, film by film and as correlations."""

from typing import Any

import altair as alt

from eda.charts.style import ACCENT, SECOND, Drawing, chart, layers, measure_axis, measure_scale, shades
from eda.labels import AXES, MEASURES, name
from eda.language import Language
from eda.reading import Row, Rows

SCALES = {"budget_usd": "log10", "revenue_usd": "log10", "tmdb_vote_count": "log2", "tmdb_vote_mean": "linear"}
LEAST_SHARE = 0.002
"""Edges of the chart leave out bins that hold fewer of the films, row by row and column by column."""
SIDE, NARROW_SIDE = 76, 32
"""Pixels of a correlation's cell, and of one on a phone."""


def joint_distribution(rows: Rows, say: Language) -> Drawing:
    """Rows of `joint_distribution`: pairs of bins and their films; two amounts of money get the line of equality."""
    measure, other = str(rows[0]["measure"]), str(rows[0]["other_measure"])
    x_domain, y_domain = domain(rows, "from_value", "to_value"), domain(rows, "other_from_value", "other_to_value")
    x = alt.X(
        "from_value:Q",
        scale=measure_scale(SCALES[measure], x_domain),
        axis=measure_axis(measure, SCALES[measure], x_domain, name(AXES, measure, say), say),
    )
    y = alt.Y(
        "other_from_value:Q",
        scale=measure_scale(SCALES[other], y_domain),
        axis=measure_axis(other, SCALES[other], y_domain, name(AXES, other, say), say),
    )
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
                alt.Tooltip("from_value:Q", title=name(MEASURES, measure, say), format=",.3~s"),
                alt.Tooltip("other_from_value:Q", title=name(MEASURES, other, say), format=",.3~s"),
                alt.Tooltip("movie_count:Q", title=say("films", "películas"), format=","),
            ],
        )
    )
    if not (measure.endswith("_usd") and other.endswith("_usd")):
        return layers(cells, height=360)
    low, high = max(x_domain[0], y_domain[0]), min(x_domain[1], y_domain[1])
    line = chart([{"at": low}, {"at": high}]).encode(x="at:Q", y="at:Q")
    return layers(
        cells,
        line.mark_line(color=SECOND, strokeWidth=2, strokeDash=[6, 4], clip=True),
        height=420,
    )


def domain(rows: Rows, low: str, high: str) -> tuple[float, float]:
    """From the first to the last bin with films enough to be more than a slip."""
    total = sum(row["movie_count"] for row in rows)
    counts: dict[tuple[float, float], int] = {}
    for row in rows:
        edges = (row[low], row[high])
        counts[edges] = counts.get(edges, 0) + row["movie_count"]
    kept = [edges for edges, count in counts.items() if count >= LEAST_SHARE * total]
    return min(edges[0] for edges in kept), max(edges[1] for edges in kept)


def inside(row: Row, low: str, limits: tuple[float, float]) -> bool:
    return bool(limits[0] <= row[low] < limits[1])


def correlations(rows: Rows, say: Language, side: int = SIDE) -> Drawing:
    """Rows of `correlations` as a matrix: Spearman above the diagonal, Pearson below; in small the films of a pair.

    A smaller side of the cells has room for the coefficients alone, and for column heads that stand upright.
    """
    measures = sorted(
        {row["measure"] for row in rows} | {row["other_measure"] for row in rows}, key=list(MEASURES).index
    )
    place = {measure: number for number, measure in enumerate(measures)}
    labels = [name(MEASURES, measure, say) for measure in measures]
    cells = [cell for row in rows for cell in pair_cells(row, place, labels, say)]
    is_roomy = side == SIDE
    base = chart(cells).encode(
        x=alt.X(
            "x:O",
            scale=alt.Scale(domain=labels),
            axis=alt.Axis(title=None, orient="top", labelAngle=0 if is_roomy else -90, domain=False),
        ),
        y=alt.Y("y:O", scale=alt.Scale(domain=labels), axis=alt.Axis(title=None, domain=False)),
        tooltip=[
            alt.Tooltip("y:N", title=" "),
            alt.Tooltip("x:N", title="  "),
            alt.Tooltip("method:N", title=say("method", "método")),
            alt.Tooltip("written:N", title="r"),
            alt.Tooltip("films:Q", title=say("films", "películas"), format=","),
        ],
    )
    size = side * len(measures)
    return alt.layer(
        base.mark_rect(stroke="white", strokeOpacity=0.15).encode(
            color=alt.Color("sign:N", scale=alt.Scale(domain=["+", "-"], range=[ACCENT, SECOND]), legend=None),
            opacity=shades("strength:Q", most=1),
        ),
        *(
            [
                base.mark_text(fontSize=14, dy=-4).encode(text="written:N"),
                base.mark_text(fontSize=9.5, dy=12).encode(text="small:N"),
            ]
            if is_roomy
            else [base.mark_text(fontSize=10).encode(text="written:N")]
        ),
    ).properties(width=size, height=size * (0.64 if is_roomy else 1))


def pair_cells(row: Row, place: dict[str, int], labels: list[str], say: Language) -> list[dict[str, Any]]:
    """The two cells of a pair of measures; a coefficient that does not exist has none."""
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
            "films": row["movie_count"],
            "strength": abs(coefficient),
            "sign": "-" if coefficient < 0 else "+",
            "written": say.fixed(coefficient, 2),
            "small": f"n {say.count(row['movie_count'])}",
        }
        for method, coefficient, across, down in found
        if coefficient is not None
    ]
