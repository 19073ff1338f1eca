"""What all charts have in common: size, colours that show on white and on black, axes, and how numbers are written."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any, Literal

import altair as alt

from eda.language import Language
from eda.reading import Rows

WIDTH = 680
HEIGHT = 300
STEP, LINE = 24, 12
"""Height of a row of bars and of a line of its label, pixels."""
ACCENT = "#3d7fd9"
SECOND = "#d0702a"
LONGEST_LINE = 26
"""Letters in a line of a label on the left."""
FAINTEST, STRONGEST = 0.08, 0.8
"""Opacities of a cell: shades are mixed with the page, so that they are right in light and dark alike."""

Drawing = alt.Chart | alt.LayerChart | alt.FacetChart

POWERS = {"linear": 0, "log2": 2, "log10": 10}


def chart(rows: Rows) -> alt.Chart:
    """A chart of rows, nothing drawn yet."""
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def layers(*drawn: alt.Chart, height: int = HEIGHT) -> Drawing:
    return alt.layer(*drawn).properties(width=WIDTH, height=height)


def number_labels(measure: str, say: Language) -> str:
    """The expression that writes the labels of an axis: dollars in short (its title names them), all else in full."""
    if not measure.endswith("_usd"):
        return "format(datum.value, ',~f')"
    short = "format(datum.value, '~s')"
    for letter, word in (("k", " mil"), ("M", " M"), ("G", " mil M")) if say.code == "es" else (("G", "B"),):
        short = f"replace({short}, '{letter}', '{word}')"
    return say(f"'$' + {short}", short)


def measure_scale(scale: str, domain: Sequence[float]) -> alt.Scale:
    """The scale of a measure between two values of it."""
    if scale == "linear":
        return alt.Scale(domain=list(domain), nice=False, zero=False)
    return alt.Scale(type="log", base=POWERS[scale], domain=list(domain), nice=False)


def measure_axis(measure: str, scale: str, domain: Sequence[float], title: str, say: Language) -> alt.Axis:
    """The axis of a measure: on a logarithmic scale it is labelled at powers, eight at most."""
    options: dict[str, Any] = {"title": title, "labelExpr": number_labels(measure, say), "grid": False}
    if scale != "linear":
        base, (low, high) = POWERS[scale], domain
        exponents = [exponent for exponent in range(-12, 40) if low * 0.999 <= base**exponent <= high * 1.001]
        every = max(1, -(-len(exponents) // 8))
        options["values"] = [float(base) ** exponent for exponent in exponents[::every]]
    return alt.Axis(**options)


def label_axis() -> alt.Axis:
    """The axis of labels on the left, of as many lines as `wrapped` made of them."""
    lines = "length(split(datum.label, '\\n'))"
    raised = {
        "condition": [{"test": f"{lines} == {count}", "value": -LINE / 2 * (count - 1)} for count in (2, 3, 4)],
        "value": 0,
    }
    return alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelExpr="split(datum.label, '\\n')",
        labelLineHeight=LINE,
        labelOffset=raised,
    )


def wrapped(label: str) -> str:
    """A label in lines so short that half a phone holds them."""
    return fill(label, LONGEST_LINE)


def height_of_rows(labels: Sequence[str]) -> int:
    """Pixels of as many rows as there are labels, so high that no line of one touches those of the next."""
    most_lines = max((label.count("\n") + 1 for label in labels), default=1)
    return len(labels) * max(STEP, most_lines * LINE + 6)


def count_axis(title: str) -> alt.Axis:
    return alt.Axis(title=title, format=",~f", tickCount=5)


def shades(field: str, *, most: float | None = None, kind: Literal["linear", "sqrt", "log"] = "linear") -> alt.Opacity:
    """Opacity of a cell by how much it holds: from nothing to the most, or over all that cells hold."""
    if most is None:
        scale = alt.Scale(type=kind, range=[FAINTEST, STRONGEST])
    else:
        scale = alt.Scale(type=kind, domain=[0, most], range=[0, STRONGEST])
    return alt.Opacity(field, scale=scale, legend=None)
