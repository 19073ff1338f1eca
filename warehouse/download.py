"""HTTP downloads that resume after an interruption."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import httpx

from warehouse.errors import FilmotecaError
from warehouse.progress import transfer_bar

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
    part = folder / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.part"
    reason = ""
    with httpx.Client(follow_redirects=True, timeout=TIMEOUT_SECONDS) as client:
        for attempt in range(ATTEMPTS):
            time.sleep(RETRY_SECONDS * attempt)
            try:
                _resume(client, url, part)
                return part
            except httpx.InvalidURL as error:
                raise DownloadError(f"{url} is not a valid address ({error}); expected http(s)://…") from None
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
    size = _size(part)
    hint = f"; run the same command again to resume after {size / 1e6:.1f} MB" if size else ""
    raise DownloadError(f"cannot download {url}: {reason}{hint}")


def discard(part: Path) -> None:
    """Delete a downloaded or partial file."""
    part.unlink(missing_ok=True)
    _metadata_file(part).unlink(missing_ok=True)


def _resume(client: httpx.Client, url: str, part: Path) -> None:
    metadata, done = _read_metadata(part), _size(part)
    if done and done == metadata.get("size_bytes"):
        return
    headers = {"Accept-Encoding": "identity"}
    if done and (validator := metadata.get("validator")):
        headers |= {"Range": f"bytes={done}-", "If-Range": validator}
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            discard(part)
            raise httpx.RemoteProtocolError("the server refused to resume the download")
        if not response.is_success:
            raise DownloadError(f"{url} returned {response.status_code} {response.reason_phrase}; expected a zip file")
        is_resumed = response.headers.get("Content-Range", "").startswith(f"bytes {done}-")
        if response.status_code == httpx.codes.PARTIAL_CONTENT and not is_resumed:
            discard(part)
            raise httpx.RemoteProtocolError("the server sent a different range than requested")
        _receive(response, part, done if is_resumed else 0)


def _receive(response: httpx.Response, part: Path, start: int) -> None:
    length = response.headers.get("Content-Length")
    size = start + int(length) if length else None
    if not start:
        part.unlink(missing_ok=True)
    _metadata_file(part).write_text(json.dumps({"validator": _validator(response), "size_bytes": size}), "utf-8")
    with part.open("ab") as file, transfer_bar("download", size, done_bytes=start) as bar:
        for chunk in response.iter_raw():
            file.write(chunk)
            bar.update(len(chunk))


def _validator(response: httpx.Response) -> str | None:
    """Return the ETag unless it is weak (If-Range does not accept those), else Last-Modified."""
    etag: str = response.headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified")


def _metadata_file(part: Path) -> Path:
    return part.with_suffix(".json")


def _read_metadata(part: Path) -> dict[str, Any]:
    """Return the full size and the ETag or Last-Modified header of a partial file, as far as they are known."""
    try:
        return dict(json.loads(_metadata_file(part).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
