"""The exploratory report under /eda: the folder that `make eda` wrote, if it is of the build that answers."""

import json
import os
import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from api.db.dependencies import get_snapshot
from api.http.conditional_requests import CACHE_CONTROL, etag_matches
from api.http.problems import ProblemError
from api.web.reference.router import HEADERS as REFERENCE_HEADERS

PATH = "/eda"
FIRST_PAGE = "index.html"
BUILD_FILE = "build.json"
LARGEST_FILE = 16 * 2**20
"""Bytes; Vega, the largest part of a report, has one million."""
HEADERS = {**REFERENCE_HEADERS, "Cache-Control": CACHE_CONTROL.decode()}

# Whatever a report holds bears such a name: no other, and so nothing outside of the folder, is ever opened.
_NAME = re.compile(r"(?:charts/[a-z]{2}/)?[a-z0-9-]+\.(?:html|css|js|json|svg|png)")


def eda_router(folder: Path) -> Router:
    """The routes of the report that stands in the folder, at the time of each request."""

    @get("/", sync_to_thread=False)
    def first_page() -> Redirect:
        """Lead to the first page, from which the names of all others are relative."""
        return Redirect(f"{PATH}/{FIRST_PAGE}")

    @get("/{name:path}", sync_to_thread=True)
    def report_file(request: Request[Any, Any, State], name: FromPath[str]) -> Response[Any]:
        """A page of the report, or a part of it."""
        name = name.lstrip("/")
        if not _NAME.fullmatch(name):
            raise NotFoundException
        build_id = get_snapshot().build_id
        files = _read(folder, (BUILD_FILE, name))
        if problem := _what_is_wrong(files, build_id):
            raise ProblemError(HTTPStatus.NOT_FOUND, problem)
        if name not in files:
            raise NotFoundException
        return _answer(request, name, files[name])

    return Router(PATH, route_handlers=[first_page, report_file], include_in_schema=False)


def _read(folder: Path, names: tuple[str, ...]) -> Mapping[str, bytes]:
    """Returns the files that are there, all from one folder: another may take its place at any moment."""
    files: dict[str, bytes] = {}
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return files
    try:
        for name in names:
            try:
                with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=opened), "rb") as file:
                    content = file.read(LARGEST_FILE + 1)
            except OSError:
                continue
            if len(content) <= LARGEST_FILE:
                files[name] = content
    finally:
        os.close(opened)
    return files


def _what_is_wrong(files: Mapping[str, bytes], build_id: str) -> str | None:
    """Says why the report cannot be shown, and what to do; None if it can."""
    try:
        report_of = str(json.loads(files[BUILD_FILE])["build_id"])
    except (KeyError, TypeError, ValueError):
        return "There is no report yet: `make eda` writes it, and this page shows it at once."
    if report_of != build_id:
        return f"The report is of build {report_of}, and build {build_id} answers: `make eda` writes it anew."
    return None


def _answer(request: Request[Any, Any, State], name: str, content: bytes) -> Response[bytes]:
    """The file, or 304 if whoever asks holds it. The tag is the file's: of one build a report can be written anew."""
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    headers = {**HEADERS, "ETag": tag}
    if etag_matches(request.headers.get("if-none-match", ""), tag):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type=guess_type(name)[0], headers=headers)
