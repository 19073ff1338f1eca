"""Builds where replicas fetch them: a folder, or a bucket of an object store.

    builds/20260131T120000Z-5d41402abc4b-9f86d081.duckdb    one file a build, never altered
    current.json                                            the manifest: which of them stands, and its hash

A build is uploaded first and the manifest written last, each at once or not at all, so whoever reads the manifest
finds its build whole. The hash guards against damage; whoever may write there may also publish.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta
from tqdm import tqdm

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, describe_os_error
from warehouse.settings import REMOTE_LOCK, project_version

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

MANIFEST = "current.json"
FOLDER = "builds"
SCHEMES = ("s3", "gs", "az", "https", "http")
PIECE_BYTES = 8 * 2**20
STAGED_SECONDS = 24 * 3600
"""Age from which what an interrupted upload left in a folder is removed by the next one."""
RIGHT = "right is a folder, s3://bucket/path, gs://…, az://… or, to fetch from, https://…"

_CLIENT: "ClientConfig" = {"connect_timeout": timedelta(seconds=10), "timeout": timedelta(minutes=10)}
_RETRIES: "RetryConfig" = {"max_retries": 4, "retry_timeout": timedelta(seconds=30)}


class RemoteError(FilmotecaError):
    """What lies there cannot be read, written or used."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Which build stands."""

    file: Annotated[str, Meta(pattern=rf"^{FOLDER}/[0-9A-Za-z-]+\.duckdb$")]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    size_bytes: Annotated[int, Meta(gt=0)]
    build_id: str
    built_at: datetime
    filmoteca_version: str
    """Which version of this project can read it."""


def describe(path: Path) -> Manifest:
    """The manifest of a published file. Raises WarehouseUnavailableError for a file that is none."""
    with open_read_only(path) as connection:
        row = connection.execute("select build_id, built_at from quality.build_info").fetchone()
    build_id, built_at = row or ("", datetime.min)
    sha256 = hash_of(path)
    return Manifest(
        file=f"{FOLDER}/{built_at:%Y%m%dT%H%M%SZ}-{build_id}-{sha256[:8]}.duckdb",
        sha256=sha256,
        size_bytes=path.stat().st_size,
        build_id=build_id,
        built_at=built_at.replace(tzinfo=UTC),
        filmoteca_version=project_version(),
    )


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Remote:
    """One place where builds lie; every method raises RemoteError when it cannot be reached or refuses."""

    address: str
    store: "ObjectStore"

    def manifest(self) -> Manifest:
        """What stands there. Raises RemoteError when nothing does, or it is no manifest."""
        with self._worded("read", MANIFEST):
            text = bytes(self.store.get(MANIFEST).bytes())
        try:
            return msgspec.json.decode(text, type=Manifest)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RemoteError(
                f"{MANIFEST} of {self.address} is no manifest ({error}); right is one that `make publish` wrote"
            ) from None

    def publish(self, path: Path, manifest: Manifest) -> None:
        """Upload the file, then let the manifest name it."""
        with self._worded("write", manifest.file):
            self.store.put(manifest.file, _pieces(path, "upload"), chunk_size=PIECE_BYTES)
        # Between its hash and its upload a new build may have been published under its name.
        if path.stat().st_size != manifest.size_bytes or hash_of(path) != manifest.sha256:
            raise RemoteError(f"{path} was replaced during its upload: publish again")
        with self._worded("write", MANIFEST):
            self.store.put(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))

    def keep(self, count: int, current: str) -> list[str]:
        """Delete all builds but the `count` that were uploaded last, never the current one; returns what went."""
        with self._worded("list", FOLDER):
            builds = [entry for page in self.store.list(f"{FOLDER}/") for entry in page]
            newest_first = sorted(builds, key=lambda entry: (entry["last_modified"], entry["path"]), reverse=True)
            gone = [entry["path"] for entry in newest_first[count:] if entry["path"] != current]
            if gone:
                self.store.delete(gone)
        self._remove_interrupted_uploads()
        return gone

    def download(self, manifest: Manifest, place: Path) -> None:
        """Write the build to the place. Raises RemoteError when it is not the one that the manifest describes."""
        digest, received = hashlib.sha256(), 0
        with (
            self._worded("read", manifest.file),
            place.open("wb") as file,
            _bar("download", manifest.size_bytes) as bar,
        ):
            for piece in self.store.get(manifest.file).stream(PIECE_BYTES):
                file.write(piece)
                digest.update(piece)
                received += len(piece)
                bar.update(len(piece))
        if (found := digest.hexdigest()) != manifest.sha256:
            raise RemoteError(
                f"{manifest.file} of {self.address} is not the build that {MANIFEST} names: {received:,} of "
                f"{manifest.size_bytes:,} bytes, SHA-256 {found[:12]}… instead of {manifest.sha256[:12]}…; "
                "right is to publish it again"
            )

    def _remove_interrupted_uploads(self) -> None:
        """A folder shows what is being written as `<name>#<n>`; a bucket shows nothing of it."""
        if "://" not in self.address:
            for staged in (Path(self.address) / FOLDER).glob("*.duckdb#*"):
                if time.time() - staged.stat().st_mtime > STAGED_SECONDS:
                    staged.unlink(missing_ok=True)

    @contextmanager
    def _worded(self, verb: str, what: str) -> Iterator[None]:
        """Say in one sentence what the store said in many lines."""
        from obstore.exceptions import BaseError, NotFoundError  # noqa: PLC0415

        try:
            yield
        except (NotFoundError, FileNotFoundError):
            hint = "; `make publish TO=…` puts a build there" if what == MANIFEST else ""
            raise RemoteError(f"there is no {what} in {self.address}{hint}") from None
        except BaseError as error:
            raise RemoteError(f"cannot {verb} {what} of {self.address}: {_one_line(error)}") from None
        except OSError as error:
            raise RemoteError(f"cannot {verb} {what} of {self.address}: {describe_os_error(error)}") from None


