"""Hot swapping of published builds."""

import logging
import re
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb
import httpx
import psutil
import pytest

from api.db.snapshots import Snapshot, SnapshotManager
from tests.api.client import create_client
from tests.api.server import STOP_SECONDS, run_server, wait_until_busy
from tests.waiting import wait_for
from warehouse.settings import Settings

PATH = "/director/Orson Solo"
"""Runs two queries. The results of both contain the number of the build."""


class Recorder:
    """A resource that records whether it was closed."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def published(small_warehouse: Path, tmp_path: Path) -> Path:
    return make_build(small_warehouse, tmp_path / "movies.duckdb", 1)


@pytest.fixture
def snapshots(published: Path) -> Iterator[SnapshotManager]:
    """A manager that is not started: it only polls when a test calls `poll`."""
    snapshots = SnapshotManager(published, partial(Snapshot, resources={Recorder: lambda _: Recorder()}))
    yield snapshots
    snapshots.stop()


def make_build(original: Path, path: Path, number: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    return run_script(
        shutil.copyfile(original, path),
        f"""
        update quality.build_info set build_id = 'build-{number}';
        update marts.fct_returns_by_director set movie_count = {number};
        update marts.dim_movies set revenue_usd = {number};
        """,
    )


def run_script(path: Path, script: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(script)
    return path


def publish(published: Path, number: int) -> None:
    make_build(published, published.parent / "next" / published.name, number).replace(published)


def build_of(response: httpx.Response) -> int:
    """Return the build of a response, after checking that the header and both queries agree."""
    assert response.status_code == 200, response.text
    body = response.json()
    builds = {response.headers["filmoteca-build"], f"build-{body['cantidad_peliculas']}"}
    builds |= {f"build-{film['ganancia']}" for film in body["peliculas"]}
    assert len(body["peliculas"]) == 3
    assert len(builds) == 1, builds
    return int(body["cantidad_peliculas"])


def test_responses_during_reloads_come_from_one_build_each(published: Path) -> None:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    builds: list[int] = []
    stop = threading.Event()
    with create_client(settings) as client, ThreadPoolExecutor(16) as pool:

        def send_requests() -> None:
            while not stop.is_set():
                builds.append(build_of(client.get(PATH)))

        futures = [pool.submit(send_requests) for _ in range(16)]
        try:
            for number in (2, 3, 4):
                publish(published, number)
                wait_for(lambda number=number: number in builds[-16:])  # type: ignore[misc]
        finally:
            stop.set()
    for future in futures:
        future.result()
    assert set(builds) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (
            lambda path: path.write_bytes(path.read_bytes()[:-1000]),
            r"movies\.duckdb (is truncated \([\d,]+ of [\d,]+ bytes\)|cannot be opened \(.*read enough bytes)",
        ),
        ("drop table marts.dim_movies", r"not a complete warehouse \(the table marts\.dim_movies is missing"),
        (
            "alter table marts.dim_countries rename country_code to code",
            r"movies\.duckdb cannot run the query \w+ \(Binder Error: .*country_code",
        ),
        ("drop macro marts.text_key", r"movies\.duckdb cannot run the query \w+ \(Catalog Error: .*text_key"),
        (Path.unlink, r"there is no warehouse at movies\.duckdb: run `make build` first"),
    ],
)
def test_unusable_file_is_reported_until_it_is_replaced(
    published: Path,
    snapshots: SnapshotManager,
    caplog: pytest.LogCaptureFixture,
    damage: str | Callable[[Path], object],
    reason: str,
) -> None:
    good = shutil.copyfile(published, published.parent / "good.duckdb")
    bad = shutil.copyfile(published, published.parent / "bad.duckdb")
    run_script(bad, damage) if isinstance(damage, str) else damage(bad)
    published.unlink()
    if bad.exists():
        bad.rename(published)
    with caplog.at_level(logging.INFO, "filmoteca.api"):
        snapshots.poll()
        failure = snapshots.load_failure
        snapshots.poll()
    assert failure is not None
    assert re.search(reason, failure.reason)
    assert str(published.parent) not in failure.reason
    assert caplog.messages == [f"{failure.reason}; build build-1 stays in use"]
    queries = snapshots.current.snapshot.queries
    assert [row["pais"] for row in queries.rows("peliculas_pais", nombre="argentina")] == ["Argentina"]
    make_build(good, published.parent / "next" / published.name, 2).replace(published)
    snapshots.poll()
    assert (snapshots.current.snapshot.build_id, snapshots.load_failure) == ("build-2", None)


def test_unusable_file_is_reported_by_health_ready(published: Path) -> None:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    away = published.with_name("away.duckdb")
    with create_client(settings) as client:
        published.rename(away)
        wait_for(lambda: client.get("/health/ready").json()["refused"] is not None)
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["build_id"]) == (200, "build-1")
        assert ready.json()["refused"]["reason"].startswith("there is no warehouse at movies.duckdb")
        assert build_of(client.get(PATH)) == 1
        away.rename(published)
        wait_for(lambda: client.get("/health/ready").json()["refused"] is None)


def test_snapshot_is_closed_with_its_resources_after_its_last_lease(
    published: Path, snapshots: SnapshotManager
) -> None:
    lease = snapshots.current
    old = lease.snapshot
    recorder = old.resource(Recorder)
    publish(published, 2)
    snapshots.poll()
    snapshots.poll()
    assert (old.build_id, snapshots.current.snapshot.build_id) == ("build-1", "build-2")
    assert old.queries.rows("ready")[0]["build_id"] == "build-1"
    assert not recorder.is_closed
    del lease
    snapshots.poll()
    assert recorder.is_closed
    with pytest.raises(duckdb.ConnectionException):
        old.queries.rows("ready")


def test_reloads_do_not_leak_files_or_memory(published: Path, snapshots: SnapshotManager) -> None:
    odd, even = (make_build(published, published.parent / str(number) / published.name, number) for number in (2, 3))
    process, descriptors, resident = psutil.Process(), [], []
    for number in range(16):
        shutil.copyfile(even if number % 2 else odd, published.parent / "next").replace(published)
        snapshots.current.snapshot.queries.rows("peliculas_pais", nombre="argentina")
        snapshots.poll()
        descriptors.append(process.num_fds())
        resident.append(process.memory_info().rss)
    assert (snapshots.current.snapshot.build_id, snapshots.load_failure) == ("build-3", None)
    assert descriptors[-1] == descriptors[0]
    assert max(resident[8:]) - max(resident[:8]) < 20 * 2**20


def test_server_finishes_open_requests_on_sigterm(published: Path) -> None:
    slow = "select min(hash(i)) * 0 from range(400_000_000) t(i)"
    run_script(published, f"create or replace macro marts.text_key(words) as words || ({slow})")
    with run_server(published) as server, socket.create_connection((server.host, server.port), timeout=30) as client:
        client.sendall(b"GET /peliculas-pais/AR HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        wait_until_busy(server.process.pid)
        server.process.send_signal(signal.SIGTERM)
        response = b"".join(iter(lambda: client.recv(65_536), b""))
        assert response.startswith(b"HTTP/1.1 200 ")
        assert b"Argentina" in response
        assert server.process.wait(timeout=STOP_SECONDS) == 0
