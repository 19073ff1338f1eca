"""The transform against its floor (bare DuckDB) and the usual way (pandas), each a process of its own."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.part import Part, Plan
from benchmarks.results import Better, Ratio, Table
from warehouse import raw_files
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.processes import Ended, run
from warehouse.screen import Screen
from warehouse.settings import Settings
from warehouse.transform import DbtLog, build_command, dbt_environment

NO_TESTS = ("--exclude-resource-type", "test")


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


Runs = dict[str, list[tuple[float, int]]]
"""By way: seconds and most bytes of each round."""

FLOOR, PANDAS = "bare DuckDB", "pandas"
MODELS, UNTESTED, TESTED = "dbt, its models alone", "dbt, no tests", "dbt, all tests"


def measure(plan: Plan) -> list[Table]:
    """Transform the raw files in every way, beside the published file and away from it."""
    raw_folder, _ = raw_files.choose_folder(plan.settings, plan.raw_folder)
    check_same_files(plan.settings.published_file, raw_folder)
    with TemporaryDirectory(prefix="filmoteca-bench-") as folder:
        beside = replace(plan.settings, published_file=Path(folder) / "movies.duckdb")
        runs = _runs(raw_folder, beside, plan)
    seconds = {way: [taken for taken, _ in taken_and_peak] for way, taken_and_peak in runs.items()}
    return [
        Table(
            title="The transform, and other ways to make the same",
            sentence="The raw files of this warehouse: bare DuckDB reads, casts and writes them and does nothing else; "
            "pandas, with `ast.literal_eval`, makes the same tables. The best seconds of the rounds, the most memory.",
            columns=["way", "s", "MB at peak"],
            rows=[[way, min(seconds[way]), max(peak for _, peak in runs[way]) / 1e6] for way in runs],
            ratios=[*_ratios(seconds, FLOOR, "lower"), *_ratios(seconds, PANDAS, "higher")],
        )
    ]


def check_same_files(database: Path, raw_folder: Path) -> None:
    """Raises FilmotecaError when the warehouse was built of other files: the page tells which one was measured."""
    with open_read_only(database) as connection:
        [(built_of,)] = connection.execute("select source_files from quality.build_info").fetchall()
    sizes = {source["source_name"]: source["size_bytes"] for source in built_of}
    if sizes != {name: path.stat().st_size for name, path in raw_files.find_files(raw_folder).items()}:
        raise FilmotecaError(
            f"{raw_folder} does not hold the raw files that {database} was built of; "
            "name their folder: make bench RAW_DIR=…"
        )


def _ratios(seconds: Mapping[str, list[float]], other: str, better: Better) -> Iterator[Ratio]:
    """The seconds of dbt's ways against those of another: ours over the floor's, pandas' over ours."""
    for way in (MODELS, UNTESTED, TESTED):
        slow, fast = (way, other) if better == "lower" else (other, way)
        rounds = [one / another for one, another in zip(seconds[slow], seconds[fast], strict=True)]
        yield Ratio.of(f"{slow} / {fast}", rounds, better)


def _runs(raw_folder: Path, settings: Settings, plan: Plan) -> Runs:
    """The ways take turns; a round takes minutes, so there are fewer than elsewhere."""
    laid_out = settings.build_folder / "raw"
    found = raw_files.find_files(raw_folder)
    raw_files.lay_out([raw_files.RawFile(name, path, 0, "", 0) for name, path in found.items()], laid_out)
    run_dbt(laid_out, settings, *NO_TESTS)  # every build but the first finds dbt's parse cache
    runs: Runs = {}

    def note(way: str, ended: Ended, seconds: float | None = None) -> None:
        runs.setdefault(way, []).append((ended.seconds if seconds is None else seconds, ended.peak_bytes))

    rounds = (plan.rounds + 1) // 3 or 1
    for done in range(1, rounds + 1):
        note(FLOOR, run_script("bare_duckdb", raw_folder, settings))
        models, node_seconds = run_dbt(laid_out, settings, *NO_TESTS)
        note(MODELS, models, node_seconds)
        note(UNTESTED, models)
        note(TESTED, run_dbt(laid_out, settings)[0])
        note(PANDAS, run_script("pandas_way", raw_folder, settings))
        plan.screen.count("rounds of all ways", done, rounds)
    return runs


PART = Part("transform", "The transform", measure, is_quick=True)
