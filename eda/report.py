"""Writes the report: charts as SVG and PNG, and an HTML page per language."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from eda.charts.style import Drawing
from eda.labels import localize_groups
from eda.language import LANGUAGES, Language
from eda.pages import FILES, ChartData, ChartSpecs, write_page
from eda.queries import Query
from eda.sections import SECTIONS, Chart

BUILD_FILE = "build.json"
"""The build of the warehouse that the report shows."""
PIXELS_PER_UNIT = 2.0
"""Resolution of PNG files, for high-density screens."""
BUNDLE_SNIPPET = "window.vegaEmbed = vegaEmbed;"
"""Exposes vegaEmbed of the Vega bundle to report.js."""
FILE_STYLE: dict[str, Any] = {
    "background": "white",
    "font": "Helvetica Neue, Arial, Liberation Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelLimit": 260,
        "labelColor": "#3d4148",
        "titleColor": "#3d4148",
        "gridColor": "#e6e6e6",
        "domainColor": "#9a9a9a",
    },
    "legend": {"labelColor": "#3d4148"},
    "text": {"color": "#22252a"},
    "rule": {"color": "#22252a"},
    "range": {"category": ["#1d5aa6", "#a3501a"]},
}
"""Style of the image files; pages have their own colors for light and dark mode."""


def write_report(connection: duckdb.DuckDBPyConnection, folder: Path, on_progress: Callable[[int, int], None]) -> None:
    """Write the report into an empty folder; call `on_progress(done, total)` after each chart."""
    (headline,) = Query("headline").run(connection)
    tables = describe_tables(connection)
    charts = [chart for section in SECTIONS for chart in section.charts]
    data_by_chart: dict[str, dict[str, ChartData]] = {language.code: {} for language in LANGUAGES}
    specs: dict[str, dict[str, ChartSpecs]] = {language.code: {} for language in LANGUAGES}
    for language in LANGUAGES:
        (folder / "charts" / language.code).mkdir(parents=True)
    for number, chart in enumerate(charts, 1):
        rows = chart.query.run(connection)
        listing = chart.listing.run(connection) if chart.listing else []
        for language in LANGUAGES:
            data = ChartData(localize_groups(rows, language), listing)
            data_by_chart[language.code][chart.name] = data
            if rows:
                specs[language.code][chart.name] = draw(chart, data, language, folder / "charts" / language.code)
        on_progress(number, len(charts))
    for language in LANGUAGES:
        page = write_page(language, headline, data_by_chart[language.code], specs[language.code], tables)
        (folder / language.page).write_text(page, "utf-8")
    for file in FILES:
        shutil.copyfile(file, folder / file.name)
    (folder / "vega.js").write_text(vl_convert.javascript_bundle(BUNDLE_SNIPPET), "utf-8")
    build = {"build_id": headline["build_id"], "built_at": headline["built_at"].isoformat()}
    (folder / BUILD_FILE).write_text(json.dumps(build), "utf-8")


def describe_tables(connection: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Return the descriptions of all tables, by schema.table."""
    rows = connection.execute(
        "select schema_name || '.' || table_name, coalesce(comment, '') from duckdb_tables()"
    ).fetchall()
    return dict(rows)


def draw(chart: Chart, data: ChartData, language: Language, folder: Path) -> ChartSpecs:
    """Write the chart as SVG and PNG, and return its Vega-Lite specifications."""
    spec = to_spec(chart.draw(data.rows, language), chart.find(data.rows, language))
    svg = vl_convert.vegalite_to_svg({**spec, "config": FILE_STYLE}, format_locale=language.number_locale)
    (folder / f"{chart.name}.svg").write_text(svg, "utf-8")
    (folder / f"{chart.name}.png").write_bytes(vl_convert.svg_to_png(svg, scale=PIXELS_PER_UNIT))
    if chart.draw_narrow is None:
        return ChartSpecs(wide={**spec, "width": "container"}, narrow=None)
    return ChartSpecs(wide=spec, narrow=to_spec(chart.draw_narrow(data.rows, language), spec["description"]))


def to_spec(drawing: Drawing, description: str) -> dict[str, Any]:
    """Return the specification without a style."""
    spec: dict[str, Any] = drawing.to_dict()
    spec.pop("config", None)
    return {**spec, "description": description}
