"""Writes the report: every query asked once, every chart drawn in both languages, two pages, all in one folder."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import vl_convert

from eda.charts.style import Drawing
from eda.contents import SECTIONS, Chart
from eda.labels import in_words
from eda.language import LANGUAGES, Language
from eda.pages import FILES, Answer, Specs, write_page
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
    "range": {"category": ["#1d5aa6", "#a3501a"]},
}
"""How the files look; the pages bring their own colours, by the reader's choice of light or dark."""


def write_report(connection: duckdb.DuckDBPyConnection, folder: Path, tell: Callable[[int, int], None]) -> None:
    """Writes all of the report into an empty folder; tells `tell(done, total)` after each chart."""
    headline = one_row(connection)
    tables = describe_tables(connection)
    charts = [chart for section in SECTIONS for chart in section.charts]
    answers: dict[str, dict[str, Answer]] = {language.code: {} for language in LANGUAGES}
    specs: dict[str, dict[str, Specs]] = {language.code: {} for language in LANGUAGES}
    for language in LANGUAGES:
        (folder / "charts" / language.code).mkdir(parents=True)
    for number, chart in enumerate(charts, 1):
        answer = ask(connection, chart)
        for say in LANGUAGES:
            said = Answer(in_words(answer.rows, say), answer.listing)
            answers[say.code][chart.name] = said
            if said.rows:
                specs[say.code][chart.name] = draw(chart, said, say, folder / "charts" / say.code)
        tell(number, len(charts))
    for say in LANGUAGES:
        page = write_page(say, headline, answers[say.code], specs[say.code], tables)
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


def draw(chart: Chart, answer: Answer, say: Language, folder: Path) -> Specs:
    """Writes the chart as SVG and PNG, and returns its Vega-Lite specifications for the page."""
    spec = specified(chart.draw(answer.rows, say), chart.find(answer.rows, say))
    svg = vl_convert.vegalite_to_svg({**spec, "config": PAPER_AND_INK}, format_locale=say.number_locale)
    (folder / f"{chart.name}.svg").write_text(svg, "utf-8")
    (folder / f"{chart.name}.png").write_bytes(vl_convert.svg_to_png(svg, scale=PIXELS_PER_UNIT))
    if chart.draw_narrow is None:
        return Specs(wide={**spec, "width": "container"}, narrow=None)
    return Specs(wide=spec, narrow=specified(chart.draw_narrow(answer.rows, say), spec["description"]))


def specified(drawing: Drawing, description: str) -> dict[str, Any]:
    """The drawing's specification, without a look of its own."""
    spec: dict[str, Any] = drawing.to_dict()
    spec.pop("config", None)
    return {**spec, "description": description}
