"""The exploratory report under /eda: the folder that `make eda` wrote, if it belongs to the current build."""

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
from api.web.swagger_ui import CONTENT_SECURITY_POLICY

PATH = "/eda"
FIRST_PAGE = "index.html"
BUILD_FILE = "build.json"
MAX_FILE_BYTES = 16 * 2**20
"""Vega, the largest file of a report, has one million bytes."""
HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": CACHE_CONTROL.decode()}

# Every file of a report matches this pattern; nothing outside the folder is ever opened.
_NAME = re.compile(r"(?:charts/[a-z]{2}/)?[a-z0-9-]+\.(?:html|css|js|json|svg|png)")


def report_router(folder: Path) -> Router:
    """Return the routes of the report in `folder`, which is read at each request."""

    @get("/", sync_to_thread=False)
    def redirect_to_first_page() -> Redirect:
        return Redirect(f"{PATH}/{FIRST_PAGE}")

    @get("/{name:path}", sync_to_thread=True)
    def show_file(request: Request[Any, Any, State], name: FromPath[str]) -> Response[Any]:
        name = name.lstrip("/")
        if not _NAME.fullmatch(name):
            raise NotFoundException
        files = _read_files(folder, (BUILD_FILE, name))
        if problem := _find_problem(files, get_snapshot().build_id):
            raise ProblemError(HTTPStatus.NOT_FOUND, problem)
        if name not in files:
            raise NotFoundException
        return _respond(request, name, files[name])

    return Router(PATH, route_handlers=[redirect_to_first_page, show_file], include_in_schema=False)


def _read_files(folder: Path, names: tuple[str, ...]) -> Mapping[str, bytes]:
    """Return the files that exist, all from the same folder even if it is replaced meanwhile."""
    files: dict[str, bytes] = {}
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return files
    try:
        for name in names:
            try:
                with os.fdopen(os.open(name, os.O_RDONLY | os.O_NOFOLLOW, dir_fd=opened), "rb") as file:
                    content = file.read(MAX_FILE_BYTES + 1)
            except OSError:
                continue
            if len(content) <= MAX_FILE_BYTES:
                files[name] = content
    finally:
        os.close(opened)
    return files


def _find_problem(files: Mapping[str, bytes], build_id: str) -> str | None:
    """Return why the report cannot be shown and what to do; None if it can."""
    try:
        report_build_id = str(json.loads(files[BUILD_FILE])["build_id"])
    except (KeyError, TypeError, ValueError):
        return "There is no report yet. Run `make eda` to create it."
    if report_build_id != build_id:
        return f"The report is of build {report_build_id}, but build {build_id} is served. Run `make eda` to update it."
    return None


def _respond(request: Request[Any, Any, State], name: str, content: bytes) -> Response[bytes]:
    # The ETag is the file's own, because a report can be written again for the same build.
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    headers = {**HEADERS, "ETag": tag}
    if etag_matches(request.headers.get("if-none-match", ""), tag):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type=guess_type(name)[0], headers=headers)
