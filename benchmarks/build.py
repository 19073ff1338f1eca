"""Time and memory of whole builds of generated raw files, and how they grow with the number of films."""

import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.generate import write_raw_files
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from benchmarks.transform import PANDAS, PLAIN, run_script
from warehouse.build import BuildCommands, BuildRun
from warehouse.settings import Settings

MAX_PANDAS_FILMS = 45_000
"""pandas holds everything in memory."""
SEED = 1
BUILD, TOTAL, CPU_TIME = "make build", "total", "total CPU time"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One step of one program at one size; memory is None for a step without a process of its own."""

    films: int
    program: str
    step: str
    seconds: float
    peak_bytes: int | None


def measure(plan: Plan) -> list[Table]:
    """Generate and build each size."""
    with TemporaryDirectory(prefix="filmoteca-bench-") as folder:
        return [make_table(list(_build_sizes(sorted(plan.films), Path(folder), plan.settings)))]


def make_table(measured: Sequence[Measurement]) -> Table:
    """Tabulate measurements with one row per program and step."""
    sizes, exponents = sorted({one.films for one in measured}), fit_exponents(measured)
    cells = {(one.program, one.step, one.films): one for one in measured}
    rows: list[list[Cell]] = []
    for program, step in dict.fromkeys((one.program, one.step) for one in measured):
        row: list[Cell] = [program, step]
        for size in sizes:
            one = cells.get((program, step, size))
            row += [one.seconds, one.peak_bytes and one.peak_bytes / 1e6] if one else [None, None]
        rows.append([*row, exponents.get((program, step))])
    ratios = [
        Ratio.from_rounds(f"exponent of the {step}", [exponents[BUILD, step]], "lower")
        for step in (TOTAL, CPU_TIME)
        if (BUILD, step) in exponents
    ]
    ratios += [
        Ratio.from_rounds(
            f"CPU time for {one.films:,} films: {BUILD} / {one.program}",
            [cells[BUILD, CPU_TIME, one.films].seconds / one.seconds],
            "lower",
        )
        for one in measured
        if one.step == CPU_TIME and one.program != BUILD
    ]
    return Table(
        title="Builds of generated raw files",
        description="The files have the distributions and the defects of the real ones. Seconds and peak megabytes of "
        "each step; CPU time is of all cores. The exponent is that of time as a power of the number of films.",
        columns=["program", "step", *(f"{size:,} films, {unit}" for size in sizes for unit in ("s", "MB")), "exponent"],
        rows=rows,
        ratios=ratios,
    )


def _build_sizes(sizes: Sequence[int], folder: Path, settings: Settings) -> Iterator[Measurement]:
    for films in sizes:
        raw_folder = folder / f"raw-{films}"
        write_raw_files(raw_folder, films, SEED)
        separate = replace(settings, published_file=folder / f"built-{films}" / "movies.duckdb")
        cpu = _cpu_seconds()
        report = BuildRun(separate, BuildCommands.from_settings(separate)).run(raw_folder)
        for step, seconds in report.step_seconds.items():
            yield Measurement(films, BUILD, step, seconds, report.step_peak_bytes.get(step))
        yield Measurement(films, BUILD, TOTAL, sum(report.step_seconds.values()), max(report.step_peak_bytes.values()))
        yield Measurement(films, BUILD, CPU_TIME, _cpu_seconds() - cpu, None)
        for script in (PLAIN, PANDAS) if films <= MAX_PANDAS_FILMS else (PLAIN,):
            separate.build_folder.mkdir(exist_ok=True)
            cpu = _cpu_seconds()
            ended = run_script(script, raw_folder, separate)
            yield Measurement(films, script, TOTAL, ended.seconds, ended.peak_bytes)
            yield Measurement(films, script, CPU_TIME, _cpu_seconds() - cpu, None)
        rmtree(raw_folder)
        rmtree(separate.published_file.parent)


def _cpu_seconds() -> float:
    """Return the CPU time of this process and of its children that have ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def fit_exponents(measured: Sequence[Measurement]) -> dict[tuple[str, str], float]:
    """Fit time as a power of the number of films, by program and step, for steps of at least a second."""
    exponents = {}
    for program, step in dict.fromkeys((one.program, one.step) for one in measured):
        points = [(one.films, one.seconds) for one in measured if (one.program, one.step) == (program, step)]
        if len(points) > 1 and points[-1][1] >= 1:
            films, seconds = np.log(np.maximum(points, 1e-3)).T
            exponents[program, step] = float(np.polyfit(films, seconds, 1)[0])
    return exponents


PART = Part("build", "Builds of any size", measure)
