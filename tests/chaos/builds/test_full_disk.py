"""A disk that fills at several points of a build: one sentence, the old file as it was, and the next build works."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.builds.runs import BUILD_SECONDS, Runs

MEGABYTE = 1 << 20
FREE_MEGABYTES = (0.1, 1, 2, 3, 5, 7)
"""What is free beside the published file. A build of these films, dbt's parse cache with it, needs some 15 MB."""
ENOUGH_MEGABYTES = 60


@pytest.fixture
def small_disk(runs: Runs) -> Iterator[Path]:
    """The folder of the published file as a file system of its own, of a size that can be changed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system to fill")
    folder = runs.settings.published_file.parent
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"no small file system can be mounted here ({mounted.stderr.strip()})")
    resize(folder, ENOUGH_MEGABYTES)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def resize(disk: Path, megabytes: float) -> None:
    size = f"remount,size={int(megabytes * MEGABYTE)}"
    subprocess.run(["mount", "-o", size, disk], check=True)


@pytest.mark.chaos
def test_a_disk_that_fills_leaves_the_old_file_and_says_one_sentence(
    runs: Runs, small_disk: Path, faulty_films: Path, other_films: Path
) -> None:
    runs.finish(faulty_films)
    old = runs.published()
    for free in FREE_MEGABYTES:
        used = sum(path.stat().st_blocks * 512 for path in small_disk.rglob("*")) / MEGABYTE
        resize(small_disk, used + free)
        assert runs.start(other_films).wait(BUILD_SECONDS) == 1, f"{free} MB were enough: {runs.said()}"
        assert "the disk is full" in runs.said(), f"{free} MB"
        assert "Traceback" not in runs.said(), f"{free} MB"
        assert runs.published() == old
        runs.leave_nothing()
    resize(small_disk, ENOUGH_MEGABYTES)
    runs.finish(other_films)
    assert runs.published() != old
    runs.leave_nothing()
