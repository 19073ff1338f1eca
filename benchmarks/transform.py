"""`python -m benchmarks.transform`: the transform against its floor (bare DuckDB) and the usual way (pandas).

Each way runs as a process of its own, in turn, all in one run: quote the ratios, not the seconds.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse import raw_files
from warehouse.errors import FilmotecaError, run_command
from warehouse.processes import Ended, run
from warehouse.screen import Screen
from warehouse.settings import Settings
from warehouse.transform import DbtLog, build_command, dbt_environment

NO_TESTS = ("--exclude-resource-type", "test", "unit_test")


def run_script(module: str, raw_folder: Path, settings: Settings) -> Ended:
    lines: list[str] = []
    settings.built_file.unlink(missing_ok=True)
    command = (sys.executable, "-m", f"benchmarks.{module}", str(raw_folder), str(settings.built_file))
    return check(run(command, folder=settings.root, environment={}, on_line=lines.append), lines)


def run_dbt(raw_folder: Path, settings: Settings, *arguments: str) -> tuple[Ended, float]:
    """Returns how dbt ended, and the seconds that it spent on its nodes."""
    log = DbtLog(Screen())
    settings.built_file.unlink(missing_ok=True)
    environment = dbt_environment(settings, raw_folder)
    command = build_command(settings, *arguments)
    ended = run(command, folder=settings.dbt_project, environment=environment, on_line=log.follow)
    return check(ended, [log.why_failed()]), log.node_seconds


def check(ended: Ended, lines: list[str]) -> Ended:
    if ended.exit_code != 0:
        raise FilmotecaError("\n".join(lines))
    return ended


def measure(raw_folder: Path, settings: Settings, rounds: int) -> dict[str, tuple[float, int]]:
    """Best seconds and most bytes of each way over some rounds, the ways taking turns."""
    laid_out = settings.build_folder / "raw"
    found = raw_files.find_files(raw_folder)
    raw_files.lay_out([raw_files.RawFile(name, path, 0, "", 0) for name, path in found.items()], laid_out)
    run_dbt(laid_out, settings, *NO_TESTS)  # every build but the first finds dbt's parse cache
    results: dict[str, list[tuple[float, int]]] = {}

    def note(way: str, ended: Ended, seconds: float | None = None) -> None:
        results.setdefault(way, []).append((ended.seconds if seconds is None else seconds, ended.peak_bytes))

    for _ in range(rounds):
        note("bare DuckDB", run_script("bare_duckdb", raw_folder, settings))
        transform, node_seconds = run_dbt(laid_out, settings, *NO_TESTS)
        note("dbt, no tests", transform)
        note("  its models alone", transform, node_seconds)
        note("dbt, all tests", run_dbt(laid_out, settings)[0])
        note("pandas", run_script("pandas_way", raw_folder, settings))
    return {way: (min(r[0] for r in runs), max(r[1] for r in runs)) for way, runs in results.items()}


def main(arguments: Sequence[str]) -> int:
    """Measures, and prints a line per way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transform", description=__doc__)
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="as for warehouse.build")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    settings = Settings.from_environment()
    raw_folder, reason = raw_files.choose_folder(settings, options.raw_dir)
    print(f"raw files from {raw_folder} ({reason}); best of {options.rounds} rounds")
    with TemporaryDirectory(prefix="filmoteca-bench-") as folder:
        beside = replace(settings, published_file=Path(folder) / "movies.duckdb")
        results = measure(raw_folder, beside, options.rounds)
    floor = results["bare DuckDB"][0]
    print(f"{'way':24}{'seconds':>9}{'peak MB':>9}{'x floor':>9}")
    for name, (seconds, peak) in results.items():
        print(f"{name:24}{seconds:9.2f}{peak / 1e6:9.0f}{seconds / floor:9.2f}")
    pandas = results["pandas"][0]
    for way in ("dbt, no tests", "  its models alone"):
        print(f"pandas takes {pandas / results[way][0]:.1f} times as long as {way.strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
