"""The sections of the report, and their charts with the query that each one shows."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from eda.charts.style import Drawing
from eda.language import Language
from eda.queries import Query, Rows

Draw = Callable[[Rows, Language], Drawing]
Describe = Callable[[Rows, Language], str]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its query, how it is drawn, and the sentence that sums it up."""

    name: str
    """Name of its files and anchor in the page."""
    title: str
    query: Query
    draw: Draw
    find: Describe
    note: Describe | None
    """What the drawing leaves out, or how to read it."""
    listing: Query | None
    """A table that is always shown below the chart."""
    draw_narrow: Draw | None
    """Drawing for phones, if the text of a scaled drawing would be too small; other charts adapt their width."""


@dataclass(frozen=True, slots=True)
class Section:
    """Charts on one subject. The finding of the first chart introduces the section."""

    name: str
    title: str
    charts: tuple[Chart, ...]


def _load_chart(  # noqa: PLR0913, PLR0917 - the keys of a chart in sections.toml
    name: str,
    title: str,
    module: str,
    query: str,
    parameters: Mapping[str, str] | None = None,
    listing: str | None = None,
) -> Chart:
    drawings, findings = import_module(f"eda.charts.{module}"), import_module(f"eda.findings.{module}")
    return Chart(
        name,
        title,
        Query(query, parameters or {}),
        draw=getattr(drawings, query),
        find=getattr(findings, query),
        note=getattr(findings, f"{query}_note", None),
        listing=Query(listing) if listing else None,
        draw_narrow=getattr(drawings, f"{query}_narrow", None),
    )


SECTIONS = tuple(
    Section(section["name"], section["title"], tuple(_load_chart(**chart) for chart in section["charts"]))
    for section in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["sections"]
)
