"""A build goes to a folder or a bucket, and comes back whole, verified, or not at all."""

import http.server
import itertools
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import httpx
import msgspec
import pytest
from moto.server import ThreadedMotoServer

from tests.api import small_warehouse
from warehouse import fetch, upload
from warehouse.connection import WarehouseUnavailableError
from warehouse.errors import FilmotecaError
from warehouse.lock import exclusive_lock
from warehouse.remote import CHUNK_BYTES, MANIFEST, Manifest, RemoteError, hash_file, make_manifest, open_remote_store
from warehouse.settings import Settings

numbers = itertools.count(1)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """An S3-compatible server on this machine with an empty bucket; the environment leads there."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", endpoint)
        environment.setenv("AWS_ACCESS_KEY_ID", "key")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "open sesame")
        environment.setenv("AWS_REGION", "us-east-1")
        httpx.put(f"{endpoint}/films").raise_for_status()
        yield "s3://films"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address where nothing lies yet."""
    if request.param == "folder":
        return str(tmp_path / "place")
    return f"{request.getfixturevalue('bucket')}/{next(numbers)}"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "movies.duckdb"
    small_warehouse.make(path)
    return path


@pytest.fixture
def published(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "maker" / "movies.duckdb"
    path.parent.mkdir()
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(path))
    return Path(shutil.copyfile(original, path))


@pytest.fixture
def replica(tmp_path: Path) -> Settings:
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "replica" / "movies.duckdb")})


def rebuild(path: Path, build_id: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("update quality.build_info set build_id = ?", [build_id])


def update(address: str, replica: Settings) -> Manifest | None:
    return fetch.Replica(address, replica).update()


def test_a_build_goes_and_comes(place: str, published: Path, replica: Settings) -> None:
    upload.main([place])
    follower = fetch.Replica(place, replica)
    fetched = follower.update()
    assert fetched == make_manifest(published)
    assert replica.published_file.read_bytes() == published.read_bytes()
    assert not replica.fetch_folder.exists()
    assert follower.update() is None
    rebuild(published, "the-second")
    upload.main([place])
    second = follower.update()
    assert second
    assert second.build_id == "the-second"
    assert follower.update() is None


def test_what_is_published_last_stands_even_if_it_is_older(place: str, published: Path, replica: Settings) -> None:
    first = shutil.copyfile(published, published.with_name("first.duckdb"))
    upload.main([place])
    rebuild(published, "bad")
    upload.main([place])
    update(place, replica)
    shutil.copyfile(first, published)
    upload.main([place])
    update(place, replica)
    assert hash_file(replica.published_file) == hash_file(first)


def test_old_builds_go(place: str, published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        rebuild(published, f"number-{number}")
        upload.main([place, "--keep", "2"])
        time.sleep(1.1 if number < 3 and place.startswith("s3") else 0.01)  # S3 tells whole seconds
    left = [entry["path"] for page in open_remote_store(place).client.list("builds/") for entry in page]
    assert sorted("number-3" in path for path in left) == [False, True]
    assert any("number-2" in path for path in left)
    assert capsys.readouterr().out.count("deleted builds/") == 2


def test_what_an_interrupted_upload_left_goes_after_a_day(tmp_path: Path, published: Path) -> None:
    builds = tmp_path / "place" / "builds"
    builds.mkdir(parents=True)
    old, new = builds / "a.duckdb#1", builds / "b.duckdb#1"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))
    upload.main([str(tmp_path / "place")])
    assert (old.exists(), new.exists()) == (False, True)


def test_over_http(tmp_path: Path, published: Path, replica: Settings) -> None:
    folder = tmp_path / "place"
    upload.main([str(folder)])
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        fetched = update(f"http://127.0.0.1:{server.server_port}", replica)
        server.shutdown()
    assert fetched
    assert hash_file(replica.published_file) == fetched.sha256


Damage = Callable[[str, Manifest, bytes], None]


def flip_a_byte(address: str, manifest: Manifest, data: bytes) -> None:
    middle = len(data) // 2
    open_remote_store(address).client.put(manifest.file, data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])


def cut_it_short(address: str, manifest: Manifest, data: bytes) -> None:
    open_remote_store(address).client.put(manifest.file, data[:-1000])


def delete_it(address: str, manifest: Manifest, data: bytes) -> None:
    open_remote_store(address).client.delete(manifest.file)


def put_something_else(address: str, manifest: Manifest, data: bytes) -> None:
    open_remote_store(address).client.put(MANIFEST, b'{"file": "builds/a.duckdb"}')


def lead_outside(address: str, manifest: Manifest, data: bytes) -> None:
    altered = msgspec.structs.replace(manifest, file="builds/../../secret.duckdb")
    open_remote_store(address).client.put(MANIFEST, msgspec.json.encode(altered))


