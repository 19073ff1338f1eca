"""Whole builds of generated files, and how their time grows with the films."""

import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from benchmarks.generate import make_files
from benchmarks.growth import exponent
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from benchmarks.transform import run_script
from warehouse.build import Build, Commands
from warehouse.screen import Screen
from warehouse.settings import Settings

PANDAS_FILMS = 45_000
"""It holds everything in memory."""
SEED = 1
LEAST_SECONDS = 1e-3
"""What a step that took no time counts as: it has no logarithm."""
OURS, FLOOR, PANDAS = "make build", "bare DuckDB", "pandas"
IN_ALL, PROCESSOR = "in all", "processor, in all"


@dataclass(frozen=True, slots=True)
class Measured:
    """One step of one way at one size. Bytes are None where a step is no process of its own."""

    films: int
    way: str
    step: str
    seconds: float
    peak_bytes: int | None


def measure(plan: Plan) -> list[Table]:
    """Generate and build each size, by the product's own command and in other ways, beside the published file."""
    with TemporaryDirectory(prefix="filmoteca-bench-") as folder:
        measured = list(builds(sorted(plan.films), Path(folder), plan.settings, plan.screen))
    return [table(measured)]


def table(measured: Sequence[Measured]) -> Table:
    """A way and step a row, the sizes beside each other."""
    sizes, grown = sorted({one.films for one in measured}), exponents(measured)
    by_place = {(one.way, one.step, one.films): one for one in measured}
    rows: list[list[Cell]] = []
    for way, step in dict.fromkeys((one.way, one.step) for one in measured):
        row: list[Cell] = [way, step]
        for size in sizes:
            one = by_place.get((way, step, size))
            row += [one.seconds, one.peak_bytes and one.peak_bytes / 1e6] if one else [None, None]
        rows.append([*row, grown.get((way, step))])
    seconds = {(one.way, one.films): one.seconds for one in measured if one.step == PROCESSOR}
    beside = [
        Ratio.of(f"processor of {films:,} films: ours / {way}", [seconds[OURS, films] / taken], "lower")
        for (way, films), taken in seconds.items()
        if way != OURS
    ]
    powers = [
        Ratio.of(f"exponent of {step}", [grown[OURS, step]], "lower")
        for step in (IN_ALL, PROCESSOR)
        if (OURS, step) in grown
    ]
    return Table(
        title="Builds of generated raw files",
        sentence="The files have the shapes and the defects of the real ones. Seconds and most megabytes of each step; "
        "the processor's seconds are of all cores. The exponent is that of time as a power of films.",
        columns=["way", "step", *(f"{size:,} films, {unit}" for size in sizes for unit in ("s", "MB")), "exponent"],
        rows=rows,
        ratios=[*powers, *beside],
    )


def builds(sizes: Sequence[int], folder: Path, settings: Settings, screen: Screen) -> Iterator[Measured]:
    """Build each size in a folder that is there, and take away what is no longer needed."""
    for films in sizes:
        raw_folder = folder / f"{films}-films"
        make_files(raw_folder, films, SEED, screen)
        beside = replace(settings, published_file=folder / f"{films}-built" / "movies.duckdb")
        before = _processor_seconds()
        summary = Build(beside, Commands.of(beside)).run(raw_folder)
        for step, seconds in summary.seconds.items():
            yield Measured(films, OURS, step, seconds, summary.peaks.get(step))
        peak = max(summary.peaks.values())
        yield Measured(films, OURS, IN_ALL, sum(summary.seconds.values()), peak)
        yield Measured(films, OURS, PROCESSOR, _processor_seconds() - before, None)
        for way, module in ((FLOOR, "bare_duckdb"), (PANDAS, "pandas_way")):
            if way == FLOOR or films <= PANDAS_FILMS:
                beside.build_folder.mkdir(exist_ok=True)
                before = _processor_seconds()
                ended = run_script(module, raw_folder, beside)
                beside.built_file.unlink()
                yield Measured(films, way, IN_ALL, ended.seconds, ended.peak_bytes)
                yield Measured(films, way, PROCESSOR, _processor_seconds() - before, None)
        rmtree(raw_folder)
        rmtree(beside.published_file.parent)


def _processor_seconds() -> float:
    """Of this process and of all that it has started and that has ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def exponents(measured: Sequence[Measured]) -> dict[tuple[str, str], float]:
    """By way and step, of time as a power of films.

    Steps of less than a second at the greatest size, and ways that were tried at one size, have none.
    """
    found = {}
    for way, step in dict.fromkeys((one.way, one.step) for one in measured):
        seconds = {one.films: one.seconds for one in measured if (one.way, one.step) == (way, step)}
        if len(seconds) > 1 and seconds[max(seconds)] >= 1:
            found[way, step] = exponent([*seconds], [max(taken, LEAST_SECONDS) for taken in seconds.values()])
    return found


PART = Part("build", "Builds of any size", measure)
