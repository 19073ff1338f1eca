"""Killed workers and stopped servers under load."""

import signal
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api.server import Server, run_server, wait_until_ready
from tests.chaos.service.load import generate_load

PATHS = ("/v1/movies/862", "/score-titulo/Toy%20Story", "/v1/movies.csv", "/v1/recommendations?like=862")
RUNAWAY_QUERY = {"query": "select count(*) from range(100000000000)"}
"""A query that runs until it is stopped by its time limit."""
RESTART_SECONDS = 30.0


def workers(server: Server) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children()


@pytest.mark.parametrize("count", [1, pytest.param(2, marks=pytest.mark.chaos)])
def test_killed_worker_is_replaced_and_leaves_no_process(sample_warehouse: Path, count: int) -> None:
    with run_server(sample_warehouse, "--workers", str(count)) as server:
        assert httpx.post(f"{server.origin}/v1/sql", json={"query": "select 1 as one"}, timeout=30).is_success
        with generate_load(server.origin, PATHS, clients=4) as recording:
            time.sleep(0.5)
            killed = workers(server)[0]
            children = killed.children(recursive=True)
            killed.kill()
            time.sleep(1)
            wait_until_ready(server, RESTART_SECONDS)
            before = len(recording.responses)
            time.sleep(1)
        assert len(recording.responses) > before
        assert recording.statuses == {200}
        assert len(workers(server)) == count
        assert killed.pid not in {worker.pid for worker in workers(server)}
        assert not psutil.wait_procs(children, timeout=5)[1]


def test_stopped_server_exits_and_leaves_no_process(sample_warehouse: Path) -> None:
    with run_server(sample_warehouse, "--workers", "2") as server:
        processes = psutil.Process(server.process.pid).children(recursive=True)
        with generate_load(server.origin, PATHS, clients=8) as recording:
            time.sleep(1)
            assert not recording.failures
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(timeout=20) == 0
        assert recording.statuses == {200}
        assert not psutil.wait_procs(processes, timeout=5)[1]


@pytest.mark.chaos
def test_runaway_queries_do_not_slow_other_requests(sample_warehouse: Path) -> None:
    with (
        run_server(sample_warehouse) as server,
        generate_load(server.origin, PATHS, clients=4) as recording,
        httpx.Client() as attacker,
    ):
        statuses = [
            attacker.post(f"{server.origin}/v1/sql", json=RUNAWAY_QUERY, timeout=30).status_code for _ in range(10)
        ]
    assert set(statuses) <= {422, 429}
    assert not recording.failures
    assert recording.statuses == {200}
    assert not recording.slower_than(1.0)