def ask_for_another_version(address: str, manifest: Manifest, data: bytes) -> None:
    altered = msgspec.structs.replace(manifest, filmoteca_version="99.0", sha256="0" * 64)
    open_remote_store(address).client.put(MANIFEST, msgspec.json.encode(altered))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (flip_a_byte, "does not match current.json: .* SHA-256 .* instead of"),
        (cut_it_short, "does not match current.json: "),
        (delete_it, "there is no builds/"),
        (put_something_else, "current.json of .* is not a valid manifest"),
        (lead_outside, "current.json of .* is not a valid manifest"),
        (ask_for_another_version, "was built by version 99.0, but this is"),
    ],
)
def test_a_bad_build_is_refused_and_the_old_one_stands(
    place: str, published: Path, replica: Settings, damage: Damage, said: str
) -> None:
    upload.main([place])
    update(place, replica)
    before = hash_file(replica.published_file)
    rebuild(published, "next")
    upload.main([place])
    damage(place, open_remote_store(place).read_manifest(), published.read_bytes())
    with pytest.raises(RemoteError, match=said):
        update(place, replica)
    assert hash_file(replica.published_file) == before
    assert not replica.fetch_folder.exists()


def test_a_file_that_is_no_warehouse_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "movies.duckdb"
    path.write_bytes(b"no warehouse")
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(path))
    with pytest.raises(WarehouseUnavailableError, match="is not a DuckDB file"):
        upload.main([str(tmp_path / "place")])
    assert not (tmp_path / "place").exists()


def test_an_upload_that_breaks_off_changes_nothing(
    place: str, published: Path, replica: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload.main([place])
    stands = open_remote_store(place).read_manifest()
    rebuild(published, "next")

    def broken(path: Path) -> Iterator[bytes]:
        yield path.read_bytes()[: CHUNK_BYTES // 2]
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse.remote._read_chunks", broken)
    with pytest.raises(KeyboardInterrupt):
        upload.main([place])
    assert open_remote_store(place).read_manifest() == stands
    assert update(place, replica) == stands


def test_a_file_that_is_replaced_meanwhile_is_not_named(tmp_path: Path, published: Path) -> None:
    manifest = make_manifest(published)
    rebuild(published, "next")
    remote = open_remote_store(str(tmp_path / "place"), create=True)
    with pytest.raises(RemoteError, match="was replaced during the upload"):
        remote.upload(published, manifest)
    with pytest.raises(RemoteError, match=r"there is no current.json in .*make publish"):
        remote.read_manifest()


def test_nothing_is_fetched_while_a_build_runs(place: str, published: Path, replica: Settings) -> None:
    upload.main([place])
    with exclusive_lock(replica.lock_file), pytest.raises(FilmotecaError, match="another build"):
        update(place, replica)
    assert update(place, replica)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://example.org/films", "is not a valid address; use a folder, s3://"),
        ("s3://", "is not a valid address"),
        ("s3://key:secret@bucket/films", "at bucket must not contain credentials"),
        ("https://example.org/films?signature=secret", "at example.org must not contain"),
        ("/nowhere/at/all", "/nowhere/at/all is not a folder"),
        ("http://127.0.0.1:1/films", "cannot read current.json of http://127.0.0.1:1/films: "),
    ],
)
def test_an_address_that_leads_nowhere(address: str, said: str, replica: Settings) -> None:
    with pytest.raises(RemoteError, match=said) as caught:
        update(address, replica)
    assert "secret" not in str(caught.value)


def test_credentials_are_never_told(bucket: str, replica: Settings) -> None:
    with pytest.raises(RemoteError) as caught:
        update(f"{bucket}-that-is-not-there/x", replica)
    assert "open sesame" not in str(caught.value)


def test_it_can_be_followed(tmp_path: Path, published: Path, replica: Settings) -> None:
    folder = str(tmp_path / "place")
    upload.main([folder])
    environment = {**os.environ, "FILMOTECA_WAREHOUSE": str(replica.published_file), "FILMOTECA_SOURCE": folder}
    follower = subprocess.Popen(
        [sys.executable, "-m", "warehouse.fetch", "--every", "1"], env=environment, stderr=subprocess.PIPE, text=True
    )
    wait_for(replica.published_file.exists)
    (tmp_path / "place" / MANIFEST).write_text("damaged")
    time.sleep(2.5)
    rebuild(published, "next")
    upload.main([folder])
    wait_for(lambda: hash_file(replica.published_file) == hash_file(published))
    time.sleep(0.2)
    follower.send_signal(signal.SIGTERM)
    _, told = follower.communicate(timeout=10)
    assert follower.returncode == 130
    assert told.count("is not a valid manifest") == 1, told
    assert "fetched build next" in told
    assert "Traceback" not in told


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
