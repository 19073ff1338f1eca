"""Measure this version: `python -m benchmarks [PART …]`, which is `make bench PART="…"`.

Each part's tables replace those of the same part in `benchmarks/results.json` as soon as it ends, and the page
`benchmarks/RESULTS.md` and the figures in README.md are written anew: stop at any time, and go on with the parts left.
With --check nothing is written: the ratios of the quick parts are compared with those that are kept.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.headlines import README_FILE, with_headlines
from benchmarks.machine import Data, Machine
from benchmarks.page import PAGE_FILE, in_order, page
from benchmarks.part import Part, Plan
from benchmarks.parts import PARTS
from benchmarks.regressions import MARGIN, regressions
from benchmarks.results import RESULTS_FILE, PartResult, encoded, read_results, write_whole
from warehouse.errors import FilmotecaError, run_command
from warehouse.screen import Screen
from warehouse.settings import Settings

QUICK_SECONDS, QUICK_ROUNDS = 1.0, 3
FILMS = (45_000, 450_000, 1_000_000)


def main(arguments: Sequence[str]) -> int:
    """Measure, and write or compare; returns 1 when something got worse."""
    options = _parser().parse_args(arguments)
    if unknown := [name for name in options.parts if name not in PARTS]:
        raise FilmotecaError(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    settings = Settings.from_environment()
    plan = Plan(
        settings,
        options.raw_dir or settings.chosen_raw_folder,
        options.seconds or (QUICK_SECONDS if options.check else 2.0),
        options.rounds or (QUICK_ROUNDS if options.check else 5),
        options.films,
        Screen(),
    )
    chosen = [PARTS[name] for name in options.parts] or [
        part for part in PARTS.values() if part.is_quick or not options.check
    ]
    return _check(chosen, plan) if options.check else _write(chosen, plan)


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {part.name:16}{part.title}{' (quick)' if part.is_quick else ''}" for part in PARTS.values())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=f"parts:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help="what to measure (default: everything)")
    parser.add_argument("--check", action="store_true", help="write nothing; say what got worse than the kept results")
    parser.add_argument(
        "--raw-dir", type=Path, metavar="DIR", help="raw files of the transform, as for warehouse.build"
    )
    parser.add_argument("--seconds", type=_more_than_0, metavar="S", help="length of a turn (default: 2; to check: 1)")
    parser.add_argument(
        "--films",
        type=_from_1,
        nargs="+",
        default=FILMS,
        metavar="N",
        help="sizes of the part build (default: %(default)s)",
    )
    parser.add_argument("--rounds", type=_from_1, metavar="N", help="turns of each (default: 5; to check: 3)")
    return parser


def _more_than_0(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of a turn; right are seconds, more than 0, like 0.5")
    return number


def _from_1(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 10_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is no number; right is 1 or more, to 10,000,000")
    return int(text)


def _write(chosen: Sequence[Part], plan: Plan) -> int:
    """Measure part by part, and keep each as soon as it is there."""
    left = [part.name for part in chosen]
    try:
        for part in chosen:
            results = in_order(read_results() | {part.name: _measured(part, plan)})
            write_whole(RESULTS_FILE, encoded(results))
            write_whole(PAGE_FILE, page(results).encode("utf-8"))
            write_whole(README_FILE, with_headlines(README_FILE.read_text("utf-8"), results).encode("utf-8"))
            left.remove(part.name)
    finally:
        if left:
            plan.screen.say(f'not measured: make bench PART="{" ".join(left)}" goes on')
    plan.screen.say(f"written: {RESULTS_FILE.name} and {PAGE_FILE.name} in {PAGE_FILE.parent}")
    return 0


def _check(chosen: Sequence[Part], plan: Plan) -> int:
    """Measure, and say what got worse."""
    kept = read_results()
    if missing := [part.name for part in chosen if part.name not in kept]:
        raise FilmotecaError(f"{RESULTS_FILE} has no {missing[0]} to compare with: make bench PART={missing[0]}")
    worse = [line for part in chosen for line in regressions(part.name, kept[part.name], _measured(part, plan))]
    for line in worse:
        plan.screen.say(line)
    names = ", ".join(part.name for part in chosen)
    verdict = f"{len(worse)} of the ratios got worse" if worse else "no ratio got worse"
    plan.screen.say(f"{names}: {verdict} by more than the range of the rounds and {MARGIN:.0%}")
    return 1 if worse else 0


def _measured(part: Part, plan: Plan) -> PartResult:
    data, begun = Data.of(plan.settings.published_file), time.monotonic()
    with plan.screen.step(part.name):
        tables = part.measure(plan)
    return PartResult(
        title=part.title,
        measured_on=datetime.now(UTC).date(),
        took_seconds=round(time.monotonic() - begun, 1),
        seconds=plan.seconds,
        rounds=plan.rounds,
        machine=Machine.here(),
        data=data,
        tables=tables,
    )


if __name__ == "__main__":
    sys.exit(run_command(main))
