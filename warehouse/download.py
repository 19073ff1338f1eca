"""HTTP downloads that resume after an interruption."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from warehouse.errors import FilmotecaError
from warehouse.progress import show_transfer

ATTEMPTS = 5
RETRY_SECONDS = 1.0
TIMEOUT_SECONDS = 30.0


class DownloadError(FilmotecaError):
    """A download that failed."""


def download(url: str, folder: Path) -> Path:
    """Download `url` into `folder` and return the file.

    A broken connection is retried a few times. Retries and later calls resume the partial file if the server still has
    the same version of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    reason = ""
    with httpx.Client(follow_redirects=True, timeout=TIMEOUT_SECONDS) as client:
        for attempt in range(ATTEMPTS):
            time.sleep(RETRY_SECONDS * attempt)
            try:
                return _resume(client, url, folder)
            except httpx.InvalidURL as error:
                raise DownloadError(f"{url} is not a valid address ({error}); expected http(s)://…") from None
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
    size = sum(part.stat().st_size for part in folder.glob("*.part"))
    hint = f"; run the same command again to resume after {size / 1e6:.1f} MB" if size else ""
    raise DownloadError(f"cannot download {url}: {reason}{hint}")


def _resume(client: httpx.Client, url: str, folder: Path) -> Path:
    """Request the file, and if a part of the same version is there, request only the rest."""
    with _get(client, url) as response:
        # If-Range does not accept a weak ETag.
        etag: str = response.headers.get("ETag", "W/")
        version = response.headers.get("Last-Modified") if etag.startswith("W/") else etag
        part = folder / f"{hashlib.sha256(f'{url} {version}'.encode()).hexdigest()[:16]}.part"
        for other_version in set(folder.glob("*.part")) - {part}:
            other_version.unlink()
        done = part.stat().st_size if part.exists() else 0
        if done and done == int(response.headers.get("Content-Length", 0)):
            return part
        if not (done and version):
            _receive(response, part, 0)
            return part
    with _get(client, url, {"Range": f"bytes={done}-", "If-Range": version}) as response:
        is_resumed = response.headers.get("Content-Range", "").startswith(f"bytes {done}-")
        _receive(response, part, done if is_resumed else 0)
    return part


@contextmanager
def _get(client: httpx.Client, url: str, headers: Mapping[str, str] | None = None) -> Iterator[httpx.Response]:
    with client.stream("GET", url, headers={"Accept-Encoding": "identity", **(headers or {})}) as response:
        if not response.is_success:
            raise DownloadError(f"{url} returned {response.status_code} {response.reason_phrase}; expected a zip file")
        yield response


def _receive(response: httpx.Response, part: Path, start: int) -> None:
    length = response.headers.get("Content-Length")
    with part.open("ab" if start else "wb") as file:
        file.writelines(show_transfer(response.iter_raw(), "download", start + int(length) if length else None, start))
