"""The interactive page: whole without the internet, and nothing of it from elsewhere."""

import re
import shutil
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.web.reference.router import OUR_FILES, PATH
from warehouse.settings import Settings

Client = TestClient[Litestar]


@pytest.fixture(scope="module")
def page(client: Client) -> str:
    return client.get(PATH).text


def test_all_that_the_page_names_is_served_here(client: Client, page: str) -> None:
    named = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert {"/", "/schema/openapi.json", f"{PATH}/swagger-ui.css", f"{PATH}/swagger-ui-bundle.js"} <= set(named)
    for path in named:
        assert path.startswith("/")
        assert not path.startswith("//")
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("name", OUR_FILES)
def test_our_files_name_no_host(client: Client, name: str) -> None:
    assert "//" not in re.sub(r"^\s*//.*$", "", client.get(f"{PATH}/{name}").text, flags=re.MULTILINE)


def test_the_browser_is_told_to_load_nothing_from_elsewhere(client: Client, page: str) -> None:
    policy = client.get(PATH).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ")
    assert not re.search(r"unsafe|https?:|\*", policy)
    assert not re.search(r"<script>|<style|style=|\son\w+=", page), "the policy forbids what stands in the page itself"


def test_the_page_shows_the_document_in_its_own_version(client: Client) -> None:
    assert '"/schema/openapi.json"' in client.get(f"{PATH}/page.js").text
    assert client.get("/schema/openapi.json").json()["openapi"].startswith("3.1")
    # Swagger UI reads OpenAPI 3.1 from its version 5 on.
    assert re.search(r'"5\.\d+\.\d+"', client.get(f"{PATH}/swagger-ui-bundle.js").text)


def test_the_index_leads_to_the_page(client: Client) -> None:
    assert client.get("/").json()["reference"] == PATH


@pytest.mark.parametrize("name", ["nothing.js", "router.py", "..%2frouter.py", "%00", "%ff", "a" * 5000, "page.js/x"])
def test_nothing_else_is_served(client: Client, name: str) -> None:
    answer = client.get(f"{PATH}/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_the_documentation_of_the_tables_is_served_once_it_is_written(small_warehouse: Path, tmp_path: Path) -> None:
    published = shutil.copy(small_warehouse, tmp_path / "movies.duckdb")
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    with TestClient(create_app(settings)) as client:
        missing = client.get("/docs", headers={"accept": "text/html"})
        assert (missing.status_code, "make docs" in missing.text) == (404, True)
        settings.docs_file.write_text("<!doctype html><title>dbt docs</title>")
        for path in ("/docs", "/docs/", "/docs.html"):
            assert client.get(path).text == "<!doctype html><title>dbt docs</title>", path
        found = client.get("/docs/")
        assert (found.status_code, found.text) == (200, "<!doctype html><title>dbt docs</title>")
        assert found.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in found.headers["content-security-policy"]


def test_table_diagram_links_tables_to_their_description(client: Client) -> None:
    answer = client.get("/docs/erd")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'; script-src 'self'; " in answer.headers["content-security-policy"]
    assert len(answer.content) < 150_000
    assert 'href="./#!/model/model.filmoteca.dim_movies"' in answer.text
    assert {"dim_movies", "fct_movie_genres", "dim_people"} <= set(re.findall(r"<code>(\w+)</code></a>", answer.text))
    assert "dim_movies ||--o{ fct_cast_credits : movie_id" in answer.text
