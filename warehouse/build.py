"""Build and publish the warehouse: `python -m warehouse.build`.

Checks the raw files, runs dbt (tables and tests), trains the recommender, builds the search index at the same time,
checks the result, and publishes it with an atomic rename. Until then the published file is unchanged.
"""

import argparse
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from warehouse.build_commands import BuildCommands
from warehouse.build_info import make_build_id, write_build_info
from warehouse.checks import check_built, read_public_tables
from warehouse.engines.commands import (
    SparkLog,
    describe_unsplittable,
    import_environment,
    multi_line_options,
    spark_environment,
)
from warehouse.engines.requirements import check_requirements
from warehouse.errors import find_disk_full, interrupt_on, run_command
from warehouse.index_file import create_index_file, import_index
from warehouse.lock import exclusive_lock
from warehouse.losses import check_losses
from warehouse.processes import RunningProcess, StepFailedError, check_result, run_process, start_process
from warehouse.progress import Progress
from warehouse.publish import check_destination, check_replacement, count_movies, publish
from warehouse.raw_files import RawFile, check_files, check_unchanged, describe_files
from warehouse.raw_finder import choose_folder, stage_files
from warehouse.raw_sources import SOURCES
from warehouse.report import format_report
from warehouse.settings import Settings
from warehouse.transform import DbtLog, dbt_environment, parse_cache


@dataclass(slots=True)
class BuildRun:
    """One run of the build."""

    settings: Settings
    commands: BuildCommands
    progress: Progress = field(default_factory=Progress)
    step_peak_bytes: dict[str, int] = field(default_factory=dict)
    allow_losses: bool = False
    """Publish even if most rows of a source or most cells of a column are lost."""
    force: bool = False
    """Publish even if a much larger data set is replaced."""

    def run(self, raw_folder: Path | None) -> None:
        """Build and publish the warehouse from `raw_folder`, or from the default raw files.

        Raises FilmotecaError or OSError; the published file is then unchanged.
        """
        check_destination(self.settings.published_file)
        with exclusive_lock(self.settings.lock_file) as lock:
            self._remove_leftovers()
            self.settings.build_folder.mkdir(exist_ok=True)
            try:
                self._run(raw_folder, lock)
            finally:
                _empty_folder(self.settings.build_folder, keep=parse_cache(self.settings))

    def _run(self, raw_folder: Path | None, lock: int) -> None:
        folder, reason = choose_folder(self.settings, raw_folder)
        self.progress.print_line(f"raw files from {folder} ({reason})")
        files = self._check_raw_files(folder)
        self._check_replacement(sum(file.record_count for file in files if file.source_name == "movies"), folder)
        environment = dbt_environment(self.settings, self.settings.staged_folder)
        if self.commands.spark:
            with self.progress.step("tables and tests on Spark"):
                self._compute_on_spark(files, lock, environment)
            environment |= import_environment(self.settings)
        step = "import" if self.commands.spark else "tables and tests"
        with self.progress.step(step):
            try:
                self._run_dbt(DbtLog(self.progress, step), self.commands.transform, lock, environment)
            except StepFailedError:
                check_losses(self.settings, allowed=self.allow_losses)  # the likely reason for a failed test
                raise
            check_unchanged(files)
        check_losses(self.settings, allowed=self.allow_losses)
        self._check_replacement(count_movies(self.settings.built_file), folder)
        create_index_file(self.settings.index_file, self.settings.built_file)
        with self._start_command(self.commands.index, lock) as indexing:
            with self.progress.step("recommender"), self._start_command(self.commands.train, lock) as training:
                self._finish_command("recommender", training)
            with self.progress.step("search index"):
                self._finish_command("search index", indexing)
                import_index(self.settings.index_file, self.settings.built_file)
        with duckdb.connect(str(self.settings.built_file)) as connection:
            with self.progress.step("checks"):
                check_built(connection, files, read_public_tables(parse_cache(self.settings) / "manifest.json"))
            build_id = make_build_id(files, self.settings, self.commands.options)
            write_build_info(connection, build_id, files, self.progress.step_seconds)
            connection.execute("checkpoint")
        with self.progress.step("publication"):
            publish(self.settings.built_file, self.settings.published_file)
            self.settings.refused_file.unlink(missing_ok=True)

    def _check_replacement(self, movie_count: int, folder: Path) -> None:
        if not self.force:
            is_sample = folder == self.settings.sample_folder
            check_replacement(self.settings.published_file, movie_count, is_sample=is_sample)

    def _remove_leftovers(self) -> None:
        folder = self.settings.build_folder
        if _empty_folder(folder, keep=parse_cache(self.settings)):
            shutil.rmtree(folder)  # the interrupted build may have damaged the parse cache
            self.progress.print_line(f"removed the files of an interrupted build from {folder}")

    def _check_raw_files(self, folder: Path) -> list[RawFile]:
        with self.progress.step("raw files"):
            self.settings.staged_folder.mkdir()
            staged = stage_files(folder, self.settings.staged_folder)
            for line in staged.ignored:
                self.progress.print_line(f"  {line}")
            files = check_files(folder, staged.found, staged.names)
            for line in describe_files(files):
                self.progress.print_line(f"  {line}")
            for source in SOURCES:
                if source.name not in staged.found:
                    self.progress.print_line(f"  {source.plain_names} is missing: its tables will be empty")
        return files

    def _compute_on_spark(self, files: Sequence[RawFile], lock: int, environment: Mapping[str, str]) -> None:
        if warning := describe_unsplittable(files):
            self.progress.print_line(f"  {warning}")
        log = SparkLog(self.progress, "tables and tests on Spark", output=self.settings.spark_output)
        command = [*self.commands.spark, *multi_line_options(files)]
        self._run_dbt(log, command, lock, {**environment, **spark_environment(self.settings)})

    def _run_dbt(self, log: DbtLog, command: Sequence[str], lock: int, environment: Mapping[str, str]) -> None:
        result = run_process(
            command, cwd=self.settings.dbt_project, environment=environment, pass_fds=(lock,), on_line=log.process_line
        )
        self.step_peak_bytes[log.step] = result.peak_bytes
        for warning in log.warnings:
            self.progress.print_line(f"  dbt warns: {warning}")
        check_result("dbt", result, log.failure_message)

    def _start_command(self, command: Sequence[str], lock: int) -> AbstractContextManager[RunningProcess]:
        """Start another package's command."""
        return start_process(command, cwd=self.settings.root, environment={}, pass_fds=(lock,))

    def _finish_command(self, step: str, process: RunningProcess) -> None:
        lines: list[str] = []

        def print_line(line: str) -> None:
            lines.append(f"  {line}")
            self.progress.print_line(lines[-1])

        result = process.finish(print_line)
        self.step_peak_bytes[step] = result.peak_bytes
        check_result(f"the step {step!r}", result, lambda: "\n".join(lines[-5:]))


