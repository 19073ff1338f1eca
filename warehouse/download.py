"""Downloads one file over HTTP; what was interrupted goes on where it stopped."""

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from tqdm import tqdm

from warehouse.errors import FilmotecaError

ATTEMPTS = 5
PAUSE_SECONDS = 1.0
TIMEOUT_SECONDS = 30.0


class DownloadError(FilmotecaError):
    """The file did not arrive whole."""


@dataclass(frozen=True, slots=True)
class _Note:
    """Kept beside a partial file: the server's version of it (ETag or Last-Modified), and its whole size."""

    validator: str | None
    size_bytes: int | None


def download(url: str, folder: Path) -> Path:
    """Returns the file in `folder` that holds everything `url` serves.

    A broken connection is taken up again a few times, and by the next call, from the last byte on, if the
    server still has the same version of the file; otherwise from the start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.part"
    reason = ""
    with httpx.Client(follow_redirects=True, timeout=TIMEOUT_SECONDS) as client:
        for attempt in range(ATTEMPTS):
            time.sleep(PAUSE_SECONDS * attempt)
            try:
                _fetch_rest(client, url, part)
                return part
            except httpx.InvalidURL as error:
                raise DownloadError(f"{url} is no address: {error}; expected: http(s)://…") from None
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
    kept = f"; {_size(part) / 1e6:.1f} MB are kept: the same command goes on from there" if _size(part) else ""
    raise DownloadError(f"cannot download {url}: {reason}{kept}")


def forget(part: Path) -> None:
    """Removes a download that is used or useless."""
    part.unlink(missing_ok=True)
    _note_of(part).unlink(missing_ok=True)


def _fetch_rest(client: httpx.Client, url: str, part: Path) -> None:
    note, done = _read_note(part), _size(part)
    if done and done == note.size_bytes:
        return
    headers = {"Accept-Encoding": "identity"}
    if done and note.validator:
        headers |= {"Range": f"bytes={done}-", "If-Range": note.validator}
    with client.stream("GET", url, headers=headers) as response:
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            forget(part)
            raise httpx.RemoteProtocolError("the server refused to go on with the partial file")
        if not response.is_success:
            raise DownloadError(f"{url} answers {response.status_code} {response.reason_phrase}; expected: a zip")
        goes_on = response.headers.get("Content-Range", "").startswith(f"bytes {done}-")
        if response.status_code == httpx.codes.PARTIAL_CONTENT and not goes_on:
            forget(part)
            raise httpx.RemoteProtocolError("the server sent another part than the one asked for")
        _receive(response, part, done if goes_on else 0)


def _receive(response: httpx.Response, part: Path, start: int) -> None:
    length = response.headers.get("Content-Length")
    size = start + int(length) if length else None
    if not start:
        part.unlink(missing_ok=True)
    _note_of(part).write_text(json.dumps({"validator": _validator(response), "size_bytes": size}), "utf-8")
    with (
        part.open("ab") as file,
        tqdm(total=size, initial=start, unit="B", unit_scale=True, desc="download", disable=None) as bar,
    ):
        for chunk in response.iter_raw():
            file.write(chunk)
            bar.update(len(chunk))


def _validator(response: httpx.Response) -> str | None:
    """A weak ETag does not promise the same bytes, so If-Range may not use it."""
    etag: str = response.headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else response.headers.get("Last-Modified")


def _note_of(part: Path) -> Path:
    return part.with_suffix(".json")


def _read_note(part: Path) -> _Note:
    try:
        return _Note(**json.loads(_note_of(part).read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return _Note(None, None)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
