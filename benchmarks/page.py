"""`benchmarks/RESULTS.md`: what `benchmarks/results.json` holds, to read."""

from collections.abc import Iterator, Sequence

from benchmarks.machine import Machine
from benchmarks.parts import PARTS
from benchmarks.results import RESULTS_FILE, Cell, PartResult, Ratio, Results, Table, shown

PAGE_FILE = RESULTS_FILE.with_name("RESULTS.md")
HEAD = """# All measurements

Written by `make bench` from `results.json`; every table by the command above it. Seconds are those of the machine,
and of whatever else ran on it; ratios are between things that took turns in one run, so they are the ones to quote.
`make bench-check` measures the quick parts again and says which ratios got worse by more than the noise.
"""


def in_order(results: Results) -> Results:
    """The parts as the page has them; those that nobody measures any more are left out."""
    return {name: results[name] for name in PARTS if name in results}


def page(results: Results) -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *_overview(results), *(line for part in results for line in _part(part, results))])


def _overview(results: Results) -> Iterator[str]:
    """Every part with its day, machine and data; then the machines."""
    machines = _machines(results)
    yield from _grid(
        ["part", "measured", "in, s", "turns", "machine", "films", "build"],
        [
            [
                f"[{result.title}](#{name})",
                result.measured_on.isoformat(),
                round(result.took_seconds),
                f"{result.rounds} of {shown(result.seconds)} s",
                str(machines.index(result.machine) + 1),
                result.data.films,
                f"`{result.data.build_id[:12]}`",
            ]
            for name, result in results.items()
        ],
    )
    for number, machine in enumerate(machines, 1):
        versions = ", ".join(f"{name} {version}" for name, version in machine.versions.items())
        yield f"Machine {number}: {machine.cores} cores of {machine.processor}, {machine.memory_gigabytes} GB,"
        yield f"{machine.kernel}; {versions}.\n"


def _machines(results: Results) -> list[Machine]:
    """Each once, in the order of the parts."""
    machines: list[Machine] = []
    for result in results.values():
        if result.machine not in machines:
            machines.append(result.machine)
    return machines


def _part(name: str, results: Results) -> Iterator[str]:
    result: PartResult = results[name]
    yield f'<a id="{name}"></a>\n\n## {result.title}\n\n`make bench PART={name}`\n'
    for table in result.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    if table.is_long:
        yield f"<details><summary>{table.title}</summary>\n\n{table.sentence}\n"
    else:
        yield f"### {table.title}\n\n{table.sentence}\n"
    yield from _grid(table.columns, table.rows)
    if table.ratios:
        yield from _grid(["ratio", "median", "of rounds", "better is"], [_ratio(ratio) for ratio in table.ratios])
    if table.is_long:
        yield "</details>\n"


def _ratio(ratio: Ratio) -> list[Cell]:
    return [ratio.name, ratio.median, ratio.spread, ratio.better]


def _grid(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """A table of Markdown: a column is to the left where it holds text, else to the right."""
    is_text = [any(isinstance(cell, str) for cell in column) for column in zip(*rows, strict=True)]
    yield _line(columns)
    yield _line(["---" if text else "---:" for text in is_text or [True] * len(columns)])
    for row in rows:
        yield _line([shown(cell).replace("|", "\\|") for cell in row])
    yield ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
