"""Damaged raw files: built with every record accounted for, or refused with a clear sentence, and within seconds.

The checks of the raw files and of the built file are the product's own, between them runs what dbt runs (`replay`), and
then the recommender's training. A few go through the whole command as well, beside a published file that must stay.
"""

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from itertools import count
from pathlib import Path
from threading import Timer

import duckdb
import pytest

from recommender.config import CONTENT
from recommender.train import train
from tests.chaos.builds.damage import damage
from tests.chaos.builds.replay import Statement, python_literal_reader, record, replay
from tests.chaos.builds.runs import BUILD_SECONDS, DEADLINE, HALVES, Runs
from warehouse.checks import check_built
from warehouse.errors import FilmotecaError
from warehouse.raw_files import check_files, find_files, stage_raw_files
from warehouse.settings import Settings

SHORT_CASES, SHORT_SECONDS = 25, 20.0
CASES = int(os.environ.get("CHAOS_CASES", "1000"))
FIRST_SEED = int(os.environ.get("CHAOS_SEED", "0")) * 1_000_000
WHOLE_COMMANDS = 4
HANGS_AFTER_SECONDS = 60.0

CLEAR = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f]{20,4000}", re.S)
"""A sentence for people: long enough to say something, short enough to be read, and nothing that moves a terminal."""


class Fault(Exception):
    """What must not happen, with what was done to the files."""


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory, faulty_films: Path) -> Iterator["Builder"]:
    folder = tmp_path_factory.mktemp("damaged")
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(folder / "movies.duckdb")})
    staged_folder = settings.build_folder / "raw"
    stage_raw_files(check_files(faulty_films, find_files(faulty_films)), staged_folder)
    statements = record(settings, staged_folder)
    files = {path.name: path.read_bytes() for path in faulty_films.glob("*.csv")}
    before = Path.cwd()
    os.chdir(settings.dbt_project)  # as dbt's paths are relative to it
    yield Builder(settings, statements, files)
    os.chdir(before)


class Builder:
    """Builds damaged copies of the same files, one after the other."""

    def __init__(self, settings: Settings, statements: list[Statement], files: Mapping[str, bytes]) -> None:
        self.settings, self.statements, self.files = settings, statements, files
        self.folder = settings.published_file.parent / "raw"
        self.connection = duckdb.connect(config={"threads": 1})
        python_literal_reader(settings).configure_connection(None, self.connection)

    def attempt(self, seed: int) -> str:
        """Damages the files, and builds them: `refused` or `built`. Raises Fault."""
        self.write(seed)
        begun = time.monotonic()
        try:
            outcome = self._built_or_refused()
        except Exception as error:
            raise Fault(f"{self.told(seed)}: {type(error).__name__}: {error}") from error
        if (seconds := time.monotonic() - begun) > HANGS_AFTER_SECONDS:
            raise Fault(f"{self.told(seed)}: it took {seconds:.0f} s")
        return outcome

    def write(self, seed: int) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, content in damage(self.files, seed).files.items():
            (self.folder / name).write_bytes(content)

    def told(self, seed: int) -> str:
        return f"seed {seed} ({', '.join(damage(self.files, seed).done)})"

    def _built_or_refused(self) -> str:
        try:
            self._build()
        except FilmotecaError as error:
            if not CLEAR.fullmatch(str(error)) or "Traceback" in str(error):
                raise ValueError(f"this is no clear sentence: {str(error)[:2_000]!r}") from error
            return "refused"
        return "built"

    def _build(self) -> None:
        files = check_files(self.folder, find_files(self.folder))
        shutil.rmtree(self.settings.build_folder / "raw", ignore_errors=True)
        stage_raw_files(files, self.settings.build_folder / "raw")
        self.settings.built_file.unlink(missing_ok=True)
        if self._transform():
            with redirect_stdout(None):  # its progress is of no use to who reads of hundreds
                train(self.settings.built_file, CONTENT, threads=1)
        with duckdb.connect(str(self.settings.built_file)) as connection:
            check_built(connection, files)

    def _transform(self) -> int:
        """Makes and tests the models in memory, writes them into the built file, and returns how many films it has."""
        self.connection.execute("attach ':memory:' as scratch; attach ':memory:' as movies; use movies")
        watch = Timer(HANGS_AFTER_SECONDS, self.connection.interrupt)
        watch.start()
        try:
            if failed := replay(self.statements, self.connection):
                raise ValueError(f"tests of dbt fail: {', '.join(failed)}")
            self.connection.execute(f"attach '{self.settings.built_file}' as built (block_size 16384)")
            self.connection.execute("copy from database movies to built; detach built")
            return len(self.connection.table("movies.marts.dim_movies"))
        finally:
            watch.cancel()
            self.connection.execute("use memory; detach movies; detach scratch")


def attempt_all(builder: Builder, seeds: range, deadline: float) -> Counter[str]:
    """Attempts the seeds until the deadline (of the monotonic clock); fails with every fault found."""
    outcomes: Counter[str] = Counter()
    faults = []
    for seed in seeds:
        try:
            outcomes[builder.attempt(seed)] += 1
        except Fault as fault:
            faults.append(str(fault))
        if time.monotonic() > deadline:
            break
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in outcomes.items())
    print(f"{seeds.index(seed) + 1:,} of {len(seeds):,} cases, seeds {seeds.start} to {seed}: {counts}")
    assert not faults, "\n".join(faults)
    return outcomes


def test_some_damaged_raw_files_are_built_or_refused(builder: Builder) -> None:
    outcomes = attempt_all(builder, range(SHORT_CASES), time.monotonic() + SHORT_SECONDS)
    assert min(outcomes["built"], outcomes["refused"]) > 0, f"one of the two was never tried: {outcomes}"


def test_a_fault_would_be_found(builder: Builder) -> None:
    harmless = next(seed for seed in count() if all("quote_every" in done for done in damage(builder.files, seed).done))
    always_fails = Statement("test that_fails", "select 1, true, true", is_test=True)
    spoilt = Builder(builder.settings, [*builder.statements, always_fails], builder.files)
    with pytest.raises(Fault, match=rf"seed {harmless} .*tests of dbt fail: test that_fails"):
        spoilt.attempt(harmless)
    with pytest.raises(Fault, match=r"CatalogException|BinderException"):
        Builder(builder.settings, builder.statements[10:], builder.files).attempt(harmless)


@pytest.mark.chaos
@pytest.mark.parametrize("half", HALVES)
def test_a_thousand_damaged_raw_files_are_built_or_refused(builder: Builder, half: int) -> None:
    attempt_all(builder, range(FIRST_SEED + half, FIRST_SEED + CASES, len(HALVES)), DEADLINE)


@pytest.mark.chaos
def test_the_command_comes_to_the_same_end(builder: Builder, runs: Runs, faulty_films: Path) -> None:
    runs.finish(faulty_films)
    for seed in range(FIRST_SEED, FIRST_SEED + WHOLE_COMMANDS):
        old = runs.published()
        outcome = builder.attempt(seed)
        code = runs.start(builder.folder).wait(BUILD_SECONDS)
        assert (code == 0, "Traceback" in runs.said()) == (outcome == "built", False), builder.told(seed)
        assert (runs.published() == old) == (outcome == "refused"), builder.told(seed)
        runs.leave_nothing()
