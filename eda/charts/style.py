"""Sizes, colors, axes and number formats of all charts."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any, Literal

import altair as alt

from eda.language import AXES, LABELS, ReportLanguage
from eda.queries import Rows

WIDTH = 680
HEIGHT = 300
STEP, LINE = 24, 12
"""Height in pixels of a row of bars and of a line of its label."""
CELL_HEIGHT = 22
ACCENT = "#3d7fd9"
SECOND = "#d0702a"
MAX_LABEL_WIDTH = 26
"""Maximum number of letters in a line of a label."""
FAINTEST, STRONGEST = 0.08, 0.8
"""Opacities of cells. Shades are transparent so that they work on light and dark pages."""

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart

POWERS = {"log2": 2, "log10": 10}
NUMBER_FORMATS = {"count": ",", "share": ".1%", "ratio": ".2f", "mean": ".2f", "value": ",.3~f"}
"""d3 formats by the last word of a column."""


def chart(rows: Rows) -> alt.Chart:
    """Return a chart of the rows without marks."""
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def layers(*drawings: alt.Chart, height: float = HEIGHT, width: float = WIDTH) -> Drawing:
    return alt.layer(*drawings).properties(width=width, height=height)


def number_labels(measure: str, language: ReportLanguage) -> str:
    """Return the Vega expression of axis labels: abbreviated for dollars, in full otherwise."""
    if not measure.endswith("_usd"):
        return "format(datum.value, ',~f')"
    short = "format(datum.value, '~s')"
    if language.code == "en":
        return f"'$' + replace({short}, 'G', 'B')"
    for letter, word in (("k", " mil"), ("M", " M"), ("G", " mil M")):
        short = f"replace({short}, '{letter}', '{word}')"
    return short


def measure_position(measure: str, scale: str, domain: Sequence[float], language: ReportLanguage) -> dict[str, Any]:
    """Return the scale and the axis of a measure; logarithmic axes have at most eight labels."""
    limits: dict[str, Any] = {"domain": list(domain), "nice": False}
    axis: dict[str, Any] = {"title": language(AXES[measure]), "grid": False}
    axis["labelExpr"] = number_labels(measure, language)
    if scale == "linear":
        return {"scale": alt.Scale(**limits, zero=False), "axis": alt.Axis(**axis)}
    base, (low, high) = POWERS[scale], domain
    exponents = [exponent for exponent in range(-12, 40) if low * 0.999 <= base**exponent <= high * 1.001]
    every = max(1, -(-len(exponents) // 8))
    axis["values"] = [float(base) ** exponent for exponent in exponents[::every]]
    return {"scale": alt.Scale(type="log", base=base, **limits), "axis": alt.Axis(**axis)}


def label_position(field: str) -> alt.Y:
    """Return the vertical position of labels that `wrap` split into lines."""
    lines = "length(split(datum.label, '\\n'))"
    raised = {
        "condition": [{"test": f"{lines} == {count}", "value": -LINE / 2 * (count - 1)} for count in (2, 3, 4)],
        "value": 0,
    }
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=LINE,
        labelOffset=raised,
    )
    return alt.Y(f"{field}:N", sort=None, axis=axis)


def wrap(label: str) -> str:
    """Wrap a label to half the width of a phone."""
    return fill(label, MAX_LABEL_WIDTH)


def height_of_rows(rows: Rows, label: str) -> int:
    """Return the height of a chart with a wrapped label per row, in pixels, without overlaps."""
    most_lines = max(str(row[label]).count("\n") + 1 for row in rows)
    return len(rows) * max(STEP, most_lines * LINE + 6)


def tooltip(language: ReportLanguage, *columns: str) -> list[alt.Tooltip]:
    """Return what a mark shows under the pointer: the columns with their labels, or without a heading."""
    shown = []
    for number, column in enumerate(columns, 1):
        title = language(LABELS[column]) if column in LABELS else " " * number  # titles must be distinct
        number_format = NUMBER_FORMATS.get(column.rpartition("_")[2])
        if number_format:
            shown.append(alt.Tooltip(f"{column}:Q", title=title, format=number_format))
        else:
            shown.append(alt.Tooltip(f"{column}:N", title=title))
    return shown


def count_axis(title: str) -> alt.Axis:
    return alt.Axis(title=title, format=",~f", tickCount=5)


def shades(field: str, *, most: float | None = None, kind: Literal["linear", "sqrt", "log"] = "linear") -> alt.Opacity:
    """Return the opacity of a cell, from 0 to `most` or over the range of the data."""
    if most is None:
        scale = alt.Scale(type=kind, range=[FAINTEST, STRONGEST])
    else:
        scale = alt.Scale(type=kind, domain=[0, most], range=[0, STRONGEST])
    return alt.Opacity(field, scale=scale, legend=None)
