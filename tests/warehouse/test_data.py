"""Import of the data set from a zip, a folder, Kaggle or an HTTP address, completely or not at all."""

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.warehouse.conftest import write_raw_files
from warehouse import archives, data, download
from warehouse.download import DownloadError
from warehouse.errors import FilmotecaError
from warehouse.raw_finder import RawFilesError
from warehouse.settings import Settings

NAMES = ["credits.csv", "keywords.csv", "links.csv", "movies_dataset.csv", "ratings.csv"]


def zip_bytes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def members(tmp_path: Path) -> dict[str, bytes]:
    folder = write_raw_files(tmp_path / "whole")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def imported(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.raw_folder.iterdir())


@pytest.mark.parametrize("origin", ["folder", "kaggle"])
def test_import_from_folder_copies_known_files_only(
    own_root: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    folder = write_raw_files(tmp_path / "folder")
    (folder / "notes.txt").write_text("unknown")
    monkeypatch.setattr("kagglehub.dataset_download", lambda handle: str(folder))
    data.import_files("kaggle" if origin == "kaggle" else str(folder), own_root)
    assert imported(own_root) == NAMES
    assert (own_root.raw_folder / "credits.csv").read_bytes() == (folder / "credits.csv").read_bytes()


def test_import_from_zip_ignores_paths_and_unknown_files(
    own_root: Settings, tmp_path: Path, members: dict[str, bytes]
) -> None:
    archive = tmp_path / "data.zip"
    inside = {f"../../the-movies-dataset/{name}": content for name, content in members.items()}
    archive.write_bytes(zip_bytes({**inside, "/etc/passwd": b"x", "__MACOSX/._credits.csv": b"x"}))
    data.import_files(str(archive), own_root)
    assert imported(own_root) == NAMES
    assert not (own_root.root.parent / "the-movies-dataset").exists()


def corrupt_crc(content: bytes) -> bytes:
    at = content.index(b"credits.csv") + len(b"credits.csv") + 10
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda members: zip_bytes(members)[:-30], "is not a zip file, or is truncated"),
        (lambda members: b"<html>", "is not a zip file"),
        (lambda members: corrupt_crc(zip_bytes(members)), "cannot unzip"),
        (lambda members: zip_bytes({**members, "./links.csv": b""}), "contains ./links.csv 2 times"),
        (
            lambda members: zip_bytes({"links.csv": members["links.csv"]}),
            "movies_metadata.csv is missing: found data.zip/links.csv; ",
        ),
        (
            lambda members: zip_bytes({**members, "credits.csv": b"cast\n1\n"}),
            'data.zip/credits.csv has no column "id"',
        ),
        (lambda members: zip_bytes({**members, "ratings.csv": b"0" * 200_000}), "unpacks to more than 0 GB"),
    ],
)
def test_invalid_zip_leaves_old_files(own_root, tmp_path, monkeypatch, members, make, message) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100_000)
    data.import_files(str(tmp_path / "whole"), own_root)
    before = {path.name: path.read_bytes() for path in own_root.raw_folder.iterdir()}
    archive = tmp_path / "data.zip"
    archive.write_bytes(make(members))
    with pytest.raises(FilmotecaError, match=message):
        data.import_files(str(archive), own_root)
    assert {path.name: path.read_bytes() for path in own_root.raw_folder.iterdir()} == before
    assert list(own_root.import_folder.iterdir()) == []
    with pytest.raises(FilmotecaError, match="expected a zip file, a folder, an http"):
        data.import_files(str(tmp_path / "nothing"), own_root)


def test_single_file_is_answered_with_its_folder(own_root: Settings, tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "one folder")
    with pytest.raises(
        FilmotecaError, match=r"a single file with the columns id, .*; give the folder.*FROM=.*one folder"
    ):
        data.import_files(str(folder / "credits.csv"), own_root)


def test_import_recovers_from_kill_between_renames(own_root: Settings, tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "origin")
    data.import_files(str(folder), own_root)
    own_root.raw_folder.rename(own_root.import_folder / "previous")
    with pytest.raises(RawFilesError):
        data.import_files(str(write_raw_files(tmp_path / "bad", credits=b"")), own_root)
    assert imported(own_root) == NAMES


def test_kaggle_failure_is_reported_in_one_message(own_root: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: str) -> str:
        assert handle == "rounakbanik/the-movies-dataset"
        raise ConnectionError("no route to host")

    monkeypatch.setattr("kagglehub.dataset_download", refuse)
    with pytest.raises(FilmotecaError, match=r"no route to host.*or download the zip with a browser"):
        data.import_files("kaggle", own_root)


class Server(ThreadingHTTPServer):
    """Serves one file. `cuts` are the numbers of bytes after which the next responses break off."""

    content = b""
    etag = '"one"'
    supports_ranges = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.cuts: list[int] = []
        self.ranges: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/data.zip"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server, requested = self.server, self.headers.get("Range")
        server.ranges.append(requested)
        if self.path != "/data.zip":
            self.send_error(404)
            return
        start = 0
        if requested and server.supports_ranges and self.headers.get("If-Range") == server.etag:
            start = int(requested.removeprefix("bytes=").removesuffix("-"))
        body = server.content[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(server.content) - 1}/{len(server.content)}")
        self.send_header("ETag", server.etag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: server.cuts.pop(0)] if server.cuts else body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture
def server(members: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(download, "RETRY_SECONDS", 0.0)
    with Server() as running:
        running.content = zip_bytes(members)
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_broken_connection_is_resumed(own_root: Settings, server: Server) -> None:
    server.cuts = [100, 9_999, 50]
    data.import_files(server.url, own_root)
    assert server.ranges == [None, None, "bytes=100-", None, "bytes=150-"]
    assert imported(own_root) == NAMES
    assert list(own_root.import_folder.iterdir()) == []


@pytest.mark.parametrize("change", ["none", "etag", "no ranges"])
def test_next_command_resumes_a_download_or_restarts_it_if_the_file_changed(
    own_root: Settings, server: Server, members: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(download, "ATTEMPTS", 1)
    server.cuts = [100]
    with pytest.raises(DownloadError, match="run the same command again to resume after"):
        data.import_files(server.url, own_root)
    assert not own_root.raw_folder.exists()
    if change == "etag":
        server.etag = '"two"'
        server.content = zip_bytes({**members, "more.txt": b"another version"})
    server.supports_ranges = change != "no ranges"
    data.import_files(server.url, own_root)
    assert server.ranges == [None, None, *["bytes=100-"] * (change != "etag")]
    assert imported(own_root) == NAMES


def test_complete_download_is_reused(own_root: Settings, server: Server) -> None:
    """For example after a full disk while unzipping."""
    part = download.download(server.url, own_root.import_folder)
    assert part.read_bytes() == server.content
    server.cuts = [0]
    data.import_files(server.url, own_root)
    assert imported(own_root) == NAMES


def test_invalid_responses_are_reported(own_root: Settings, server: Server) -> None:
    with pytest.raises(DownloadError, match="returned 404 Not Found; expected a zip file"):
        data.import_files(server.url + "x", own_root)
    server.content = b"<html>sign in</html>"
    with pytest.raises(FilmotecaError, match="is not a zip file"):
        data.import_files(server.url, own_root)
    with pytest.raises(DownloadError, match=r"cannot download http://127\.0\.0\.1:1/"):
        data.import_files("http://127.0.0.1:1/data.zip", own_root)
