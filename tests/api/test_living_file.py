"""The service lives with its file: new builds are taken up whole, bad ones refused, and nothing asked is dropped."""

import logging
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx
import psutil
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.db.snapshot_manager import SnapshotManager
from tests.api.server import started
from warehouse.settings import Settings

# Asks two queries, one after the other; in build n both answer with n.
QUESTION = "/director/Orson Solo"
SECONDS_TO_BE_SEEN = 2.0


class Recorder:
    """A resource that records whether it was closed."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


Damage = Callable[[Path], object]


@pytest.fixture
def published(small_warehouse: Path, tmp_path: Path) -> Path:
    return make_build(small_warehouse, tmp_path / "movies.duckdb", 1)


@pytest.fixture
def snapshots(published: Path) -> Iterator[SnapshotManager]:
    """Looks at its file when it is told to, and only then."""
    snapshots = SnapshotManager(published, resources={Recorder: lambda _: Recorder()})
    yield snapshots
    snapshots.stop()


def make_build(original: Path, path: Path, number: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    return damaged(
        shutil.copyfile(original, path),
        f"""
        update quality.build_info set build_id = 'build-{number}';
        update marts.fct_returns_by_director set movie_count = {number};
        update marts.dim_movies set revenue_usd = {number};
        """,
    )


def damaged(path: Path, script: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(script)
    return path


def publish(published: Path, number: int) -> None:
    make_build(published, published.parent / "next" / published.name, number).replace(published)


def build_of(answer: httpx.Response) -> int:
    """The one build that the header, the first query and the second query of an answer speak of."""
    assert answer.status_code == 200, answer.text
    body = answer.json()
    told = {answer.headers["etag"], f'W/"build-{body["cantidad_peliculas"]}"'}
    told |= {f'W/"build-{film["ganancia"]}"' for film in body["peliculas"]}
    assert len(body["peliculas"]) == 3
    assert len(told) == 1, told
    return int(body["cantidad_peliculas"])


@contextmanager
def hammering(ask: Callable[[], httpx.Response], threads: int) -> Iterator[list[int]]:
    """Asks from so many threads without a pause; the list gets the build of each answer, and every answer is whole."""
    seen: list[int] = []
    over = threading.Event()

    def hammer() -> None:
        while not over.is_set():
            seen.append(build_of(ask()))

    with ThreadPoolExecutor(threads) as pool:
        hammers = [pool.submit(hammer) for _ in range(threads)]
        try:
            yield seen
        finally:
            over.set()
    for done in hammers:
        done.result()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_BE_SEEN
    while not is_so():
        assert time.monotonic() < deadline, f"not so after {SECONDS_TO_BE_SEEN} s"
        time.sleep(0.02)


def test_every_answer_is_of_one_build_while_builds_are_replaced(published: Path) -> None:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    with TestClient[Litestar](create_app(settings)) as client, hammering(lambda: client.get(QUESTION), 16) as seen:
        for number in (2, 3, 4):
            publish(published, number)
            wait_until(lambda number=number: number in seen[-16:])  # type: ignore[misc]
    assert set(seen) == {1, 2, 3, 4}


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def forget_the_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


def make_foreign(path: Path) -> None:
    path.unlink()
    damaged(path, "create table films as select 1 as id")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def run(script: str) -> Damage:
    return lambda path: damaged(path, script)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (truncate, r"movies\.duckdb (is truncated \([\d,]+ of [\d,]+ bytes\)|cannot be opened \(.*read enough bytes)"),
        (forget_the_end, r"movies\.duckdb cannot be opened \(.*read enough bytes.*\)"),
        (lambda path: path.write_bytes(b""), r"movies\.duckdb is not a DuckDB file"),
        (lambda path: path.write_bytes(b"id,title\n" * 9000), r"movies\.duckdb is not a DuckDB file"),
        (make_foreign, r"movies\.duckdb is a DuckDB file but not a complete warehouse"),
        (
            run("update quality.build_info set filmoteca_version = '0.0.1'"),
            r"was built by version 0\.0\.1, but",
        ),
        (
            run("drop table marts.dim_movies"),
            r"not a complete warehouse \(the table marts\.dim_movies is missing",
        ),
        (
            run("alter table marts.dim_countries rename country_code to code"),
            r"movies\.duckdb cannot run the query \w+ \(Binder Error: .*country_code",
        ),
        (run("drop macro marts.text_key"), r"movies\.duckdb cannot run the query \w+ \(Catalog Error: .*text_key"),
        (make_folder, r"movies\.duckdb is a folder"),
        (Path.unlink, r"there is no warehouse at movies\.duckdb: run `make build` first"),
    ],
)
def test_a_bad_file_is_refused_until_a_good_one_stands_there(
    published: Path, snapshots: SnapshotManager, caplog: pytest.LogCaptureFixture, damage: Damage, sentence: str
) -> None:
    good = shutil.copyfile(published, published.parent / "good.duckdb")
    damage(bad := shutil.copyfile(published, published.parent / "bad.duckdb"))
    published.unlink()
    if bad.exists():
        bad.rename(published)
    with caplog.at_level(logging.INFO, "filmoteca.api"):
        snapshots.poll()
        refusal = snapshots.load_failure
        snapshots.poll()
    assert refusal is not None
    assert re.search(sentence, refusal.reason)
    assert str(published.parent) not in refusal.reason
    assert caplog.messages == [f"{refusal.reason}; build build-1 stays in use"]
    with snapshots.pin() as build:
        assert build.queries.rows("peliculas_pais", nombre="argentina") == [{"pais": "Argentina", "cantidad": 1}]
    if published.is_dir():
        published.rmdir()
    make_build(good, published.parent / "next" / published.name, 2).replace(published)
    snapshots.poll()
    with snapshots.pin() as build:
        assert (build.build_id, snapshots.load_failure) == ("build-2", None)


def test_a_refused_file_is_told_where_readiness_is_asked(published: Path) -> None:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    away = published.with_name("away.duckdb")
    with TestClient[Litestar](create_app(settings)) as client:
        published.rename(away)
        wait_until(lambda: client.get("/health/ready").json()["refused"] is not None)
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["build_id"]) == (200, "build-1")
        assert ready.json()["refused"]["reason"].startswith("there is no warehouse at movies.duckdb")
        assert build_of(client.get(QUESTION)) == 1
        away.rename(published)
        wait_until(lambda: client.get("/health/ready").json()["refused"] is None)


def test_a_pinned_build_stays_open_with_all_that_belongs_to_it(published: Path, snapshots: SnapshotManager) -> None:
    with snapshots.pin() as old:
        publish(published, 2)
        snapshots.poll()
        with snapshots.pin() as new:
            assert (old.build_id, new.build_id) == ("build-1", "build-2")
        assert old.queries.rows("ready")[0]["build_id"] == "build-1"
        assert not old.resource(Recorder).is_closed
    snapshots.poll()
    assert old.resource(Recorder).is_closed
    with pytest.raises(duckdb.ConnectionException):
        old.queries.rows("ready")


def test_builds_that_were_replaced_leave_nothing_behind(published: Path, snapshots: SnapshotManager) -> None:
    odd, even = (make_build(published, published.parent / str(number) / published.name, number) for number in (2, 3))
    process, descriptors, resident = psutil.Process(), [], []
    for number in range(16):
        shutil.copyfile(even if number % 2 else odd, published.parent / "next").replace(published)
        with snapshots.pin() as build:
            build.queries.rows("peliculas_pais", nombre="argentina")
        snapshots.poll()
        descriptors.append(process.num_fds())
        resident.append(process.memory_info().rss)
    with snapshots.pin() as build:
        assert (build.build_id, snapshots.load_failure) == ("build-3", None)
    assert descriptors[-1] == descriptors[0]
    assert max(resident[8:]) - max(resident[:8]) < 20 * 2**20


def test_a_server_that_is_told_to_stop_finishes_what_it_has(published: Path) -> None:
    takes_two_seconds = "select min(hash(i)) * 0 from range(400_000_000) t(i)"
    damaged(published, f"create or replace macro marts.text_key(words) as words || ({takes_two_seconds})")
    with started(published) as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(httpx.get, f"{server.origin}/peliculas-pais/AR", timeout=30)
        time.sleep(0.3)
        assert not asked.done(), asked.result().text
        server.process.send_signal(signal.SIGTERM)
        assert asked.result().json()["pais"] == "Argentina"
        assert server.process.wait(timeout=10) == 0
