"""Builds in a folder or a bucket of an object store, from which other machines fetch them.

    builds/20260131T120000Z-5d41402abc4b-9f86d081.duckdb    one file per build, never modified
    current.json                                            the manifest: the current build and its hash

The build is uploaded before the manifest, and each write is atomic, so the manifest always names a complete build. The
hash detects damage; it does not protect against others who can write there.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, describe_error
from warehouse.hashing import hash_file
from warehouse.progress import CHUNK_BYTES, read_with_progress, show_transfer
from warehouse.settings import project_version

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

MANIFEST = "current.json"
BUILDS = "builds"
MAX_MANIFEST_BYTES = 100_000
SCHEMES = ("s3", "gs", "az", "https", "http")
STALE_UPLOAD_SECONDS = 24 * 3600
"""Age from which the partial file of an interrupted upload to a folder is deleted."""
UPLOAD_ADDRESSES = "a folder, s3://bucket/path, gs://… or az://…"
ADDRESSES = "a folder, s3://bucket/path, gs://…, az://… or, for fetching only, https://…"

_CLIENT: "ClientConfig" = {"connect_timeout": timedelta(seconds=10), "timeout": timedelta(minutes=10)}
_RETRIES: "RetryConfig" = {"max_retries": 4, "retry_timeout": timedelta(seconds=30)}


class RemoteError(FilmotecaError):
    """A remote store that cannot be read or written, or whose content is invalid."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """Description of the current build of a remote store."""

    file: Annotated[str, Meta(pattern=rf"^{BUILDS}/[0-9A-Za-z-]+\.duckdb\Z")]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    size_bytes: Annotated[int, Meta(gt=0)]
    build_id: str
    built_at: datetime
    filmoteca_version: str
    """Version of this project that can read the build."""


def make_manifest(path: Path) -> Manifest:
    """Return the manifest of a published file. Raises WarehouseUnavailableError if it is not a warehouse."""
    with open_read_only(path) as connection:
        row = connection.execute("select build_id, built_at from quality.build_info").fetchone()
    build_id, built_at = row or ("", datetime.min)
    sha256 = hash_file(path)
    return Manifest(
        file=f"{BUILDS}/{built_at:%Y%m%dT%H%M%SZ}-{build_id}-{sha256[:8]}.duckdb",
        sha256=sha256,
        size_bytes=path.stat().st_size,
        build_id=build_id,
        built_at=built_at.replace(tzinfo=UTC),
        filmoteca_version=project_version(),
    )


@dataclass(frozen=True, slots=True)
class RemoteStore:
    """A folder or bucket with builds. All methods raise RemoteError if it cannot be accessed."""

    address: str
    client: "ObjectStore"

    def read_manifest(self) -> Manifest:
        """Return the manifest. Raises RemoteError if it is missing or invalid."""
        with self._translate_errors("read", MANIFEST):
            content = b"".join(self._stream(MANIFEST, MAX_MANIFEST_BYTES))
        try:
            return msgspec.json.decode(content, type=Manifest)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RemoteError(
                f"{MANIFEST} of {self.address} is not a valid manifest ({error}); write it again with `make publish`"
            ) from None

    def upload(self, path: Path, manifest: Manifest) -> None:
        """Upload a build, then the manifest that names it."""
        with self._translate_errors("write", manifest.file), path.open("rb") as file:
            chunks = read_with_progress(file, "upload", manifest.size_bytes)
            self.client.put(manifest.file, chunks, chunk_size=CHUNK_BYTES)
        # Another build may have been published under this path since the manifest was made.
        if hash_file(path) != manifest.sha256:
            raise RemoteError(f"{path} was replaced during the upload; run the command again")
        with self._translate_errors("write", MANIFEST):
            self.client.put(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))

    def prune(self, keep: int, current: str) -> list[str]:
        """Delete all builds except the current one and the `keep` latest uploads; return the deleted ones."""
        with self._translate_errors("list", BUILDS):
            builds = [entry for page in self.client.list(f"{BUILDS}/") for entry in page]
            newest_first = sorted(builds, key=lambda entry: (entry["last_modified"], entry["path"]), reverse=True)
            outdated = [entry["path"] for entry in newest_first[keep:] if entry["path"] != current]
            if outdated:
                self.client.delete(outdated)
        self._delete_stale_uploads()
        return outdated

    def download(self, manifest: Manifest, destination: Path) -> None:
        """Download a build. Raises RemoteError if it does not match the manifest."""
        with self._translate_errors("read", manifest.file), destination.open("wb") as file:
            chunks = self._stream(manifest.file, manifest.size_bytes)
            file.writelines(show_transfer(chunks, "download", manifest.size_bytes))
        if (sha256 := hash_file(destination)) != manifest.sha256:
            raise RemoteError(
                f"{manifest.file} of {self.address} does not match {MANIFEST}: got {destination.stat().st_size:,} of "
                f"{manifest.size_bytes:,} bytes, SHA-256 {sha256[:12]}… instead of {manifest.sha256[:12]}…; upload it "
                "again with `make publish TO=…`"
            )

    def _stream(self, name: str, limit: int) -> Iterator[bytes]:
        """Yield the chunks of a file. Raises RemoteError as soon as it exceeds the limit in bytes."""
        size = 0
        for chunk in self.client.get(name).stream(CHUNK_BYTES):
            size += len(chunk)
            if size > limit:
                raise RemoteError(
                    f"{name} of {self.address} has more than the {limit:,} bytes that were expected; upload it again "
                    "with `make publish TO=…`"
                )
            yield bytes(chunk)

    def _delete_stale_uploads(self) -> None:
        """Delete partial uploads, which a local folder (but not a bucket) shows as `<name>#<n>`."""
        if "://" not in self.address:
            for partial in (Path(self.address) / BUILDS).glob("*.duckdb#*"):
                if time.time() - partial.stat().st_mtime > STALE_UPLOAD_SECONDS:
                    partial.unlink(missing_ok=True)

    @contextmanager
    def _translate_errors(self, verb: str, name: str) -> Iterator[None]:
        """Convert errors of the store into a RemoteError with a one-line message."""
        from obstore.exceptions import BaseError, NotFoundError  # noqa: PLC0415

        try:
            yield
        except (NotFoundError, FileNotFoundError):
            hint = "; upload a build with `make publish TO=…`" if name == MANIFEST else ""
            raise RemoteError(f"there is no {name} in {self.address}{hint}") from None
        except BaseError as error:
            raise RemoteError(f"cannot {verb} {name} of {self.address}: {_first_line(error)}") from None
        except OSError as error:
            raise RemoteError(f"cannot {verb} {name} of {self.address}: {describe_error(error)}") from None


def open_remote_store(address: str, *, create: bool = False) -> RemoteStore:
    """Open the store at an address; with `create`, a missing folder is created.

    Credentials come from the provider's environment variables or from the machine's role. Raises RemoteError for an
    invalid address and for a missing folder.
    """
    from obstore.exceptions import BaseError  # noqa: PLC0415 (loaded only where it is needed)
    from obstore.store import HTTPStore, LocalStore, from_url  # noqa: PLC0415

    if "://" not in address:
        folder = Path(address).expanduser().absolute()
        if not (create or folder.is_dir()):
            raise RemoteError(f"{folder} is not a folder; use {ADDRESSES}")
        folder.mkdir(parents=True, exist_ok=True)
        return RemoteStore(str(folder), LocalStore(folder))
    scheme = _check_address(address)
    address = address.rstrip("/")
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or ""
    # Unencrypted connections must be requested explicitly, with http://.
    options = _CLIENT | {"allow_http": (endpoint if scheme == "s3" else address).startswith("http://")}
    make_client = HTTPStore.from_url if scheme in ("http", "https") else from_url
    try:
        return RemoteStore(address, make_client(address, client_options=options, retry_config=_RETRIES))
    except BaseError as error:
        raise RemoteError(f"{address} is not a valid address: {_first_line(error)}; use {ADDRESSES}") from None


def _check_address(address: str) -> str:
    """Return the scheme of a valid address."""
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES or not parts.netloc:
        raise RemoteError(f"{address} is not a valid address; use {ADDRESSES}")
    if parts.username or parts.password or parts.query:
        raise RemoteError(
            f"the address at {parts.hostname} must not contain credentials or a query; set credentials in the "
            "environment (AWS_ACCESS_KEY_ID and the like) or use the machine's role"
        )
    return parts.scheme


def _first_line(error: Exception) -> str:
    return " ".join(str(error).partition("\n\nDebug source")[0].split())
