"""`python -m warehouse.build`: from raw files to the published warehouse, in one command.

Raw files are checked, dbt builds and tests every table, the recommender adds its own, the result is checked
and then published by one rename. Until that rename the published file is not touched.
"""

import argparse
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import duckdb

from warehouse import raw_files, report
from warehouse.checks import check_built
from warehouse.errors import FilmotecaError, find_disk_full, run_command
from warehouse.lock import exclusive_lock
from warehouse.processes import Ended, run
from warehouse.publish import check_destination, count_rows, make_build_id, publish, write_build_info
from warehouse.raw_files import RawFile
from warehouse.screen import Screen
from warehouse.settings import Settings
from warehouse.transform import DbtLog, build_command, dbt_environment, parse_cache


class StepFailedError(FilmotecaError):
    """A command that the build started did not do its work."""


@dataclass(frozen=True, slots=True)
class Commands:
    """The processes that fill the file being built; tests put their own here."""

    transform: Sequence[str]
    train: Sequence[str]
    training: Sequence[str] = ()
    """How the training was asked for, if not as usual: the build id depends on it."""

    @classmethod
    def of(cls, settings: Settings, training: Sequence[str] = ()) -> "Commands":
        train = (sys.executable, "-m", "recommender", "train", "--database", str(settings.built_file))
        return cls(build_command(settings), (*train, *training), training)


@dataclass(slots=True)
class Build:
    """One build under way."""

    settings: Settings
    commands: Commands
    screen: Screen = field(default_factory=Screen)
    peaks: dict[str, int] = field(default_factory=dict)
    """Most bytes that a step's process held, by step."""

    def run(self, given_folder: Path | None) -> report.Summary:
        """Builds and publishes. Raises FilmotecaError or OSError; the published file is then as it was."""
        check_destination(self.settings.published_file)
        with exclusive_lock(self.settings.lock_file) as lock:
            self._clean_up_after_a_dead_build()
            try:
                return self._run(given_folder, lock)
            finally:
                _remove_all_but(self.settings.build_folder, parse_cache(self.settings))

    def _run(self, given_folder: Path | None, lock: int) -> report.Summary:
        files = self._check_raw_files(given_folder)
        laid_out = self.settings.build_folder / "raw"
        raw_files.lay_out(files, laid_out)
        with self.screen.step("tables and tests"):
            self._transform(laid_out, lock)
        with self.screen.step("recommender"):
            self._train(lock)
        with duckdb.connect(str(self.settings.built_file)) as connection:
            with self.screen.step("checks"):
                check_built(connection, files)
                tables = count_rows(connection)
            rejected = report.count_rejected(connection)
            build_id = make_build_id(files, self.settings, self.commands.training)
            write_build_info(connection, build_id, files, tables, self.screen.steps)
            connection.execute("checkpoint")
        with self.screen.step("publication"):
            publish(self.settings.built_file, self.settings.published_file)
        return report.Summary(
            self.settings.published_file,
            build_id,
            tuple(tables),
            tuple(rejected),
            self.screen.steps,
            self.peaks,
        )

    def _clean_up_after_a_dead_build(self) -> None:
        folder = self.settings.build_folder
        if _remove_all_but(folder, parse_cache(self.settings)):
            shutil.rmtree(folder)
            self.screen.say(f"removed what an interrupted build left in {folder}")

    def _check_raw_files(self, given_folder: Path | None) -> list[RawFile]:
        folder, reason = raw_files.choose_folder(self.settings, given_folder)
        self.screen.say(f"raw files from {folder} ({reason})")
        with self.screen.step("raw files"):
            found = raw_files.find_files(folder)
            for unused, used in raw_files.find_unused(folder, found):
                self.screen.say(f"  {unused.name} is left aside: {used.name} is there too")
            files = raw_files.check_files(folder, found)
            for file in files:
                self.screen.say(f"  {file.path.name}: {file.record_count:,} records, {file.size_bytes / 1e6:.1f} MB")
            for source in raw_files.SOURCES:
                if source.name not in found:
                    self.screen.say(f"  {source.file_names[0]} is absent: the tables made from it will be empty")
        return files

    def _transform(self, laid_out: Path, lock: int) -> None:
        log = DbtLog(self.screen)
        environment = dbt_environment(self.settings, laid_out)
        ended = run(
            self.commands.transform,
            folder=self.settings.dbt_project,
            environment=environment,
            inherited=(lock,),
            on_line=log.follow,
        )
        self.peaks["tables and tests"] = ended.peak_bytes
        for warning in log.warnings:
            self.screen.say(f"  dbt warns: {warning}")
        _check_end("dbt", ended, log.why_failed)

    def _train(self, lock: int) -> None:
        lines: list[str] = []

        def follow(line: str) -> None:
            lines.append(f"  {line}")
            self.screen.say(lines[-1])

        command = self.commands.train
        ended = run(command, folder=self.settings.root, environment={}, inherited=(lock,), on_line=follow)
        self.peaks["recommender"] = ended.peak_bytes
        _check_end("the recommender's training", ended, lambda: "\n".join(lines[-5:]))


def _check_end(what: str, ended: Ended, why: Callable[[], str]) -> None:
    if ended.exit_code == 0:
        return
    reason = why()
    if full := find_disk_full(reason):
        raise StepFailedError(full)
    how = f"was ended by signal {-ended.exit_code}" if ended.exit_code < 0 else "failed"
    raise StepFailedError(f"{what} {how}; the published warehouse is untouched:\n{reason}")


def _remove_all_but(folder: Path, kept: Path) -> bool:
    """Empties a folder except for one entry; returns whether there was anything to remove."""
    if not folder.is_dir():
        return False
    others = [path for path in folder.iterdir() if path != kept]
    for path in others:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return bool(others)


def main(arguments: Sequence[str]) -> int:
    """Builds, publishes and prints the report; returns the exit code (130 when stopped)."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.build", description=__doc__)
    parser.add_argument(
        "--raw-dir",
        type=Path,
        metavar="DIR",
        help="folder of the raw CSV files; else FILMOTECA_RAW_DIR, else warehouse/raw/ if it holds them, "
        "else the bundled sample",
    )
    parser.add_argument(
        "--with-ratings", action="store_true", help="let the recommender learn from the MovieLens users' likes as well"
    )
    options = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    settings = Settings.from_environment()
    try:
        training = ("--with-ratings",) if options.with_ratings else ()
        summary = Build(settings, Commands.of(settings, training)).run(options.raw_dir)
    except (KeyboardInterrupt, duckdb.InterruptException):
        print("\nstopped: nothing was published", file=sys.stderr)
        return 130
    except duckdb.Error as error:
        raise StepFailedError(find_disk_full(str(error)) or str(error)) from None
    for line in report.lines(summary):
        print(line)
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(run_command(main))
