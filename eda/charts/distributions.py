"""Distribution of one measure: histogram, smoothed curve and box plot."""

import altair as alt

from eda.charts.style import ACCENT, HEIGHT, SECOND, Drawing, chart, count_axis, layers, measure_position, tooltip
from eda.language import Language
from eda.queries import Rows

BOX_TOP = 14
"""Center of the box plot, in pixels from the top."""
ROOM_FOR_BOX = 1.2


def distribution(rows: Rows, language: Language) -> Drawing:
    """Draw the bins, a curve of the smoothed counts, and a box plot."""
    measure, scale = str(rows[0]["measure"]), str(rows[0]["scale"])
    domain = (rows[0]["from_value"], rows[-1]["to_value"])
    highest = max(max(row["movie_count"], row["smoothed_movie_count"]) for row in rows)
    x = alt.X("from_value:Q", **measure_position(measure, scale, domain, language))
    y = alt.Y("movie_count:Q", axis=count_axis(language("films")), scale=alt.Scale(domain=[0, highest * ROOM_FOR_BOX]))
    bars = chart(rows).mark_bar(color=ACCENT, opacity=0.55, x2Offset=-1, clip=True)
    curve = chart(rows).mark_line(color=SECOND, strokeWidth=2.5, interpolate="monotone", clip=True)
    shown = tooltip(language, "from_value", "to_value", "movie_count")
    return layers(
        bars.encode(x=x, x2="to_value:Q", y=y, y2=alt.datum(0), tooltip=shown),
        curve.encode(x=alt.X("middle_value:Q"), y=alt.Y("smoothed_movie_count:Q")),
        *box(rows),
        height=HEIGHT - 40,
    )


def box(rows: Rows) -> list[alt.Chart]:
    """Draw the quartiles and the median as a box, and the whiskers as a line."""
    base, at = chart(rows[:1]), alt.value(BOX_TOP)
    return [
        base.mark_rule(strokeWidth=1.5, clip=True).encode(
            x=alt.X("lower_whisker_value:Q"), x2="upper_whisker_value:Q", y=at
        ),
        base.mark_bar(height=14, color=ACCENT, clip=True).encode(
            x=alt.X("first_quartile_value:Q"), x2="third_quartile_value:Q", y=at
        ),
        base.mark_point(shape="stroke", angle=90, size=260, strokeWidth=3, opacity=1, color=SECOND).encode(
            x=alt.X("median_value:Q"), y=at
        ),
    ]