def open_remote(address: str, *, is_made: bool = False) -> Remote:
    """The place at an address; a folder is made first if that is wanted.

    Credentials are those of the environment, or of the machine's role, under the names that the provider gave them.
    Raises RemoteError for what is no such address, or no folder, and when the package for it is not installed.
    """
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415 (an optional package)
        from obstore.store import HTTPStore, LocalStore, from_url  # noqa: PLC0415
    except ModuleNotFoundError:
        raise RemoteError(
            "builds elsewhere need the package obstore, which is not installed; right is "
            f"`.venv/bin/python -m pip install --require-hashes --requirement {REMOTE_LOCK}`"
        ) from None
    if "://" not in address:
        folder = Path(address).expanduser().absolute()
        if not (is_made or folder.is_dir()):
            raise RemoteError(f"{folder} is no folder; {RIGHT}")
        folder.mkdir(parents=True, exist_ok=True)
        return Remote(str(folder), LocalStore(folder))
    scheme = _check_address(address)
    address = address.rstrip("/")
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or ""
    # Whoever writes http:// means it.
    options = _CLIENT | {"allow_http": (endpoint if scheme == "s3" else address).startswith("http://")}
    try:
        if scheme in ("http", "https"):
            return Remote(address, HTTPStore.from_url(address, client_options=options, retry_config=_RETRIES))
        return Remote(address, from_url(address, client_options=options, retry_config=_RETRIES))
    except BaseError as error:
        raise RemoteError(f"{address} is no place for builds: {_one_line(error)}; {RIGHT}") from None


def _check_address(address: str) -> str:
    """The kind of an address that is none of a folder."""
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES or not parts.netloc:
        raise RemoteError(f"{address} is no place for builds; {RIGHT}")
    if parts.username or parts.password or parts.query:
        raise RemoteError(
            f"the address at {parts.hostname} holds more than a place; right is to leave credentials to the "
            "environment (AWS_ACCESS_KEY_ID and the like) or to the machine's role"
        )
    return parts.scheme


def _one_line(error: Exception) -> str:
    return " ".join(str(error).partition("\n\nDebug source")[0].split())


def _pieces(path: Path, what: str) -> Iterator[bytes]:
    with path.open("rb") as file, _bar(what, path.stat().st_size) as bar:
        while piece := file.read(PIECE_BYTES):
            yield piece
            bar.update(len(piece))


def _bar(what: str, size: int) -> "tqdm[Never]":
    return tqdm(total=size, unit="B", unit_scale=True, desc=what, disable=None)
