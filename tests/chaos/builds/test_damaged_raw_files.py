"""Damaged raw files are either built with every record accounted for, or rejected with a clear message.

A replay of dbt's SQL replaces dbt; the checks, the training and the search index are the product's own. A few cases
also run the complete command.
"""

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from math import inf
from pathlib import Path
from threading import Timer

import duckdb
import pytest

from recommender.config import CONTENT
from recommender.train import train
from search.index import write_index
from tests.chaos.builds.conftest import BUILD_TIMEOUT_SECONDS, DEADLINE, BuildRunner
from tests.chaos.builds.damage import damage
from tests.chaos.builds.replay import read_statements, replay
from tests.dbt_functions import register_functions
from warehouse.checks import check_built, read_public_tables
from warehouse.errors import FilmotecaError
from warehouse.raw_files import check_files
from warehouse.raw_finder import find_files
from warehouse.settings import REPOSITORY_ROOT

SHORT_CASES = 8
CASES = int(os.environ.get("CHAOS_CASES", "1000"))
FIRST_SEED = int(os.environ.get("CHAOS_SEED", "0")) * 1_000_000
COMMAND_CASES = 4
CASE_TIMEOUT_SECONDS = 60.0

CLEAR_MESSAGE = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f]{20,4000}", re.S)
"""A readable message without control characters, which could move a terminal's cursor."""


@pytest.fixture(scope="module")
def builder(
    tmp_path_factory: pytest.TempPathFactory, sample_warehouse: Path, faulty_films: Path
) -> Iterator["ReplayBuilder"]:
    folder = tmp_path_factory.mktemp("damaged")
    target = sample_warehouse.parent / ".build" / "target"
    files = {path.name: path.read_bytes() for path in faulty_films.iterdir()}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY_ROOT / "dbt_project")  # the statements have paths relative to it
        patch.setenv("FILMOTECA_RAW_DIR", str(folder / "raw"))
        yield ReplayBuilder(folder, files, target)


class ReplayBuilder:
    def __init__(self, folder: Path, files: Mapping[str, bytes], target: Path) -> None:
        self.folder, self.files = folder / "raw", files
        self.built_file = folder / "movies.duckdb"
        self.statements, self.public_tables = (
            list(read_statements(target)),
            read_public_tables(target / "manifest.json"),
        )
        self.connection = duckdb.connect(config={"threads": 1})
        register_functions(self.connection)

    def run_case(self, seed: int) -> str:
        """Damage the files and build them; return `built` or `rejected`."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, content in damage(self.files, seed)[0].items():
            (self.folder / name).write_bytes(content)
        try:
            self._build()
        except FilmotecaError as error:
            if not CLEAR_MESSAGE.fullmatch(str(error)) or "Traceback" in str(error):
                raise ValueError(f"unclear message: {str(error)[:2_000]!r}") from error
            return "rejected"
        return "built"

    def describe(self, seed: int) -> str:
        return f"seed {seed} ({', '.join(damage(self.files, seed)[1])})"

    def _build(self) -> None:
        files = check_files(self.folder, find_files(self.folder))
        self.built_file.unlink(missing_ok=True)
        if self._transform():
            with redirect_stdout(None):
                train(self.built_file, CONTENT, threads=1)
            write_index(self.built_file)
        with duckdb.connect(str(self.built_file)) as connection:
            check_built(connection, files, self.public_tables)

    def _transform(self) -> int:
        """Run models and tests in memory, copy them to the built file, and return the number of films."""
        self.connection.execute("attach ':memory:' as scratch; attach ':memory:' as movies; use movies")
        timer = Timer(CASE_TIMEOUT_SECONDS, self.connection.interrupt)
        timer.start()
        try:
            if failed := replay(self.statements, self.connection):
                raise ValueError(f"tests of dbt fail: {', '.join(failed)}")
            self.connection.execute(f"attach '{self.built_file}' as built (block_size 16384)")
            self.connection.execute("copy from database movies to built; detach built")
            return len(self.connection.table("movies.marts.dim_movies"))
        finally:
            timer.cancel()
            self.connection.execute("use memory; detach movies; detach scratch")


def run_cases(builder: ReplayBuilder, seeds: range, deadline: float = DEADLINE) -> Counter[str]:
    """Run the seeds until the deadline and assert that there are no faults."""
    outcomes: Counter[str] = Counter()
    faults = []
    for seed in seeds:
        try:
            outcomes[builder.run_case(seed)] += 1
        except Exception as error:
            faults.append(f"{builder.describe(seed)}: {type(error).__name__}: {error}")
        if time.monotonic() > deadline:
            break
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in outcomes.items())
    print(f"{seeds.index(seed) + 1:,} of {len(seeds):,} cases, seeds {seeds.start} to {seed}: {counts}")
    assert not faults, "\n".join(faults)
    return outcomes


def test_damaged_raw_files_are_built_or_rejected(builder: ReplayBuilder) -> None:
    outcomes = run_cases(builder, range(SHORT_CASES), deadline=inf)
    assert min(outcomes["built"], outcomes["rejected"]) > 0, f"only one outcome: {outcomes}"


@pytest.mark.chaos
@pytest.mark.xdist_group("damage")
def test_thousand_damaged_raw_files_are_built_or_rejected(builder: ReplayBuilder) -> None:
    run_cases(builder, range(FIRST_SEED, FIRST_SEED + CASES))


@pytest.mark.chaos
@pytest.mark.xdist_group("damage")
def test_complete_command_has_the_same_outcome(builder: ReplayBuilder, runner: BuildRunner, faulty_films: Path) -> None:
    runner.build(faulty_films)
    for seed in range(FIRST_SEED, FIRST_SEED + COMMAND_CASES):
        old = runner.published()
        outcome = builder.run_case(seed)
        code = runner.start(builder.folder).wait(BUILD_TIMEOUT_SECONDS)
        assert (code == 0, "Traceback" in runner.output()) == (outcome == "built", False), builder.describe(seed)
        assert (runner.published() == old) == (outcome == "rejected"), builder.describe(seed)
        runner.assert_clean()
