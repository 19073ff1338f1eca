"""Measure this version: `python -m benchmarks [PART …]`, the same as `make bench PART="…"`.

The tables of each part replace the stored ones in `benchmarks/results.json` as soon as the part ends, and the reports
`benchmarks/RESULTS.md` and `docs/measurements.md` are written again. You can stop at any time and measure the other
parts later. With --check the ratios of the quick parts are compared with the stored ones, and no file is written.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import api, baseline, build, mix, recommendations, search, transform
from benchmarks.report import MEASUREMENTS_FILE, REPORT_FILE, render_report, replace_headlines
from benchmarks.results import (
    RESULTS_FILE,
    TOLERANCE,
    Part,
    PartResult,
    Plan,
    WarehouseInfo,
    describe_machine,
    encode_results,
    find_regressions,
    read_results,
)
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

PARTS = {module.PART.name: module.PART for module in (build, transform, baseline, api, mix, search, recommendations)}
"""The parts by name, in the order of the report."""
FILMS = (45_000, 450_000, 1_000_000)


def main(arguments: Sequence[str]) -> int:
    """Measure, then store or compare; return 1 if a ratio got worse."""
    options = _parser().parse_args(arguments)
    if unknown := [name for name in options.parts if name not in PARTS]:
        raise FilmotecaError(f"There is no part {unknown[0]!r}. The parts are {', '.join(PARTS)}.")
    settings = Settings.from_environment()
    plan = Plan(
        settings,
        options.raw_dir or settings.configured_raw_folder,
        options.seconds or (1.0 if options.check else 2.0),
        options.rounds or (3 if options.check else 5),
        options.films,
    )
    selected = [PARTS[name] for name in options.parts] or [
        part for part in PARTS.values() if part.is_quick or not options.check
    ]
    return _compare(selected, plan) if options.check else _store(selected, plan)


def _parser() -> argparse.ArgumentParser:
    parts = "\n".join(f"  {part.name:16}{part.title}{' (quick)' if part.is_quick else ''}" for part in PARTS.values())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=f"parts:\n{parts}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="what to measure (default: everything)")
    parser.add_argument("--check", action="store_true", help="compare with the stored ratios and write nothing")
    parser.add_argument("--raw-dir", type=Path, metavar="DIR", help="raw files of the part `transform`")
    parser.add_argument("--seconds", type=float, metavar="S", help="length of a load (default: 2; --check: 1)")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds of each load (default: 5; --check: 3)")
    parser.add_argument("--films", type=int, nargs="+", default=FILMS, metavar="N", help="sizes of the part `build`")
    return parser


def _store(selected: Sequence[Part], plan: Plan) -> int:
    remaining = [part.name for part in selected]
    try:
        for part in selected:
            measured = read_results(RESULTS_FILE) | {part.name: _measure(part, plan)}
            results = {name: measured[name] for name in PARTS if name in measured}
            RESULTS_FILE.write_text(encode_results(results), "utf-8")
            REPORT_FILE.write_text(render_report(results), "utf-8")
            page = replace_headlines(MEASUREMENTS_FILE.read_text("utf-8"), results)
            MEASUREMENTS_FILE.write_text(page, "utf-8")
            remaining.remove(part.name)
    finally:
        if remaining:
            print(f'Not measured. Continue with: make bench PART="{" ".join(remaining)}"')
    print(f"Wrote {RESULTS_FILE}, {REPORT_FILE.name} and {MEASUREMENTS_FILE.name}.")
    return 0


def _compare(selected: Sequence[Part], plan: Plan) -> int:
    stored = read_results(RESULTS_FILE)
    if missing := [part.name for part in selected if part.name not in stored]:
        raise FilmotecaError(f"{RESULTS_FILE} has no results of {missing[0]}. Run: make bench PART={missing[0]}")
    worse = [line for part in selected for line in find_regressions(part.name, stored[part.name], _measure(part, plan))]
    for line in worse:
        print(line)
    names = ", ".join(part.name for part in selected)
    verdict = f"{len(worse)} ratios got worse" if worse else "no ratio got worse"
    print(f"{names}: {verdict} (by more than the range of the rounds and {TOLERANCE:.0%})")
    return 1 if worse else 0


def _measure(part: Part, plan: Plan) -> PartResult:
    warehouse, started = WarehouseInfo.read(plan.settings.published_file), time.monotonic()
    print(f"{part.name}: measuring", flush=True)
    tables = part.measure(plan)
    duration = round(time.monotonic() - started, 1)
    print(f"{part.name}: {duration} s", flush=True)
    return PartResult(
        title=part.title,
        measured_on=datetime.now(UTC).date(),
        duration_seconds=duration,
        turn_seconds=plan.turn_seconds,
        rounds=plan.rounds,
        machine=describe_machine(),
        warehouse=warehouse,
        tables=tables,
    )


if __name__ == "__main__":
    sys.exit(run_command(main))
