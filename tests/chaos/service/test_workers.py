"""Workers that are killed, and servers that are told to stop, under load."""

import signal
import time
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api.server import Server, started, wait_until_ready
from tests.chaos.service.crowd import asking

PATHS = ("/v1/movies/862", "/score-titulo/Toy%20Story", "/v1/movies.csv", "/v1/recommendations?like=862")
ATTEMPT = {"query": "select count(*) from range(100000000000)"}
"""Takes as long as it may, in a process of the worker's own."""
SECONDS_TO_BE_BACK = 30.0


def workers(server: Server) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children()


@pytest.mark.parametrize("count", [1, pytest.param(2, marks=pytest.mark.chaos)])
def test_a_killed_worker_is_replaced_and_leaves_no_process(sample_warehouse: Path, count: int) -> None:
    with started(sample_warehouse, "--workers", str(count)) as server:
        assert httpx.post(f"{server.origin}/v1/sql", json={"query": "select 1 as one"}, timeout=30).is_success
        with asking(server.origin, PATHS, clients=4) as crowd:
            time.sleep(0.5)
            killed = workers(server)[0]
            own = killed.children(recursive=True)
            killed.kill()
            time.sleep(1)
            wait_until_ready(server, SECONDS_TO_BE_BACK)
            before = len(crowd.told)
            time.sleep(1)
        assert len(crowd.told) > before
        assert {told.status for told in crowd.told} == {200}
        assert len(workers(server)) == count
        assert killed.pid not in {worker.pid for worker in workers(server)}
        assert not psutil.wait_procs(own, timeout=5)[1]


def test_a_server_that_is_told_to_stop_under_load_ends_and_leaves_no_process(sample_warehouse: Path) -> None:
    with started(sample_warehouse, "--workers", "2") as server:
        every = psutil.Process(server.process.pid).children(recursive=True)
        with asking(server.origin, PATHS, clients=8) as crowd:
            time.sleep(1)
            assert not crowd.failed
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(timeout=20) == 0
        assert {told.status for told in crowd.told} == {200}
        assert not psutil.wait_procs(every, timeout=5)[1]


@pytest.mark.chaos
def test_attempts_on_the_sandbox_harm_nobody_else(sample_warehouse: Path) -> None:
    with (
        started(sample_warehouse) as server,
        asking(server.origin, PATHS, clients=4) as crowd,
        httpx.Client() as attacker,
    ):
        refused = [attacker.post(f"{server.origin}/v1/sql", json=ATTEMPT, timeout=30).status_code for _ in range(10)]
    assert set(refused) <= {422, 429}
    assert not crowd.failed
    assert {told.status for told in crowd.told} == {200}
    assert not crowd.slow(1.0)
