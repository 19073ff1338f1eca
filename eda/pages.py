"""Renders the HTML pages of the report."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eda.language import CODE_COLUMNS, LABELS, LANGUAGES, ReportLanguage
from eda.queries import Row, Rows
from eda.sections import SECTIONS, Chart

FOLDER = Path(__file__).parent / "page"
MAX_TABLE_ROWS = 60
"""Maximum number of rows of a chart's data that the page includes."""
MEASURED = ("measure_value", "from_value", "to_value")
"""Columns in the unit of the row's measure."""


Spec = dict[str, Any]
"""A Vega-Lite specification."""


@dataclass(frozen=True, slots=True)
class ChartContent:
    """The rows of a chart's queries, and its drawings for wide screens and phones; None if there is none."""

    rows: Rows
    listing: Rows
    wide: Spec | None
    narrow: Spec | None


def write_page(
    language: ReportLanguage, headline: Row, contents: Mapping[str, ChartContent], tables: Mapping[str, str]
) -> str:
    """Return the page; values from the data are escaped."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    sections = [
        (section, [create_figure(chart, contents[chart.name], language, tables) for chart in section.charts])
        for section in SECTIONS
    ]
    return environment.get_template("page.html").render(
        language=language,
        headline=headline,
        sections=sections,
        others=[other for other in LANGUAGES if other is not language],
        locale=json.dumps(language.number_locale),
    )


def create_figure(
    chart: Chart, content: ChartContent, language: ReportLanguage, tables: Mapping[str, str]
) -> Mapping[str, object]:
    rows, queries = content.rows, [query for query in (chart.query, chart.listing) if query]
    read_tables = dict.fromkeys(table for query in queries for table in query.tables)
    return {
        "name": chart.name,
        "title": language(chart.title),
        "finding": chart.describe(rows, language) if rows else language("The data contain no such cases."),
        "note": chart.note(rows, language) if chart.note and rows else "",
        "spec": to_script_json(content.wide) if content.wide else None,
        "narrow_spec": to_script_json(content.narrow) if content.narrow else None,
        "sqls": [query.display_sql for query in queries],
        "tables": [(table, tables.get(table, "")) for table in read_tables],
        "data": tabulate(rows, language) if 0 < len(rows) <= MAX_TABLE_ROWS else None,
        "listing": tabulate(content.listing, language) if content.listing else None,
    }


def to_script_json(value: Any) -> Markup:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def tabulate(rows: Rows, language: ReportLanguage) -> dict[str, list[Any]]:
    """Return a table of texts: the columns with a label, without those that have the same value in all rows."""
    columns = [column for column in rows[0] if column in LABELS]
    if len(rows) > 1:
        columns = [column for column in columns if any(row[column] != rows[0][column] for row in rows)]
    return {
        "heads": [language(LABELS[column]) for column in columns],
        "is_number": [not isinstance(rows[0][column], str) for column in columns],
        "rows": [[format_cell(row, column, language) for column in columns] for row in rows],
    }


def format_cell(row: Row, column: str, language: ReportLanguage) -> str:
    """Format a value: labels for codes, units for numbers."""
    value = row[column]
    if value is None:
        return "–"
    if isinstance(value, str):
        return language.label(value) if column in CODE_COLUMNS else value
    if column.endswith(("_year", "_decade")):
        return str(value)
    if column.endswith("_share"):
        return language.share(value)
    if column in MEASURED and "measure" in row:
        return language.format_measure(row["measure"], value)
    return language.decimal(value, 2)
