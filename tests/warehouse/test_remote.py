"""Upload to and fetch from a remote store: a folder, a bucket or an HTTP address."""

import http.server
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

import duckdb
import msgspec
import pytest
from obstore.store import ObjectStore

from tests.waiting import wait_for
from tests.warehouse.conftest import CREDENTIAL
from warehouse import upload
from warehouse.errors import FilmotecaError
from warehouse.fetch import update
from warehouse.hashing import hash_file
from warehouse.lock import exclusive_lock
from warehouse.progress import CHUNK_BYTES
from warehouse.remote import MANIFEST, Manifest, RemoteError, make_manifest, open_remote_store
from warehouse.settings import Settings


def rebuild(path: Path, build_id: str) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("update quality.build_info set build_id = ?", [build_id])


def test_latest_upload_is_fetched_once_even_if_it_is_an_older_build(
    address: str, published: Path, replica: Settings
) -> None:
    first = shutil.copyfile(published, published.with_name("first.duckdb"))
    second = shutil.copyfile(published, published.with_name("second.duckdb"))
    rebuild(second, "the-second")
    for build in (first, second, first):
        shutil.copyfile(build, published)
        upload.main([address])
        assert update(address, replica) == make_manifest(published)
        assert replica.published_file.read_bytes() == build.read_bytes()
        assert not replica.fetch_folder.exists()
        assert update(address, replica) is None


def test_old_builds_are_deleted(address: str, published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(3):
        time.sleep(1.1 if number and address.startswith("s3") else 0.01)  # S3 has timestamps in whole seconds
        rebuild(published, f"number-{number}")
        upload.main([address, "--keep", "2"])
    remaining = [entry["path"] for page in open_remote_store(address).client.list("builds/") for entry in page]
    assert sorted(path.split("-number-")[1][0] for path in remaining) == ["1", "2"]
    assert capsys.readouterr().out.count("deleted builds/") == 1


def test_partial_uploads_are_deleted_after_a_day(tmp_path: Path, published: Path) -> None:
    builds = tmp_path / "store" / "builds"
    builds.mkdir(parents=True)
    old, new = builds / "a.duckdb#1", builds / "b.duckdb#1"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))
    upload.main([str(tmp_path / "store")])
    assert (old.exists(), new.exists()) == (False, True)


def test_build_is_fetched_over_http(tmp_path: Path, published: Path, replica: Settings) -> None:
    folder = tmp_path / "store"
    upload.main([str(folder)])
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        fetched = update(f"http://127.0.0.1:{server.server_port}", replica)
        server.shutdown()
    assert fetched
    assert hash_file(replica.published_file) == fetched.sha256


Damage = Callable[[ObjectStore, Manifest, bytes], object]


def put_manifest(**changes: object) -> Damage:
    def damage(client: ObjectStore, manifest: Manifest, data: bytes) -> None:
        client.put(MANIFEST, msgspec.json.encode(msgspec.structs.replace(manifest, **changes)))

    return damage


def put_incomplete_build(client: ObjectStore, manifest: Manifest, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".duckdb") as file:
        path = Path(file.name)
        path.write_bytes(data)
        with duckdb.connect(file.name) as connection:
            connection.execute("drop table marts.dim_movies")
        client.put(manifest.file, path)
        put_manifest(sha256=hash_file(path), size_bytes=path.stat().st_size)(client, manifest, data)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            lambda client, manifest, data: client.put(manifest.file, data[:-1] + bytes([data[-1] ^ 1])),
            "does not match current.json: .* SHA-256 .* instead of",
        ),
        (lambda client, manifest, data: client.put(manifest.file, data[:-1000]), "does not match current.json: "),
        (lambda client, manifest, data: client.delete(manifest.file), "there is no builds/"),
        (lambda client, manifest, data: client.put(MANIFEST, b"{}"), "current.json of .* is not a valid manifest"),
        (put_manifest(file="builds/../../secret.duckdb"), "current.json of .* is not a valid manifest"),
        (put_manifest(file="builds/one.duckdb\n"), "current.json of .* is not a valid manifest"),
        (put_manifest(sha256="0" * 64 + "\n"), "current.json of .* is not a valid manifest"),
        (put_manifest(build_id="x" * 100_001), "current.json of .* has more than the 100,000 bytes"),
        (lambda client, manifest, data: client.put(manifest.file, data + b"x"), "has more than the .* bytes"),
        (put_incomplete_build, r"is not a complete build \(the table marts.dim_movies is missing\)"),
        (put_manifest(build_id="other"), "it is build next, not other"),
        (put_manifest(filmoteca_version="99.0", sha256="0" * 64), "was built by version 99.0, but this is"),
    ],
)
def test_invalid_build_is_rejected_and_published_file_is_unchanged(
    address: str, published: Path, replica: Settings, damage: Damage, message: str
) -> None:
    upload.main([address])
    update(address, replica)
    before = hash_file(replica.published_file)
    rebuild(published, "next")
    upload.main([address])
    store = open_remote_store(address)
    damage(store.client, store.read_manifest(), published.read_bytes())
    with pytest.raises(RemoteError, match=message):
        update(address, replica)
    assert hash_file(replica.published_file) == before
    assert not replica.fetch_folder.exists()