def _empty_folder(folder: Path, *, keep: Path) -> bool:
    """Remove everything in `folder` except `keep`; return whether there was anything to remove."""
    if not folder.is_dir():
        return False
    others = [path for path in folder.iterdir() if path != keep]
    for path in others:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return bool(others)


def main(arguments: Sequence[str]) -> int:
    """Build and publish the warehouse and print a report; return the exit code (130 if interrupted)."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.build", description=__doc__)
    parser.add_argument(
        "--raw-dir",
        type=Path,
        metavar="DIR",
        help="folder with the raw CSV files (default: FILMOTECA_RAW_DIR, or warehouse/raw/ if it contains them, "
        "or the bundled sample)",
    )
    parser.add_argument(
        "--with-ratings", action="store_true", help="train the recommender on the ratings of MovieLens users as well"
    )
    parser.add_argument(
        "--allow-losses", action="store_true", help="publish even if most rows of a file or cells of a column are lost"
    )
    parser.add_argument("--force", action="store_true", help="replace even a warehouse of more than twice the films")
    parser.add_argument(
        "--engine",
        choices=("duckdb", "spark"),
        default="duckdb",
        help="what computes the tables (default: %(default)s)",
    )
    parser.add_argument(
        "--master",
        metavar="URL",
        help="address of a Spark cluster, such as spark://host:7077 (default: start one on this machine for the build)",
    )
    options = parser.parse_args(arguments)
    if options.master and options.engine != "spark":
        parser.error("--master is the address of a Spark cluster; add --engine spark")
    interrupt_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    settings = Settings.from_environment()
    try:
        train_options = ("--with-ratings",) if options.with_ratings else ()
        if options.engine == "spark":
            check_requirements(settings.spark_folder)
        commands = BuildCommands.from_settings(settings, train_options, options.engine, options.master)
        run = BuildRun(settings, commands, allow_losses=options.allow_losses, force=options.force)
        run.run(options.raw_dir)
    except (KeyboardInterrupt, duckdb.InterruptException):
        print("\nstopped: nothing was published", file=sys.stderr)
        return 130
    except duckdb.Error as error:
        raise StepFailedError(find_disk_full(str(error)) or str(error)) from None
    for line in format_report(settings.published_file, run.progress.step_seconds, run.step_peak_bytes):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
