"""Time and memory of whole builds of generated raw files, and how they grow with the number of films."""

import resource
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from benchmarks.generate import write_raw_files
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.settings import Settings

SEED = 1
TOTAL, CPU_TIME = "total", "total CPU time"
EXPONENTS = {TOTAL: "exponent of the total time", CPU_TIME: "exponent of the total CPU time"}
"""Names of the ratios, by step."""


class Measurement(NamedTuple):
    """One step at one size; memory is None for a step without a process of its own."""

    films: int
    step: str
    seconds: float
    peak_bytes: int | None


def measure(plan: Plan) -> list[Table]:
    with TemporaryDirectory(prefix="filmoteca-bench-") as folder:
        return [make_table(list(_build_sizes(sorted(plan.films), Path(folder), plan.settings)))]


def make_table(measured: Sequence[Measurement]) -> Table:
    """Tabulate measurements with one row per step."""
    sizes = sorted({one.films for one in measured})
    rows: list[list[Cell]] = []
    ratios = []
    for step in dict.fromkeys(one.step for one in measured):
        by_size = {one.films: one for one in measured if one.step == step}
        exponent = fit_exponent(list(by_size.values()))
        row: list[Cell] = ["make build", step]
        for size in sizes:
            one = by_size.get(size)
            row += [one.seconds, one.peak_bytes and one.peak_bytes / 1e6] if one else [None, None]
        rows.append([*row, exponent])
        if exponent is not None and step in EXPONENTS:
            ratios.append(Ratio.from_rounds(EXPONENTS[step], [exponent], "lower"))
    return Table(
        title="Builds of generated raw files",
        description="The files have the distributions and the defects of the real ones. Seconds and peak megabytes of "
        "each step; CPU time is of all cores. The exponent is that of time as a power of the number of films.",
        columns=["program", "step", *(f"{size:,} films, {unit}" for size in sizes for unit in ("s", "MB")), "exponent"],
        rows=rows,
        ratios=ratios,
    )


def fit_exponent(measured: Sequence[Measurement]) -> float | None:
    """Fit the time of a step as a power of the number of films, if it takes at least a second."""
    if len(measured) < 2 or measured[-1].seconds < 1:
        return None
    films, seconds = np.log(np.maximum([(one.films, one.seconds) for one in measured], 1e-3)).T
    return float(np.polyfit(films, seconds, 1)[0])


def _build_sizes(sizes: Sequence[int], folder: Path, settings: Settings) -> Iterator[Measurement]:
    for films in sizes:
        raw_folder = folder / f"raw-{films}"
        write_raw_files(raw_folder, films, SEED)
        separate = replace(settings, published_file=folder / f"built-{films}" / "movies.duckdb")
        cpu = _cpu_seconds()
        build = BuildRun(separate, BuildCommands.from_settings(separate))
        build.run(raw_folder)
        step_seconds, peak_bytes = build.progress.step_seconds, build.step_peak_bytes
        for step, seconds in step_seconds.items():
            yield Measurement(films, step, seconds, peak_bytes.get(step))
        yield Measurement(films, TOTAL, sum(step_seconds.values()), max(peak_bytes.values()))
        yield Measurement(films, CPU_TIME, _cpu_seconds() - cpu, None)
        rmtree(raw_folder)
        rmtree(separate.published_file.parent)


def _cpu_seconds() -> float:
    """Return the CPU time of this process and of its children that have ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


PART = Part("build", "Builds of any size", measure)
