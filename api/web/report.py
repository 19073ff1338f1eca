"""The exploratory report under /eda: the folder that `make eda` wrote, if it belongs to the current build."""

import json
import re
from hashlib import sha256
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from api.db.dependencies import get_snapshot
from api.http.bodiless_responses import CACHE_CONTROL, etag_matches
from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.web.static_files import CONTENT_SECURITY_POLICY

PATH = "/eda"
FIRST_PAGE = "index.html"
BUILD_FILE = "build.json"
MAX_FILE_BYTES = 16 * 2**20
"""Maximum size of a file. The largest one, Vega, has 1 MB."""
HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": CACHE_CONTROL.decode()}

# Matches every file of a report and no path outside its folder.
_NAME = re.compile(r"(?:charts/[a-z]{2}/)?[a-z0-9-]+\.(?:html|css|js|json|svg|png)")


def report_router(folder: Path) -> Router:
    """Return the routes of the report in `folder`, which is read at each request."""

    @get("/", sync_to_thread=False)
    def redirect_to_first_page() -> Redirect:
        return Redirect(f"{PATH}/{FIRST_PAGE}")

    @get("/{name:path}", sync_to_thread=True)
    def show_file(request: AnyRequest, name: FromPath[str]) -> Response[Any]:
        name = name.lstrip("/")
        if not _NAME.fullmatch(name):
            raise NotFoundException
        if problem := _find_problem(folder, get_snapshot().build_id):
            raise ProblemError(HTTPStatus.NOT_FOUND, problem)
        if (content := _read_file(folder, name)) is None:
            raise NotFoundException
        return _respond(request, name, content)

    return Router(PATH, route_handlers=[redirect_to_first_page, show_file], include_in_schema=False)


def _read_file(folder: Path, name: str) -> bytes | None:
    """Return the content of a file; None if it does not exist, is a symbolic link or is too large."""
    path = folder / name
    try:
        return None if path.is_symlink() or path.stat().st_size > MAX_FILE_BYTES else path.read_bytes()
    except OSError:
        return None


def _find_problem(folder: Path, build_id: str) -> str | None:
    """Return why the report cannot be shown and what to do; None if it can."""
    try:
        report_build_id = str(json.loads(_read_file(folder, BUILD_FILE) or b"")["build_id"])
    except (KeyError, TypeError, ValueError):
        return "There is no report yet. Run `make eda` to create it."
    if report_build_id != build_id:
        return f"The report is of build {report_build_id}, but build {build_id} is served. Run `make eda` to update it."
    return None


def _respond(request: AnyRequest, name: str, content: bytes) -> Response[bytes]:
    # The ETag is the file's own, because a report can be written again for the same build.
    tag = f'W/"{sha256(content).hexdigest()[:16]}"'
    headers = {**HEADERS, "ETag": tag}
    if etag_matches(request.headers.get("if-none-match", "").encode("latin-1"), tag):
        return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type=guess_type(name)[0], headers=headers)
