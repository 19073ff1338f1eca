"""The worker processes: crashes, limits, busy workers, and the build that they read."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import psutil
import pytest

from api.sandbox.protocol import FailureReason, SandboxOptions
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.attempts import LIMIT_ATTEMPTS
from tests.api.sandbox.queries import OPTIONS, SHORT_OPTIONS, child_processes, query_error, rows
from tests.api.server import wait_until_busy

ENDLESS = "select max(range) from range(1000000000000)"


def test_expensive_queries_end_without_disturbing_others(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, SHORT_OPTIONS)
    is_done = threading.Event()
    before = child_processes()

    def run_all() -> dict[str, FailureReason]:
        try:
            return {attempt.name: query_error(sandbox, attempt.query).reason for attempt in LIMIT_ATTEMPTS}
        finally:
            is_done.set()

    slowest = 0.0
    with ThreadPoolExecutor(1) as executor:
        results = executor.submit(run_all)
        while not is_done.is_set():
            start = time.monotonic()
            assert rows(sandbox, "select count(*) as films from dim_movies") == [{"films": 16}]
            slowest = max(slowest, time.monotonic() - start)
            is_done.wait(0.02)
    assert {
        attempt.name for attempt in LIMIT_ATTEMPTS if results.result()[attempt.name] not in attempt.reasons
    } == set()
    assert slowest < 10  # other tests on this machine may slow it down
    assert len(child_processes() - before) <= SHORT_OPTIONS.concurrency
    sandbox.close()


@pytest.mark.parametrize(
    ("limit", "action"),
    [
        pytest.param("restrict_process(64)", "Path('stolen').write_text('x')", id="write"),
        pytest.param("restrict_process(64)", "bytearray(2 ** 31)", id="memory"),
        pytest.param("restrict_process(64)", "[open('/dev/null') for _ in range(100)]", id="files"),
        pytest.param(
            "restrict_process(64)",
            "os.fork()",
            id="process",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="the kernel does not limit the processes of root"),
        ),
        pytest.param("limit_cpu_seconds(0)", "while True: pass", id="time"),
    ],
)
def test_restricted_process_cannot_exceed_its_limits(tmp_path: Path, limit: str, action: str) -> None:
    setup = f"import os\nfrom api.sandbox.worker import *\n{limit}\nprint('limited', flush=True)\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{setup}{action}\nprint('done')"],
        env={"PYTHONPATH": str(Path.cwd())},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert (done.stdout, done.returncode != 0) == ("limited\n", True)
    assert all(path.stat().st_size == 0 for path in tmp_path.iterdir())


def test_killed_worker_is_replaced(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, OPTIONS)
    before = child_processes()
    rows(sandbox, "select 1 as x")
    (first,) = child_processes() - before
    os.kill(first, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(first)], 5) if psutil.pid_exists(first) else None
    assert rows(sandbox, "select 2 as x") == [{"x": 2}]
    (second,) = child_processes() - before
    with ThreadPoolExecutor(1) as executor:
        error = executor.submit(query_error, sandbox, ENDLESS)
        wait_until_busy(second, seconds=0.05)
        os.kill(second, signal.SIGKILL)
        assert error.result().reason is FailureReason.CRASHED
    assert rows(sandbox, "select 3 as x") == [{"x": 3}]
    sandbox.close()
    assert child_processes() - before == set()


def test_query_that_cannot_be_interrupted_ends_with_its_worker(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, replace(SHORT_OPTIONS, memory_mb=1024))
    before = child_processes()
    rows(sandbox, "select 1 as x")
    (first,) = child_processes() - before
    assert query_error(sandbox, "select repeat('x', 400000000)").reason is FailureReason.TIME_LIMIT
    (second,) = child_processes() - before
    assert second != first
    assert rows(sandbox, "select 2 as x") == [{"x": 2}]
    assert child_processes() - before == {second}
    sandbox.close()


def test_workers_end_with_the_service(small_warehouse: Path) -> None:
    program = (
        "import sys, pathlib, psutil\nfrom api.sandbox.sandbox import *\n"
        "sandbox = Sandbox(pathlib.Path(sys.argv[1]), SandboxOptions(is_on=True, seconds=60))\n"
        "sandbox.run('select 1')\nprint(psutil.Process().children()[0].pid, flush=True)\n"
        "sandbox.run('select max(range) from range(1000000000000)')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, small_warehouse], stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout
        worker = psutil.Process(int(service.stdout.readline()))
        service.kill()
    assert psutil.wait_procs([worker], 5)[1] == []


def test_sandbox_reads_its_own_build_after_a_replacement(small_warehouse: Path, tmp_path: Path) -> None:
    published, next_build = tmp_path / "movies.duckdb", tmp_path / "next.duckdb"
    shutil.copy(small_warehouse, published)
    shutil.copy(small_warehouse, next_build)
    with duckdb.connect(str(next_build)) as connection:
        connection.execute("update quality.build_info set build_id = 'build-2'")
    query = "select build_id from build_info"
    old = Sandbox(published, OPTIONS)
    next_build.replace(published)
    new = Sandbox(published, OPTIONS)
    assert rows(old, query) == [{"build_id": "build-1"}]
    assert rows(new, query) == [{"build_id": "build-2"}]
    old.close()
    new.close()


def test_query_while_all_workers_are_busy_is_refused(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, replace(OPTIONS, concurrency=1))
    before = child_processes()
    rows(sandbox, "select 1 as x")
    (worker,) = child_processes() - before
    with ThreadPoolExecutor(1) as other:
        long = other.submit(query_error, sandbox, ENDLESS)
        wait_until_busy(worker, seconds=0.05)
        error = query_error(sandbox, "select 1")
        assert (error.reason, "the limit is 1" in error.detail) == (FailureReason.BUSY, True)
        os.kill(worker, signal.SIGKILL)
        assert long.result().reason is FailureReason.CRASHED
    assert rows(sandbox, "select 1 as x") == [{"x": 1}]
    sandbox.close()


def test_sandbox_that_is_off_starts_no_worker(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, SandboxOptions())
    before = child_processes()
    error = query_error(sandbox, "select 1")
    assert (error.reason, "FILMOTECA_SQL=on" in error.detail) == (FailureReason.OFF, True)
    assert child_processes() == before
    sandbox.close()
