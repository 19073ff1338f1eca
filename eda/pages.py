"""The report's pages: what each chart needs to be shown, in one language, and the template that shows it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eda.contents import SECTIONS, Chart, Section
from eda.labels import CODES, COLUMNS, name
from eda.language import LANGUAGES, Language
from eda.reading import Question, Row, Rows

FOLDER = Path(__file__).parent / "page"
FILES = (FOLDER / "report.css", FOLDER / "report.js")
LONGEST_TABLE = 60
"""Rows up to which a chart's data stands in the page."""
MEASURED = ("measure_value", "from_value", "to_value")
"""Columns in the unit of their row's measure."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the questions of a chart were answered."""

    rows: Rows
    listing: Rows


@dataclass(frozen=True, slots=True)
class Specs:
    """A chart's Vega-Lite specifications: for any window, and for a narrow one where that has a drawing of its own."""

    wide: dict[str, Any]
    narrow: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be shown: texts, and for each column whether it is one of numbers."""

    heads: list[str]
    is_number: list[bool]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as the page shows it; `spec` is None where there is nothing to draw."""

    name: str
    title: str
    finding: str
    note: str
    spec: Markup | None
    sqls: list[str]
    tables: list[tuple[str, str]]
    """schema.table, and what it holds."""
    data: Table | None
    listing: Table | None
    narrow_spec: Markup | None


def write_page(
    say: Language,
    headline: Row,
    answers: Mapping[str, Answer],
    specs: Mapping[str, Specs],
    tables: Mapping[str, str],
) -> str:
    """Returns the page. Whatever comes from the data is escaped."""
    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    sections = [(section, list(figures(section, say, answers, specs, tables))) for section in SECTIONS]
    return environment.get_template("page.html").render(
        say=say,
        headline=headline,
        sections=sections,
        others=[language for language in LANGUAGES if language is not say],
        locale=json.dumps(say.number_locale),
    )


def figures(
    section: Section,
    say: Language,
    answers: Mapping[str, Answer],
    specs: Mapping[str, Specs],
    tables: Mapping[str, str],
) -> Iterator[Figure]:
    for chart in section.charts:
        answer = answers[chart.name]
        drawn = specs.get(chart.name)
        questions = [question for question in (chart.question, chart.listing) if question]
        yield Figure(
            name=chart.name,
            title=say(*chart.title),
            finding=finding(chart, answer, say),
            note=chart.note(answer.rows, say) if chart.note and answer.rows else "",
            spec=as_script(drawn.wide) if drawn else None,
            sqls=[shown_sql(question) for question in questions],
            tables=[(table, tables.get(table, "")) for table in tables_of(questions)],
            data=tabulate(answer.rows, say) if 0 < len(answer.rows) <= LONGEST_TABLE else None,
            listing=tabulate(answer.listing, say) if answer.listing else None,
            narrow_spec=as_script(drawn.narrow) if drawn and drawn.narrow else None,
        )


def tables_of(questions: list[Question]) -> list[str]:
    """The tables that the questions read, schema.table, each once."""
    return list(dict.fromkeys(table for question in questions for table in question.tables))


def finding(chart: Chart, answer: Answer, say: Language) -> str:
    if answer.rows:
        return chart.find(answer.rows, say)
    return say("There is nothing of this kind in the data.", "No hay nada de esto en los datos.")


def shown_sql(question: Question) -> str:
    return question.shown_sql.strip()


def as_script(value: Any) -> Markup:
    """JSON that can stand in a script element: no text of it ends the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def tabulate(rows: Rows, say: Language) -> Table:
    """The columns that have a name for readers; of those that say the same in every row, none."""
    columns = [column for column in rows[0] if column in COLUMNS]
    if len(rows) > 1:
        columns = [column for column in columns if any(row[column] != rows[0][column] for row in rows)]
    return Table(
        heads=[name(COLUMNS, column, say) for column in columns],
        is_number=[not isinstance(rows[0][column], str) for column in columns],
        rows=[[cell(row, column, say) for column in columns] for row in rows],
    )


def cell(row: Row, column: str, say: Language) -> str:
    """One value as text: codes by their names, numbers with the unit that the column or its measure has."""
    value = row[column]
    if value is None:
        return "–"
    if isinstance(value, str):
        return name(CODES[column], value, say) if column in CODES else value
    if column.endswith(("_year", "_decade")):
        return str(value)
    if column.endswith("_share"):
        return say.share(value)
    if column in MEASURED and "measure" in row:
        return say.measured(row["measure"], value)
    return say.decimal(value, 2)
