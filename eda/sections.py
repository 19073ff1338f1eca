"""The sections of the report, and their charts with the query that each one shows."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from eda.charts.style import Drawing
from eda.language import ReportLanguage
from eda.queries import Query, Rows

Draw = Callable[[Rows, ReportLanguage], Drawing]
Describe = Callable[[Rows, ReportLanguage], str]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its query, how it is drawn, and the sentence that sums it up."""

    name: str
    """Name of its files and anchor in the page."""
    title: str
    query: Query
    draw: Draw
    describe: Describe
    note: Describe | None
    """What the drawing leaves out, or how to read it."""
    listing: Query | None
    """A table that is always shown below the chart."""
    draw_narrow: Draw | None
    """Drawing for phones, if the text of a scaled drawing would be too small; other charts adapt their width."""

    @classmethod
    def from_toml(cls, chart: Mapping[str, Any]) -> "Chart":
        """Find the functions of a chart in sections.toml."""
        module, query = import_module(f"eda.charts.{chart['module']}"), chart["query"]
        return cls(
            chart["name"],
            chart["title"],
            Query(query, chart.get("parameters", {})),
            draw=getattr(module, f"draw_{query}"),
            describe=getattr(module, f"describe_{query}"),
            note=getattr(module, f"note_{query}", None),
            listing=Query(chart["listing"]) if "listing" in chart else None,
            draw_narrow=getattr(module, f"draw_{query}_narrow", None),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Charts on one subject. The finding of the first chart introduces the section."""

    name: str
    title: str
    charts: tuple[Chart, ...]


SECTIONS = tuple(
    Section(section["name"], section["title"], tuple(map(Chart.from_toml, section["charts"])))
    for section in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["sections"]
)
CHARTS = tuple(chart for section in SECTIONS for chart in section.charts)
