"""SIGKILL at many points of a build: the published file stays complete, and the next build works.

The short variant, with a program in place of dbt, is in `tests/warehouse/test_build_interrupted.py`.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import psutil
import pytest

from tests.chaos.builds.conftest import BUILD_TIMEOUT_SECONDS, DEADLINE, BuildRunner

VICTIMS = ("build", "group", "child")
"""What is killed: the build's process, its process group, or only its child process (dbt or the training)."""
POINTS_IN_TIME = 38
OUTPUT_LINES = (
    *(f"{step}{end}" for step in ("raw files", "tables and tests", "checks", "publication") for end in (" …", ":")),
    *("recommender …", "films", " neighbors", "recommender:"),
)
"""Lines of output after which a build is killed, in addition to the points in time."""
KILLS_PER_COMPLETE_BUILD = 8
"""Number of kills after which a build may finish. The others start on what a killed build left behind."""


@pytest.mark.chaos
@pytest.mark.xdist_group("kills")
def test_killed_build_leaves_complete_file_and_next_build_works(
    runner: BuildRunner, faulty_films: Path, other_films: Path
) -> None:
    folders = [faulty_films, other_films]
    runner.build(folders[1])
    builds = [runner.published()]
    seconds = runner.build(folders[0])
    builds.insert(0, runner.published())
    assert builds[0] != builds[1]
    points = _kill_points(runner, seconds)
    current = 0
    for number, (is_due, victim) in enumerate(zip(points, cycle(VICTIMS), strict=False), start=1):
        code = kill(runner, folders[1 - current], is_due, victim)
        published = runner.published()
        assert published in builds, f"point {number}: {runner.output()}"
        assert published == builds[current] or code in (0, -9), f"point {number}: {runner.output()}"
        if code == 1:
            assert "was killed by signal 9; the published warehouse is unchanged" in runner.output()
            runner.assert_clean()
        current = builds.index(published)
        is_last = number == len(points) or time.monotonic() > DEADLINE
        if number % KILLS_PER_COMPLETE_BUILD == 0 or is_last:
            runner.build(folders[1 - current])
            current = 1 - current
            assert runner.published() == builds[current]
            runner.assert_clean()
        if is_last:
            break
    print(f"killed at {number} points of {len(points)}")


def kill(runner: BuildRunner, folder: Path, is_due: Callable[[float], bool], victim: str) -> int:
    """Start a build and kill the victim when `is_due(seconds since the start)`.

    Returns the exit code, which is 0 if the build finished first.
    """
    process, started = runner.start(folder), time.monotonic()
    while process.poll() is None and not is_due(time.monotonic() - started):
        assert time.monotonic() - started < BUILD_TIMEOUT_SECONDS, f"the build hangs: {runner.output()}"
        time.sleep(0.001)
    if process.poll() is None:
        match victim:
            case "build":
                process.kill()
            case "group":
                os.killpg(process.pid, signal.SIGKILL)
            case "child":
                for child in psutil.Process(process.pid).children():
                    child.kill()
    return process.wait(BUILD_TIMEOUT_SECONDS)


def _kill_points(runner: BuildRunner, build_seconds: float) -> list[Callable[[float], bool]]:
    """Return the conditions of all kills, shuffled so that a slow machine skips some of every kind."""

    def at_time(share: float) -> Callable[[float], bool]:
        return lambda seconds: seconds >= share * build_seconds

    def at_line(line: str) -> Callable[[float], bool]:
        return lambda _: line in runner.output()

    points = [at_line(line) for line in OUTPUT_LINES]
    points += [at_time(number / POINTS_IN_TIME) for number in range(POINTS_IN_TIME)]
    random.Random(0).shuffle(points)  # noqa: S311
    return points
