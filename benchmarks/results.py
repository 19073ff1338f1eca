"""What the parts of the benchmarks measured, kept in `benchmarks/results.json`: the newest measurement of each part."""

import re
from collections.abc import Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from statistics import median
from typing import Literal

import msgspec

from benchmarks.machine import Data, Machine
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT

RESULTS_FILE = REPOSITORY_ROOT / "benchmarks" / "results.json"
SIGNIFICANT_DIGITS = 4
PLACE = re.compile(rb"(?<=^     )\d+(?=,?$)")

Better = Literal["higher", "lower"]
Cell = str | int | float | None


class Ratio(msgspec.Struct, frozen=True, kw_only=True):
    """Two figures of one run, one divided by the other: the machine is in both, so it hardly is in the ratio."""

    name: str
    better: Better
    median: float
    least: float
    """Of the rounds; the same as the greatest where there was but one."""
    greatest: float

    @classmethod
    def of(cls, name: str, rounds: Sequence[float], better: Better = "higher") -> "Ratio":
        """The ratio of a name, from its value in each round."""
        least, greatest = rounded(min(rounds)), rounded(max(rounds))
        return cls(name=name, better=better, median=rounded(median(rounds)), least=least, greatest=greatest)

    @property
    def spread(self) -> str:
        """How far the rounds were from one another."""
        return f"{shown(self.least)} to {shown(self.greatest)}"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table of figures."""

    title: str
    sentence: str
    """What was asked of what, and what the figures mean."""
    columns: list[str]
    """With their units."""
    rows: list[list[Cell]]
    """None where there is nothing to say."""
    ratios: list[Ratio] = []
    is_long: bool = False
    """Whether a reader has to open it."""

    def __post_init__(self) -> None:
        """Keep no more digits than mean something, and nothing that is no number."""
        self.rows[:] = [[_kept(cell) for cell in row] for row in self.rows]


class PartResult(msgspec.Struct, frozen=True, kw_only=True):
    """All that one part measured, and on what."""

    title: str
    measured_on: date
    took_seconds: float
    seconds: float
    """Length of a turn, as it was asked for."""
    rounds: int
    machine: Machine
    data: Data
    tables: list[Table]

    @property
    def ratios(self) -> dict[str, Ratio]:
        """By name, of all tables."""
        return {ratio.name: ratio for table in self.tables for ratio in table.ratios}


Results = dict[str, PartResult]
"""By the name of the part."""


def read_results(path: Path = RESULTS_FILE) -> Results:
    """What is kept; nothing if there is no file. Raises FilmotecaError when it is none of ours."""
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except msgspec.MsgspecError as error:
        raise FilmotecaError(
            f"{path} holds no results of `make bench` ({error}); remove it, and measure anew"
        ) from None


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once, so that whoever stops us leaves the old one or the new one."""
    beside = path.with_name(f".{path.name}")
    beside.write_bytes(content)
    beside.replace(path)


def encoded(results: Results) -> bytes:
    """As it stands in the file: a row of a table a line, so that two measurements can be read side by side."""
    tree = msgspec.to_builtins(results)
    rows: list[list[Cell]] = []
    for table in (table for result in tree.values() for table in result["tables"]):
        first = len(rows)
        rows += table["rows"]
        table["rows"] = list(range(first, len(rows)))
    lines = msgspec.json.format(msgspec.json.encode(tree), indent=1).splitlines()
    # A number that stands alone in its line is the place of a row.
    return b"\n".join(PLACE.sub(lambda place: msgspec.json.encode(rows[int(place[0])]), line) for line in lines) + b"\n"


def rounded(number: float) -> float:
    """Four digits of it: the rest is noise."""
    return float(f"{number:.{SIGNIFICANT_DIGITS}g}")


def _kept(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return rounded(cell) if isfinite(cell) else None
    return cell


def shown(cell: Cell) -> str:
    """A cell to read: whole numbers whole, others with three digits that count."""
    if isinstance(cell, str):
        return cell
    if cell is None or not isfinite(cell):
        return ""
    if isinstance(cell, int) or abs(cell) >= 100:
        return f"{cell:,.0f}"
    return f"{cell:.{1 if abs(cell) >= 10 else 2 if abs(cell) >= 0.095 else 3}f}"
