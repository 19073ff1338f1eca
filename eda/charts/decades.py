"""What the charts by decade share."""

import altair as alt

from eda.charts.style import ACCENT, CELL_HEIGHT, WIDTH, Drawing, chart, tooltip
from eda.language import ReportLanguage
from eda.queries import Rows

MIN_SHARE, MIN_FILMS = 0.01, 20
"""Minimum share and number of films of a decade that is used for trends."""


def draw_decades(rows: Rows, group: str, share: str, opacity: alt.Opacity, language: ReportLanguage) -> Drawing:
    """Draw a cell per decade and group whose shade is a share of the decade's films."""
    drawing: alt.Chart = (
        chart(rows)
        .mark_rect(color=ACCENT, stroke="white", strokeOpacity=0.15)
        .encode(
            x=alt.X("release_decade:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, domain=False)),
            y=alt.Y(f"{group}:N", sort=None, axis=alt.Axis(title=None, domain=False)),
            opacity=opacity,
            tooltip=tooltip(language, group, "release_decade", share, "movie_count"),
        )
        .properties(width=WIDTH, height=CELL_HEIGHT * len({row[group] for row in rows}))
    )
    return drawing


def find_trend_decades(rows: Rows, count: str) -> tuple[int, int]:
    """Return the first and last decade with enough films, or the largest one twice."""
    films = {row["release_decade"]: row[count] for row in rows}
    minimum = max(MIN_FILMS, MIN_SHARE * sum(films.values()))
    enough = [decade for decade, number in films.items() if number >= minimum]
    enough = enough or [max(films, key=lambda decade: films[decade])]
    return min(enough), max(enough)


def note_decades(_rows: Rows, language: ReportLanguage) -> str:
    return language("Stronger colors mean larger shares. Decades with less than 0.1% of the films are not shown.")
