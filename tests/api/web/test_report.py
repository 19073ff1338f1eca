import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.client import Client, create_client
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, small_warehouse: Path) -> Settings:
    path = shutil.copy(small_warehouse, tmp_path_factory.mktemp("report"))
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(path)})


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings) as client:
        yield client


@pytest.fixture
def report(settings: Settings, client: Client) -> Iterator[Path]:
    """The folder of a report of the current build."""
    folder = settings.report_folder
    (folder / "charts" / "en").mkdir(parents=True)
    build_id = client.get("/v1/build").headers["filmoteca-build"]
    (folder / "build.json").write_text(json.dumps({"build_id": build_id}))
    (folder / "index.html").write_text("<h1>Films</h1>")
    (folder / "charts" / "en" / "costars.svg").write_text("<svg/>")
    yield folder
    shutil.rmtree(folder)


def test_report_is_served(client: Client, report: Path) -> None:
    first = client.get("/eda", follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (302, "/eda/index.html")
    page = client.get("/eda/")
    assert (page.text, page.headers["content-type"]) == ("<h1>Films</h1>", "text/html; charset=utf-8")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert client.get("/eda/charts/en/costars.svg").headers["content-type"].startswith("image/svg+xml")


def test_changed_report_gets_new_etag(client: Client, report: Path) -> None:
    tag = client.get("/eda/index.html").headers["etag"]
    same = client.get("/eda/index.html", headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    (report / "index.html").write_text("<h1>Other films</h1>")
    other = client.get("/eda/index.html", headers={"If-None-Match": tag})
    assert (other.status_code, other.text) == (200, "<h1>Other films</h1>")
    assert client.head("/eda/index.html").headers["etag"] == other.headers["etag"]


@pytest.mark.parametrize(
    ("build", "detail"),
    [
        ("not json", "There is no report yet. Run `make eda` to create it."),
        ('["list"]', "There is no report yet. Run `make eda` to create it."),
        ('{"build_id": "<b>old</b>"}', "The report is of build <b>old</b>, but build "),
    ],
)
def test_report_of_no_or_another_build_returns_404(client: Client, report: Path, build: str, detail: str) -> None:
    (report / "build.json").write_text(build)
    problem = client.get("/eda/index.html")
    page = client.get("/eda/charts/en/costars.svg", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert problem.json()["detail"].startswith(detail)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Run <code>make eda</code> to " in page.text
    assert "<b>" not in page.text


def test_missing_report_returns_404(client: Client) -> None:
    assert client.get("/eda/index.html").json()["detail"] == "There is no report yet. Run `make eda` to create it."


@pytest.mark.parametrize(
    "name",
    [
        *("nothing.html", "charts", "charts/en", "index.html/x", "index.html%00", "%ff.html", "a" * 5000 + ".html"),
        *("..%2fmovies.duckdb", "%2e%2e/movies.duckdb", "charts/en/..%2f..%2fbuild.json", "%2fetc%2fpasswd"),
    ],
)
def test_other_files_are_not_found(client: Client, report: Path, name: str) -> None:
    answer = client.get(f"/eda/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
