"""Concurrent builds, Ctrl-C and kill -9: one build at a time, and the next one starts clean."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.waiting import wait_for
from tests.warehouse.conftest import BuildFixture, leftovers, start_build, write_raw_files
from warehouse.lock import BuildRunningError
from warehouse.settings import Settings

WAIT_SECONDS = 60.0

# Replaces dbt: writes its process id into the built file, then hangs.
HANG = """
import os, pathlib, time
pathlib.Path(os.environ['FILMOTECA_DATABASE']).write_text(str(os.getpid()))
time.sleep(600)
"""

EXIT_AND_LEAVE_CHILD = """
import os, pathlib, subprocess, sys
from warehouse.lock import exclusive_lock
with exclusive_lock(pathlib.Path(sys.argv[1])) as lock:
    child = subprocess.Popen(["sleep", "60"], pass_fds=(lock,), stdout=subprocess.DEVNULL)
    print(child.pid, flush=True)
    os._exit(1)
"""


def has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def start_hanging_build(settings: Settings, folder: Path) -> tuple["subprocess.Popen[str]", int]:
    """Start a build that hangs in dbt; return its process and the process id of dbt."""
    build = start_build(settings, write_raw_files(folder / "raw"), HANG)
    wait_for(lambda: settings.built_file.exists() and settings.built_file.read_text())
    return build, int(settings.built_file.read_text())


def test_second_build_names_the_lock_holder_and_leaves_it_running(settings: Settings, tmp_path: Path) -> None:
    first, _ = start_hanging_build(settings, tmp_path)
    try:
        second = start_build(settings, tmp_path / "raw", HANG)
        _, error = second.communicate(timeout=WAIT_SECONDS)
        assert second.returncode == 1
        assert error.startswith(f"error: another build or `make data` is running (process {first.pid}, since 20")
        assert settings.built_file.exists(), "the second build deleted the first one's file"
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        first.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_build_ends_its_children_and_prints_one_line(
    settings: Settings, build: BuildFixture, tmp_path: Path, number: signal.Signals
) -> None:
    settings.published_file.write_bytes(b"the old warehouse")
    running, child = start_hanging_build(settings, tmp_path)
    running.send_signal(number)
    _, error = running.communicate(timeout=WAIT_SECONDS)
    assert running.returncode == 130
    assert error.strip() == "stopped: nothing was published"
    assert has_ended(child)
    assert settings.published_file.read_bytes() == b"the old warehouse"
    build()


@pytest.mark.parametrize("whole_group", [True, False])
def test_killed_build_leaves_old_file_and_next_build_starts_clean(
    settings: Settings, build: BuildFixture, tmp_path: Path, capsys: pytest.CaptureFixture[str], whole_group: bool
) -> None:
    settings.published_file.write_bytes(b"the old warehouse")
    running, child = start_hanging_build(settings, tmp_path)
    if whole_group:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        running.kill()
    running.communicate()
    assert settings.published_file.read_bytes() == b"the old warehouse"
    assert settings.built_file.exists(), "a killed build cannot remove its file"
    capsys.readouterr()
    build()
    assert has_ended(child)
    assert "removed the files of an interrupted build" in capsys.readouterr().out
    assert leftovers(settings) == []


def test_child_of_a_killed_build_still_holds_the_lock(
    settings: Settings, build: BuildFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on systems where the kernel does not kill the children of a killed process."""
    monkeypatch.setattr("warehouse.lock.ORPHAN_WAIT_SECONDS", 0.2)
    command = [sys.executable, "-c", EXIT_AND_LEAVE_CHILD, str(settings.lock_file)]
    orphan = int(subprocess.run(command, cwd=settings.root, stdout=subprocess.PIPE, text=True, check=False).stdout)
    try:
        with pytest.raises(BuildRunningError, match="was killed, but one of its child processes is still running"):
            build()
    finally:
        os.kill(orphan, signal.SIGKILL)
    build()
