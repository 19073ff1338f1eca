"""The exploratory report under /eda: the folder that `make eda` wrote, if it belongs to the current build."""

import json
import re
from hashlib import sha256
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path

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
HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": CACHE_CONTROL.decode()}

# Matches every file of a report and no path outside its folder.
_NAME = re.compile(r"(?:charts/[a-z]{2}/)?[a-z0-9-]+\.(?:html|css|js|json|svg|png)")


def report_router(folder: Path) -> Router:
    """Return the routes of the report in `folder`, which is read at each request."""

    @get("/", sync_to_thread=False)
    def redirect_to_first_page() -> Redirect:
        return Redirect(f"{PATH}/{FIRST_PAGE}")

    @get("/{name:path}", sync_to_thread=True)
    def show_file(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
        name = name.lstrip("/")
        if not _NAME.fullmatch(name):
            raise NotFoundException
        check_build(folder, get_snapshot().build_id)
        try:
            content = (folder / name).read_bytes()
        except OSError:
            raise NotFoundException from None
        # The ETag is the file's own, because a report can be written again for the same build.
        headers = {**HEADERS, "ETag": f'W/"{sha256(content).hexdigest()[:16]}"'}
        if etag_matches(request.headers.get("if-none-match", "").encode("latin-1"), headers["ETag"]):
            return Response(b"", status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(content, media_type=guess_type(name)[0], headers=headers)

    return Router(PATH, route_handlers=[redirect_to_first_page, show_file], include_in_schema=False)


def check_build(folder: Path, build_id: str) -> None:
    """Raise ProblemError 404 if there is no report, or if it is not of the build."""
    try:
        report_build_id = str(json.loads((folder / "build.json").read_bytes())["build_id"])
    except (OSError, KeyError, TypeError, ValueError):
        problem = "There is no report yet. Run `make eda` to create it."
        raise ProblemError(HTTPStatus.NOT_FOUND, problem) from None
    if report_build_id != build_id:
        problem = f"The report is of build {report_build_id}, but build {build_id} is served."
        raise ProblemError(HTTPStatus.NOT_FOUND, f"{problem} Run `make eda` to update it.")
