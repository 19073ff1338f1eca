"""Renders the HTML pages of the report."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eda.labels import CODES, COLUMNS, translate
from eda.language import LANGUAGES, Language
from eda.queries import Row, Rows
from eda.sections import SECTIONS, Section

FOLDER = Path(__file__).parent / "page"
FILES = (FOLDER / "report.css", FOLDER / "report.js")
MAX_TABLE_ROWS = 60
"""Maximum number of rows of a chart's data that the page includes."""
MEASURED = ("measure_value", "from_value", "to_value")
"""Columns in the unit of the row's measure."""


@dataclass(frozen=True, slots=True)
class ChartData:
    """The rows of a chart's queries."""

    rows: Rows
    listing: Rows


@dataclass(frozen=True, slots=True)
class ChartSpecs:
    """Vega-Lite specifications of a chart, and of its drawing for phones if it has one."""

    wide: dict[str, Any]
    narrow: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of formatted texts."""

    heads: list[str]
    is_number: list[bool]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as the template needs it; `spec` is None if there is no data."""

    name: str
    title: str
    finding: str
    note: str
    spec: Markup | None
    sqls: list[str]
    tables: list[tuple[str, str]]
    """Names (schema.table) and descriptions."""
    data: TextTable | None
    listing: TextTable | None
    narrow_spec: Markup | None


def write_page(
    language: Language,
    headline: Row,
    data_by_chart: Mapping[str, ChartData],
    specs: Mapping[str, ChartSpecs],
    tables: Mapping[str, str],
) -> str:
    """Return the page; values from the data are escaped."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    sections = [
        (section, list(create_figures(section, language, data_by_chart, specs, tables))) for section in SECTIONS
    ]
    return environment.get_template("page.html").render(
        language=language,
        headline=headline,
        sections=sections,
        others=[other for other in LANGUAGES if other is not language],
        locale=json.dumps(language.number_locale),
    )


def create_figures(
    section: Section,
    language: Language,
    data_by_chart: Mapping[str, ChartData],
    specs: Mapping[str, ChartSpecs],
    tables: Mapping[str, str],
) -> Iterator[Figure]:
    for chart in section.charts:
        data = data_by_chart[chart.name]
        drawing = specs.get(chart.name)
        queries = [query for query in (chart.query, chart.listing) if query]
        read_tables = dict.fromkeys(table for query in queries for table in query.tables)
        empty = language("The data contain no such cases.", "Los datos no contienen casos de este tipo.")
        yield Figure(
            name=chart.name,
            title=language(*chart.title),
            finding=chart.find(data.rows, language) if data.rows else empty,
            note=chart.note(data.rows, language) if chart.note and data.rows else "",
            spec=to_script_json(drawing.wide) if drawing else None,
            sqls=[query.display_sql for query in queries],
            tables=[(table, tables.get(table, "")) for table in read_tables],
            data=tabulate(data.rows, language) if 0 < len(data.rows) <= MAX_TABLE_ROWS else None,
            listing=tabulate(data.listing, language) if data.listing else None,
            narrow_spec=to_script_json(drawing.narrow) if drawing and drawing.narrow else None,
        )


def to_script_json(value: Any) -> Markup:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def tabulate(rows: Rows, language: Language) -> TextTable:
    """Return the columns with a label, without those that have the same value in all rows."""
    columns = [column for column in rows[0] if column in COLUMNS]
    if len(rows) > 1:
        columns = [column for column in columns if any(row[column] != rows[0][column] for row in rows)]
    return TextTable(
        heads=[translate(COLUMNS, column, language) for column in columns],
        is_number=[not isinstance(rows[0][column], str) for column in columns],
        rows=[[format_cell(row, column, language) for column in columns] for row in rows],
    )


def format_cell(row: Row, column: str, language: Language) -> str:
    """Format a value: labels for codes, units for numbers."""
    value = row[column]
    if value is None:
        return "–"
    if isinstance(value, str):
        return translate(CODES[column], value, language) if column in CODES else value
    if column.endswith(("_year", "_decade")):
        return str(value)
    if column.endswith("_share"):
        return language.share(value)
    if column in MEASURED and "measure" in row:
        return language.format_measure(row["measure"], value)
    return language.decimal(value, 2)
