"""Writes the report: charts as SVG and PNG, and an HTML page per language."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from eda.charts.style import Drawing
from eda.language import LANGUAGES, ReportLanguage
from eda.pages import FOLDER, ChartContent, Spec, write_page
from eda.queries import Query, Rows
from eda.sections import CHARTS, Chart

BUILD_FILE = "build.json"
"""The build of the warehouse that the report shows."""
PIXELS_PER_UNIT = 2.0
"""Resolution of PNG files, for high-density screens."""
BUNDLE_SNIPPET = "window.vegaEmbed = vegaEmbed;"
"""Exposes vegaEmbed of the Vega bundle to report.js."""
FILE_STYLE: dict[str, Any] = json.loads((FOLDER / "image_style.json").read_text("utf-8"))
"""Style of the image files; pages have their own colors for light and dark mode."""


def write_report(connection: duckdb.DuckDBPyConnection, folder: Path, on_progress: Callable[[int, int], None]) -> None:
    """Write the report into an empty folder; call `on_progress(done, total)` after each chart."""
    (headline,) = Query("headline").run(connection)
    comments = "select schema_name || '.' || table_name, coalesce(comment, '') from duckdb_tables()"
    tables = dict(connection.execute(comments).fetchall())
    contents: dict[str, dict[str, ChartContent]] = {language.code: {} for language in LANGUAGES}
    for language in LANGUAGES:
        (folder / "charts" / language.code).mkdir(parents=True)
    for number, chart in enumerate(CHARTS, 1):
        rows = chart.query.run(connection)
        listing = chart.listing.run(connection) if chart.listing else []
        for language in LANGUAGES:
            localized = language.localize_groups(rows)
            specs = draw(chart, localized, language, folder / "charts" / language.code) if rows else (None, None)
            contents[language.code][chart.name] = ChartContent(localized, listing, *specs)
        on_progress(number, len(CHARTS))
    for language in LANGUAGES:
        page = write_page(language, headline, contents[language.code], tables)
        (folder / language.page).write_text(page, "utf-8")
    for name in ("report.css", "report.js"):
        shutil.copyfile(FOLDER / name, folder / name)
    (folder / "vega.js").write_text(vl_convert.javascript_bundle(BUNDLE_SNIPPET), "utf-8")
    build = {"build_id": headline["build_id"], "built_at": headline["built_at"].isoformat()}
    (folder / BUILD_FILE).write_text(json.dumps(build), "utf-8")


def draw(chart: Chart, rows: Rows, language: ReportLanguage, folder: Path) -> tuple[Spec, Spec | None]:
    """Write the chart as SVG and PNG, and return its specifications for the page: for any width, and for phones."""
    spec = to_spec(chart.draw(rows, language), chart.describe(rows, language))
    svg = vl_convert.vegalite_to_svg({**spec, "config": FILE_STYLE}, format_locale=language.number_locale)
    (folder / f"{chart.name}.svg").write_text(svg, "utf-8")
    (folder / f"{chart.name}.png").write_bytes(vl_convert.svg_to_png(svg, scale=PIXELS_PER_UNIT))
    if chart.draw_narrow is None:
        return {**spec, "width": "container"}, None
    return spec, to_spec(chart.draw_narrow(rows, language), spec["description"])


def to_spec(drawing: Drawing, description: str) -> Spec:
    """Return the specification without a style; the parts of the drawing were validated when they were created."""
    spec: Spec = drawing.to_dict(validate=False)
    spec.pop("config", None)
    return {**spec, "description": description}
