"""Writes the report: every query asked once, every chart drawn in both languages, two pages, all in one folder."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from eda.contents import SECTIONS, Chart
from eda.language import LANGUAGES, Language
from eda.pages import FILES, Answer, write_page
from eda.reading import Question, Row

BUILD_FILE = "build.json"
"""Says which build of the warehouse the report is of."""
PIXELS_PER_UNIT = 2.0
"""PNGs are drawn for screens with two pixels a unit."""
NAMES_FOR_PAGES = "window.vegaEmbed = vegaEmbed;"
"""What report.js finds in the bundle of Vega."""
PAPER_AND_INK: dict[str, Any] = {
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
}
"""How the files look; the pages bring their own colours, by the reader's choice of light or dark."""


def write_report(connection: duckdb.DuckDBPyConnection, folder: Path, tell: Callable[[int, int], None]) -> None:
    """Writes all of the report into an empty folder; tells `tell(done, total)` after each chart."""
    headline = one_row(connection)
    tables = describe_tables(connection)
    charts = [chart for section in SECTIONS for chart in section.charts]
    answers = {chart.name: ask(connection, chart) for chart in charts}
    for language in LANGUAGES:
        (folder / "charts" / language.code).mkdir(parents=True)
    specs: dict[str, dict[str, dict[str, Any]]] = {language.code: {} for language in LANGUAGES}
    for number, chart in enumerate(charts, 1):
        if answers[chart.name].rows:
            for say in LANGUAGES:
                specs[say.code][chart.name] = draw(chart, answers[chart.name], say, folder / "charts" / say.code)
        tell(number, len(charts))
    for say in LANGUAGES:
        page = write_page(say, headline, answers, specs[say.code], tables)
        (folder / say.page).write_text(page, "utf-8")
    for file in FILES:
        shutil.copyfile(file, folder / file.name)
    (folder / "vega.js").write_text(vl_convert.javascript_bundle(NAMES_FOR_PAGES), "utf-8")
    build = {"build_id": headline["build_id"], "built_at": headline["built_at"].isoformat()}
    (folder / BUILD_FILE).write_text(json.dumps(build), "utf-8")


def one_row(connection: duckdb.DuckDBPyConnection) -> Row:
    (row,) = Question("headline").ask(connection)
    return row


def ask(connection: duckdb.DuckDBPyConnection, chart: Chart) -> Answer:
    return Answer(chart.question.ask(connection), chart.listing.ask(connection) if chart.listing else [])


def describe_tables(connection: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """Returns what the file says of each table, by schema.table."""
    rows = connection.execute(
        "select schema_name || '.' || table_name, coalesce(comment, '') from duckdb_tables()"
    ).fetchall()
    return dict(rows)


def draw(chart: Chart, answer: Answer, say: Language, folder: Path) -> dict[str, Any]:
    """Writes the chart as SVG and PNG, and returns its Vega-Lite specification for the page."""
    spec = chart.draw(answer.rows, say).to_dict()
    spec.pop("config", None)
    spec["description"] = chart.find(answer.rows, say)
    svg = vl_convert.vegalite_to_svg({**spec, "config": PAPER_AND_INK}, format_locale=say.number_locale)
    (folder / f"{chart.name}.svg").write_text(svg, "utf-8")
    (folder / f"{chart.name}.png").write_bytes(vl_convert.svg_to_png(svg, scale=PIXELS_PER_UNIT))
    return spec if chart.is_wide else {**spec, "width": "container"}
