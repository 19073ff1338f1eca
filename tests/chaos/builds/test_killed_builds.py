"""SIGKILL at points spread over a build: the published file is the old or the new one, whole, and the next build works.

The short form, one kill in the middle of dbt, is in `tests/warehouse/test_build_on_sample.py`.
"""

import random
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.chaos.builds.runs import DEADLINE, HALVES, Runs, Victim

POINTS_IN_TIME = 38
LINES = (
    "raw files …",
    "raw files:",
    "tables and tests …",
    "tables and tests:",
    "recommender …",
    "films",
    "pairs of near films",
    "recommender:",
    "checks …",
    "checks:",
    "publication …",
    "publication:",
)
"""What a build has just said when it is killed, beside the points in time."""
A_BUILD_WORKS_EVERY = 8
"""Points after which a build runs to its end; the others are begun on what a killed build left."""


@pytest.mark.chaos
@pytest.mark.parametrize("half", HALVES)
def test_killed_at_any_point_a_build_leaves_a_whole_file_and_the_next_one_works(
    runs: Runs, faulty_films: Path, other_films: Path, half: int
) -> None:
    folders = [faulty_films, other_films]
    runs.finish(folders[1])
    builds = [runs.published()]
    seconds = runs.finish(folders[0])
    builds.insert(0, runs.published())
    assert builds[0] != builds[1]

    def in_time(share: float) -> Callable[[float], bool]:
        return lambda passed: passed >= share * seconds

    def by_line(line: str) -> Callable[[float], bool]:
        return lambda _: line in runs.said()

    points = [by_line(line) for line in LINES]
    points += [in_time(number / POINTS_IN_TIME) for number in range(POINTS_IN_TIME)]
    random.Random(0).shuffle(points)  # noqa: S311 (so that those which a slow machine leaves out are spread, too)
    points = points[half :: len(HALVES)]
    victims: Iterator[Victim] = cycle(("build", "group", "child"))
    standing = 0
    for number, (is_due, victim) in enumerate(zip(points, victims, strict=False), start=1):
        code = runs.kill(folders[1 - standing], is_due=is_due, victim=victim)
        published = runs.published()
        assert published in builds, f"point {number}: {runs.said()}"
        assert published == builds[standing] or code in (0, -9), f"point {number}: {runs.said()}"
        if code == 1:
            assert "was killed by signal 9; the published warehouse is unchanged" in runs.said()
            runs.leave_nothing()
        standing = builds.index(published)
        is_last = number == len(points) or time.monotonic() > DEADLINE
        if number % A_BUILD_WORKS_EVERY == 0 or is_last:
            runs.finish(folders[1 - standing])
            standing = 1 - standing
            assert runs.published() == builds[standing]
            runs.leave_nothing()
        if is_last:
            break
    print(f"killed at {number} points of {len(points)}")
