"""Killed workers and stopped servers under load."""

import signal
import socket
from pathlib import Path

import httpx
import psutil
import pytest

from tests.api.server import Server, run_server, wait_until_ready
from tests.chaos.service.load import generate_load
from tests.waiting import TIMEOUT_SECONDS, wait_for

PATHS = ("/v1/movies/862", "/score-titulo/Toy%20Story", "/v1/movies.csv", "/v1/recommendations?like=862")
RUNAWAY_QUERY = {"query": "select count(*) from range(100000000000)"}
"""A query that runs until it is stopped by its time limit."""


def workers(server: Server) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children()


@pytest.mark.parametrize("count", [1, pytest.param(2, marks=pytest.mark.chaos)])
def test_killed_worker_is_replaced_and_leaves_no_process(sample_warehouse: Path, count: int) -> None:
    with run_server(sample_warehouse, "--workers", str(count)) as server:
        assert httpx.post(f"{server.origin}/v1/sql", json={"query": "select 1 as one"}, timeout=30).is_success
        with generate_load(server.origin, PATHS, clients=4) as recording:
            wait_for(lambda: recording.responses)
            killed = workers(server)[0]
            children = killed.children(recursive=True)
            killed.kill()
            wait_for(lambda: len(workers(server)) == count and killed not in workers(server))
            wait_until_ready(server)
            before = len(recording.responses)
            wait_for(lambda: len(recording.responses) > before)
        assert {response.status for response in recording.responses} == {200}
        assert not psutil.wait_procs(children, timeout=TIMEOUT_SECONDS)[1]


def test_workers_that_end_again_and_again_are_replaced_while_the_other_serves(sample_warehouse: Path) -> None:
    with run_server(sample_warehouse, "--workers", "2") as server:
        other = workers(server)[0]
        for _ in range(3):
            wait_for(lambda: len(workers(server)) == 2)
            next(one for one in workers(server) if one != other).kill()
            wait_until_ready(server)
        wait_for(lambda: len(workers(server)) == 2)
        assert other in workers(server)


def test_workers_end_with_killed_parent_and_free_the_port(sample_warehouse: Path) -> None:
    with run_server(sample_warehouse, "--workers", "2") as server:
        processes = psutil.Process(server.process.pid).children(recursive=True)
        server.process.kill()
        assert not psutil.wait_procs(processes, timeout=TIMEOUT_SECONDS)[1]
        socket.create_server((server.host, server.port)).close()


def test_stopped_server_exits_and_leaves_no_process(sample_warehouse: Path) -> None:
    with run_server(sample_warehouse, "--workers", "2") as server:
        processes = psutil.Process(server.process.pid).children(recursive=True)
        with generate_load(server.origin, PATHS, clients=8) as recording:
            wait_for(lambda: len(recording.responses) > 8)
            assert not recording.failures
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(TIMEOUT_SECONDS) == 0
        assert {response.status for response in recording.responses} == {200}
        assert not psutil.wait_procs(processes, timeout=TIMEOUT_SECONDS)[1]


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
    recording.assert_all_served(max_seconds=1.0)
