"""The parts, their measurements, and the file that stores the newest of each part, `benchmarks/results.json`."""

import os
import platform
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

import msgspec
import psutil

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT, Settings

RESULTS_FILE = REPOSITORY_ROOT / "benchmarks" / "results.json"
PACKAGES = (
    *("duckdb", "litestar", "granian", "msgspec", "numpy", "scipy", "scikit-learn"),
    *("dbt-core", "dbt-duckdb", "pandas"),
)
TOLERANCE = 0.15
"""Relative difference between two runs that is still noise, on top of the range of their rounds."""

Cell = str | int | float | None


class Ratio(msgspec.Struct, frozen=True, kw_only=True):
    """A quotient of two figures of the same run, which depends little on the speed of the machine."""

    name: str
    better: Literal["higher", "lower"]
    median: float
    minimum: float
    maximum: float

    @classmethod
    def from_rounds(cls, name: str, rounds: Sequence[float], better: Literal["higher", "lower"] = "higher") -> "Ratio":
        """Summarize the values of a ratio, one per round."""
        low, middle, high = map(round_figure, (min(rounds), median(rounds), max(rounds)))
        return cls(name=name, better=better, median=middle, minimum=low, maximum=high)

    @property
    def range(self) -> str:
        return f"{format_cell(self.minimum)} to {format_cell(self.maximum)}"

    def is_worse_than(self, baseline: "Ratio") -> bool:
        """Return whether even the best round is worse than the worst round of `baseline`, by more than TOLERANCE."""
        if baseline.better == "higher":
            return self.maximum < baseline.minimum * (1 - TOLERANCE)
        return self.minimum > baseline.maximum * (1 + TOLERANCE)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of figures with the ratios derived from them."""

    title: str
    description: str
    columns: list[str]
    """Column headings with units."""
    rows: list[list[Cell]]
    """Cells by row; None where there is no figure."""
    ratios: list[Ratio] = []

    def __post_init__(self) -> None:
        """Round every figure; NaN and infinity become None."""
        self.rows[:] = [
            [(round_figure(cell) if isfinite(cell) else None) if isinstance(cell, float) else cell for cell in row]
            for row in self.rows
        ]


class Plan(NamedTuple):
    """What to measure and for how long."""

    settings: Settings
    raw_folder: Path | None
    """Folder of the raw files; None for the folder that a build would choose."""
    turn_seconds: float
    """Length of one load; parts with many loads use a multiple or a fraction of it."""
    rounds: int
    """How often the systems that are compared take turns."""
    films: Sequence[int]
    """Sizes of the data sets that the part `build` generates and builds."""


class Part(NamedTuple):
    """A named group of measurements."""

    name: str
    title: str
    measure: Callable[[Plan], list[Table]]
    is_quick: bool = False
    """Whether `make bench-check` measures it."""


class WarehouseInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The build and the size of a published warehouse."""

    build_id: str
    films: int

    @classmethod
    def read(cls, database: Path) -> "WarehouseInfo":
        with open_read_only(database) as connection:
            [(build_id, films)] = connection.execute(
                "select build_id, (select count(*) from marts.dim_movies) from quality.build_info"
            ).fetchall()
        return cls(build_id=str(build_id), films=films)


def describe_machine() -> str:
    """Name the hardware and the versions of the software that do the work."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cpu_info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", cpu_info.read_text("utf-8")) if cpu_info.exists() else None
    processor = found[1] if found else platform.processor() or platform.machine()
    gigabytes = round(psutil.virtual_memory().total / 2**30)
    kernel = f"{platform.system()} {platform.release().partition('-')[0]}"
    versions = ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES)])
    return f"{cores} cores of {processor}, {gigabytes} GB, {kernel}; {versions}"


class PartResult(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of one part, and the conditions under which they were measured."""

    title: str
    measured_on: date
    duration_seconds: float
    turn_seconds: float
    rounds: int
    machine: str
    warehouse: WarehouseInfo
    tables: list[Table]

    @property
    def ratios(self) -> dict[str, Ratio]:
        return {ratio.name: ratio for table in self.tables for ratio in table.ratios}


Results = dict[str, PartResult]
"""Results by the name of the part."""


def read_results(path: Path) -> Results:
    """Read stored results; return none if the file is missing.

    Raises:
        FilmotecaError: If the file has another format.
    """
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except msgspec.MsgspecError as error:
        raise FilmotecaError(f"{path} is not a results file: {error}. Delete it and measure again.") from None


def encode_results(results: Results) -> str:
    """Encode results as JSON with one table row per line, so that diffs are readable."""
    text = msgspec.json.format(msgspec.json.encode(results), indent=1).decode("utf-8")
    array_of_scalars = r"\[\n((?: *[^ {\[\n][^\n]*\n)+?) *\]"
    text = re.sub(array_of_scalars, lambda array: "[" + re.sub(r",\n *", ", ", array[1].strip()) + "]", text)
    return f"{text}\n"


def find_regressions(name: str, baseline: PartResult, current: PartResult) -> Iterator[str]:
    """Yield a sentence for each ratio of the part `name` that got worse or cannot be compared."""
    if baseline.warehouse.films != current.warehouse.films:
        yield (
            f"{name}: the stored ratios are for {baseline.warehouse.films:,} films, this warehouse has "
            f"{current.warehouse.films:,}. Use the same data, or store new results: make bench PART={name}"
        )
        return
    for ratio in baseline.ratios.values():
        now = current.ratios.get(ratio.name)
        if now is None:
            yield f"{name}: {ratio.name} is no longer measured. Store new results: make bench PART={name}"
        elif now.is_worse_than(ratio):
            yield (
                f"{name}: {ratio.name} was {format_cell(ratio.median)} ({ratio.range}), "
                f"is {format_cell(now.median)} ({now.range}); {ratio.better} is better"
            )


def round_figure(figure: float) -> float:
    """Round to four significant digits."""
    return float(f"{figure:.4g}")


def format_cell(cell: Cell) -> str:
    """Format a cell with three significant digits, integers in full."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, int) or abs(cell) >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.{1 if abs(cell) >= 10 else 2 if abs(cell) >= 0.095 else 3}f}"
