"""`python -m benchmarks.build`: whole builds of generated files, and how their time grows with the films.

Each size is generated, built by the product's own command, and made by the floor (bare DuckDB) and the usual way
(pandas, up to the size that `--pandas-films` allows: it holds everything in memory). Seconds are the machine's: quote
exponents and ratios, and where others use the machine, those of the processor's seconds, which are of all cores.
"""

import argparse
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.generate import make_files
from benchmarks.transform import run_script
from warehouse.build import Build, Commands
from warehouse.errors import run_command
from warehouse.screen import Screen
from warehouse.settings import Settings

SIZES = (45_000, 450_000, 1_000_000)
PANDAS_FILMS = 45_000
SEED = 1
IN_ALL, PROCESSOR = "in all", "processor, in all"


@dataclass(frozen=True, slots=True)
class Measured:
    """One step of one way at one size. Bytes are None where a step is no process of its own."""

    films: int
    way: str
    step: str
    seconds: float
    peak_bytes: int | None


def measure(sizes: Sequence[int], folder: Path, settings: Settings, pandas_films: int) -> Iterator[Measured]:
    """Builds each size in a folder that is there; what it generates and builds there is left for whoever asked."""
    for films in sizes:
        raw_folder = folder / f"{films}-films"
        if not raw_folder.exists():
            make_files(raw_folder, films, SEED, Screen())
        beside = replace(settings, published_file=folder / f"{films}-built" / "movies.duckdb")
        before = _processor_seconds()
        summary = Build(beside, Commands.of(beside)).run(raw_folder)
        for step, seconds in summary.seconds.items():
            yield Measured(films, "make build", step, seconds, summary.peaks.get(step))
        peak = max(summary.peaks.values())
        yield Measured(films, "make build", IN_ALL, sum(summary.seconds.values()), peak)
        yield Measured(films, "make build", PROCESSOR, _processor_seconds() - before, None)
        for way, module in (("bare DuckDB", "bare_duckdb"), ("pandas", "pandas_way")):
            if module != "pandas_way" or films <= pandas_films:
                beside.build_folder.mkdir(exist_ok=True)
                before = _processor_seconds()
                ended = run_script(module, raw_folder, beside)
                beside.built_file.unlink()
                yield Measured(films, way, IN_ALL, ended.seconds, ended.peak_bytes)
                yield Measured(films, way, PROCESSOR, _processor_seconds() - before, None)


def _processor_seconds() -> float:
    """Of this process and of all that it has started and that has ended."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def exponents(measured: Sequence[Measured]) -> dict[tuple[str, str], float]:
    """By way and step, of time as a power of films: the slope of a line through the logarithms, by least squares.

    Steps of less than a second at the greatest size, and ways that were tried at one size, have none.
    """
    found = {}
    for way, step in dict.fromkeys((one.way, one.step) for one in measured):
        points = [(one.films, one.seconds) for one in measured if (one.way, one.step) == (way, step)]
        if len(points) > 1 and max(points)[1] >= 1:
            films, seconds = np.log(np.maximum(points, 1e-3)).T
            found[way, step] = float(np.polyfit(films, seconds, 1)[0])
    return found


def lines(measured: Sequence[Measured]) -> Iterator[str]:
    """The figures as text, a way and step to a line."""
    sizes = sorted({one.films for one in measured})
    yield f"{'way':<13}{'step':<18}" + "".join(f"{f'{size:,} films':>26}" for size in sizes) + f"{'exponent':>10}"
    grown = exponents(measured)
    for way, step in dict.fromkeys((one.way, one.step) for one in measured):
        cells = {one.films: _cell(one) for one in measured if (one.way, one.step) == (way, step)}
        exponent = f"{grown[way, step]:10.2f}" if (way, step) in grown else ""
        yield f"{way:<13}{step:<18}" + "".join(f"{cells.get(size, ''):>26}" for size in sizes) + exponent


def _cell(one: Measured) -> str:
    peak = f"{one.peak_bytes / 1e6:,.0f} MB" if one.peak_bytes else ""
    return f"{one.seconds:,.1f} s {peak:>10}"


def main(arguments: Sequence[str]) -> int:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    parser.add_argument("--films", type=int, nargs="+", default=SIZES, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--pandas-films", type=int, default=PANDAS_FILMS, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep what is generated and built, and use it again")
    options = parser.parse_args(arguments)
    settings = Settings.from_environment()
    with TemporaryDirectory(prefix="filmoteca-build-") as temporary:
        folder: Path = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for line in lines(list(measure(sorted(options.films), folder, settings, options.pandas_films))):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
