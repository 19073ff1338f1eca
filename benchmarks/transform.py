"""The transform beside plain DuckDB (`benchmarks.plain_duckdb`) and pandas (`tests.oracle`), each a process."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results import Part, Plan, Ratio, Table
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.processes import ProcessResult, run_process
from warehouse.progress import Progress
from warehouse.raw_finder import choose_folder, find_files
from warehouse.settings import Settings
from warehouse.transform import DbtLog, build_command, dbt_environment

PLAIN, PANDAS = "plain DuckDB", "pandas"
MODELS, UNTESTED, TESTED = "dbt, models only", "dbt, without tests", "dbt, with tests"
SCRIPTS = {PLAIN: "benchmarks.plain_duckdb", PANDAS: "tests.oracle"}
NO_TESTS = ("--exclude-resource-type", "test")


def run_script(name: str, raw_folder: Path, settings: Settings) -> ProcessResult:
    """Transform raw files with one of SCRIPTS."""
    lines: list[str] = []
    settings.built_file.unlink(missing_ok=True)
    command = (sys.executable, "-m", SCRIPTS[name], str(raw_folder), str(settings.built_file))
    result = run_process(command, cwd=settings.root, environment={}, on_line=lines.append)
    if result.exit_code != 0:
        raise FilmotecaError("\n".join([f"{SCRIPTS[name]} failed:", *lines[-20:]]))
    return result


def _run_dbt(raw_folder: Path, settings: Settings, *arguments: str) -> tuple[ProcessResult, float]:
    """Run `dbt build`; return its result and the seconds that it spent on its nodes."""
    log = DbtLog(Progress())
    settings.built_file.unlink(missing_ok=True)
    environment = dbt_environment(settings, raw_folder)
    command = build_command(settings, *arguments)
    result = run_process(command, cwd=settings.dbt_project, environment=environment, on_line=log.process_line)
    if result.exit_code != 0:
        raise FilmotecaError(f"`dbt build` failed:\n{log.failure_message()}")
    return result, log.node_seconds


def measure(plan: Plan) -> list[Table]:
    """Transform the raw files of the published warehouse in every way."""
    raw_folder, _ = choose_folder(plan.settings, plan.raw_folder)
    check_raw_files(plan.settings.published_file, raw_folder)
    runs: dict[str, list[tuple[float, int]]] = {way: [] for way in (PLAIN, MODELS, UNTESTED, TESTED, PANDAS)}
    with TemporaryDirectory(prefix="filmoteca-bench-") as folder:
        settings = replace(plan.settings, published_file=Path(folder) / "movies.duckdb")
        _run_dbt(raw_folder, settings, *NO_TESTS)  # fill dbt's parse cache, as in every build after the first
        for _ in range((plan.rounds + 1) // 3 or 1):  # a round takes minutes
            for script in SCRIPTS:
                result = run_script(script, raw_folder, settings)
                runs[script].append((result.seconds, result.peak_bytes))
            result, node_seconds = _run_dbt(raw_folder, settings, *NO_TESTS)
            runs[MODELS].append((node_seconds, result.peak_bytes))
            runs[UNTESTED].append((result.seconds, result.peak_bytes))
            result, _ = _run_dbt(raw_folder, settings)
            runs[TESTED].append((result.seconds, result.peak_bytes))
    return [
        Table(
            title="The transform, plain DuckDB and pandas",
            description="The raw files of this warehouse. Plain DuckDB only reads, casts and writes them; pandas, with "
            "`ast.literal_eval`, makes the same tables as dbt. The shortest time and the highest memory of the rounds.",
            columns=["program", "s", "MB at peak"],
            rows=[
                [way, min(s for s, _ in results), max(peak for _, peak in results) / 1e6]
                for way, results in runs.items()
            ],
            ratios=list(_ratios({way: [seconds for seconds, _ in results] for way, results in runs.items()})),
        )
    ]


def check_raw_files(database: Path, raw_folder: Path) -> None:
    """Raise FilmotecaError if the warehouse was built from other raw files."""
    with open_read_only(database) as connection:
        [(sources,)] = connection.execute("select source_files from quality.build_info").fetchall()
    sizes = sorted((source["source_name"], source["size_bytes"]) for source in sources)
    found = find_files(raw_folder).items()
    if sizes != sorted((name, path.stat().st_size) for name, paths in found for path in paths):
        raise FilmotecaError(
            f"{database} was not built from the raw files in {raw_folder}. Name their folder: make bench RAW_DIR=…"
        )


def _ratios(seconds: Mapping[str, list[float]]) -> Iterator[Ratio]:
    for way in (MODELS, UNTESTED, TESTED):
        for slow, fast in ((way, PLAIN), (PANDAS, way)):
            rounds = [one / other for one, other in zip(seconds[slow], seconds[fast], strict=True)]
            yield Ratio.from_rounds(f"{slow} / {fast}", rounds, "lower" if fast == PLAIN else "higher")


PART = Part("transform", "The transform", measure, is_quick=True)
