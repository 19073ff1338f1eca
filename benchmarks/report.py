"""Renders the results: all of them in `benchmarks/RESULTS.md`, the main ones in `docs/measurements.md`."""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import suppress

from benchmarks.results import RESULTS_FILE, Cell, PartResult, Results, format_cell
from warehouse.settings import REPOSITORY_ROOT

REPORT_FILE = RESULTS_FILE.with_name("RESULTS.md")
MEASUREMENTS_FILE = REPOSITORY_ROOT / "docs" / "measurements.md"
BEGIN, END = "<!-- by make bench -->\n", "<!-- end -->\n"
HEADER = """# All measurements

`make bench` writes this page from `results.json`; each table names its command. Absolute times depend on the machine
and on what else it runs. Ratios compare programs that took turns in one run, so quote those. `make bench-check`
measures the quick parts again and reports every ratio that got worse by more than the noise.
"""

HEADLINES = tomllib.loads(RESULTS_FILE.with_name("headlines.toml").read_text("utf-8"))["headlines"]


def replace_headlines(page: str, results: Results) -> str:
    """Return the page with the sentences between its markers replaced."""
    before, _, rest = page.partition(BEGIN)
    sentences = []
    for headline in HEADLINES:
        part = headline["part"]
        with suppress(LookupError):  # not measured yet
            text = headline["sentence"].format(*(find_figure(results[part], figure) for figure in headline["figures"]))
            sentences.append(f"- {text} [Details](../benchmarks/RESULTS.md#{part})\n")
    return "".join([before, BEGIN, *sentences, END, rest.partition(END)[2]])


def find_figure(result: PartResult, figure: str | Sequence[str]) -> str:
    """Return a formatted ratio or cell.

    Raises:
        LookupError: If the result does not have it.
    """
    if isinstance(figure, str):
        return format_cell(result.ratios[figure].median)
    label, column = figure
    for table in result.tables:
        for row in table.rows:
            if column in table.columns and "/".join(map(str, row)).startswith(label):
                return format_cell(row[table.columns.index(column)])
    raise LookupError(f"{result.title} has no row {label!r} with a column {column!r}")


def render_report(results: Results) -> str:
    return "\n".join([HEADER, *_overview(results), *(line for name in results for line in _part(name, results[name]))])


def _overview(results: Results) -> Iterator[str]:
    machines = list(dict.fromkeys(result.machine for result in results.values()))
    yield from _markdown_table(
        ["part", "date", "duration, s", "loads", "machine", "films", "build"],
        [
            [
                f"[{result.title}](#{name})",
                result.measured_on.isoformat(),
                round(result.duration_seconds),
                f"{result.rounds} of {format_cell(result.turn_seconds)} s",
                str(machines.index(result.machine) + 1),
                result.warehouse.films,
                f"`{result.warehouse.build_id[:12]}`",
            ]
            for name, result in results.items()
        ],
    )
    for number, machine in enumerate(machines, 1):
        yield f"Machine {number}: {machine}.\n"


def _part(name: str, result: PartResult) -> Iterator[str]:
    yield f'<a id="{name}"></a>\n\n## {result.title}\n\n`make bench PART={name}`\n'
    for table in result.tables:
        yield f"### {table.title}\n\n{table.description}\n"
        yield from _markdown_table(table.columns, table.rows)
        if table.ratios:
            ratios: list[list[Cell]] = [[ratio.name, ratio.median, ratio.range, ratio.better] for ratio in table.ratios]
            yield from _markdown_table(["ratio", "median", "range", "better"], ratios)


def _markdown_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a table; columns without text are aligned to the right."""
    is_text = [any(isinstance(cell, str) for cell in column) for column in zip(*rows, strict=True)]
    alignment = ["---" if text else "---:" for text in is_text]
    for cells in (columns, alignment, *([format_cell(cell).replace("|", "\\|") for cell in row] for row in rows)):
        yield f"| {' | '.join(cells)} |"
    yield ""