def test_interrupted_upload_leaves_current_build(
    address: str, published: Path, replica: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload.main([address])
    current = open_remote_store(address).read_manifest()
    rebuild(published, "next")

    def broken(file: IO[bytes], *_: object) -> Iterator[bytes]:
        yield file.read(CHUNK_BYTES // 2)
        raise KeyboardInterrupt

    monkeypatch.setattr("warehouse.remote.read_with_progress", broken)
    with pytest.raises(KeyboardInterrupt):
        upload.main([address])
    assert open_remote_store(address).read_manifest() == current
    assert update(address, replica) == current


def test_file_replaced_during_upload_is_not_published(tmp_path: Path, published: Path) -> None:
    manifest = make_manifest(published)
    rebuild(published, "next")
    store = open_remote_store(str(tmp_path / "store"), create=True)
    with pytest.raises(RemoteError, match="was replaced during the upload"):
        store.upload(published, manifest)
    with pytest.raises(RemoteError, match=r"there is no current.json in .*make publish"):
        store.read_manifest()


def test_fetch_fails_while_build_runs(address: str, published: Path, replica: Settings) -> None:
    upload.main([address])
    with exclusive_lock(replica.lock_file), pytest.raises(FilmotecaError, match="another build"):
        update(address, replica)
    assert update(address, replica)


@pytest.mark.parametrize(
    ("invalid_address", "message"),
    [
        ("ftp://example.org/films", "is not a valid address; use a folder, s3://"),
        ("s3://", "is not a valid address"),
        ("s3://key:secret@bucket/films", "at bucket must not contain credentials"),
        ("https://example.org/films?signature=secret", "at example.org must not contain"),
        ("/nowhere/at/all", "/nowhere/at/all is not a folder"),
        ("http://127.0.0.1:1/films", "cannot read current.json of http://127.0.0.1:1/films: "),
        ("s3://films-that-are-not-there/x", r"current\.json"),
    ],
)
def test_invalid_address_is_rejected_without_credentials_in_the_message(
    bucket: str, invalid_address: str, message: str, replica: Settings
) -> None:
    with pytest.raises(RemoteError, match=message) as caught:
        update(invalid_address, replica)
    assert "secret" not in str(caught.value)
    assert CREDENTIAL not in str(caught.value)


def test_follower_fetches_builds_and_logs_failures_once(tmp_path: Path, published: Path, replica: Settings) -> None:
    folder = str(tmp_path / "store")
    upload.main([folder])
    settings = {"WAREHOUSE": str(replica.published_file), "SOURCE": folder, "SOURCE_SECONDS": "1"}
    follower = subprocess.Popen(
        [sys.executable, "-m", "warehouse.fetch", "--follow"],
        env={**os.environ, **{f"FILMOTECA_{name}": value for name, value in settings.items()}},
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(replica.published_file.exists)
    (tmp_path / "store" / MANIFEST).write_text("damaged")
    time.sleep(2.5)
    rebuild(published, "next")
    upload.main([folder])
    wait_for(lambda: hash_file(replica.published_file) == hash_file(published))
    time.sleep(0.2)
    follower.send_signal(signal.SIGTERM)
    _, log = follower.communicate(timeout=10)
    assert follower.returncode == 130
    assert log.count("is not a valid manifest") == 1, log
    assert "fetched build next" in log
    assert "Traceback" not in log
