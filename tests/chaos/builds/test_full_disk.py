"""A disk that fills during a build: one clear error, an unchanged published file, and the next build works."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.builds.conftest import BUILD_TIMEOUT_SECONDS, BuildRunner

MEGABYTE = 1 << 20
FREE_MEGABYTES = (0.1, 1, 2, 3, 5, 7)
"""Free space beside the published file. A build of these films, with dbt's parse cache, needs about 15 MB."""
SUFFICIENT_MEGABYTES = 60


@pytest.fixture
def small_disk(runner: BuildRunner) -> Iterator[Path]:
    """The folder of the published file as a resizable file system of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    folder = runner.settings.published_file.parent
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small file system ({mounted.stderr.strip()})")
    resize(folder, SUFFICIENT_MEGABYTES)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def resize(disk: Path, megabytes: float) -> None:
    size = f"remount,size={int(megabytes * MEGABYTE)}"
    subprocess.run(["mount", "-o", size, disk], check=True)


@pytest.mark.chaos
def test_full_disk_leaves_old_file_and_prints_one_error(
    runner: BuildRunner, small_disk: Path, faulty_films: Path, other_films: Path
) -> None:
    runner.build(faulty_films)
    old = runner.published()
    for free in FREE_MEGABYTES:
        used = sum(path.stat().st_blocks * 512 for path in small_disk.rglob("*")) / MEGABYTE
        resize(small_disk, used + free)
        assert runner.start(other_films).wait(BUILD_TIMEOUT_SECONDS) == 1, f"{free} MB were enough: {runner.output()}"
        assert "the disk is full" in runner.output(), f"{free} MB"
        assert "Traceback" not in runner.output(), f"{free} MB"
        assert runner.published() == old
        runner.assert_clean()
    resize(small_disk, SUFFICIENT_MEGABYTES)
    runner.build(other_films)
    assert runner.published() != old
    runner.assert_clean()
