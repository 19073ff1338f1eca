"""Swagger UI, the dbt docs site and the diagram of the tables."""

import re
import shutil
from pathlib import Path

import pytest

from api.web.docs import REFERENCE_PATH as PATH
from tests.api.client import Client, create_client
from warehouse.settings import Settings


def test_swagger_ui_loads_only_own_files(client: Client) -> None:
    page = client.get(PATH)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; ")
    assert not re.search(r"unsafe|https?:|\*", policy)
    assert not re.search(r"<script>|<style|style=|\son\w+=", page.text), "the policy forbids inline scripts and styles"
    assert client.get("/").json()["reference"] == PATH
    named = re.findall(r'(?:src|href)="([^"]*)"', page.text)
    assert {"/", "/schema/openapi.json", f"{PATH}/swagger-ui.css", f"{PATH}/swagger-ui-bundle.js"} <= set(named)
    for path in named:
        assert re.match(r"/(?!/)", path)
        assert client.get(path).status_code == 200, path


def test_swagger_ui_supports_openapi_31(client: Client) -> None:
    assert '"/schema/openapi.json"' in client.get(f"{PATH}/page.js").text
    assert client.get("/schema/openapi.json").json()["openapi"].startswith("3.1")
    # Swagger UI reads OpenAPI 3.1 from its version 5 on.
    assert re.search(r'"5\.\d+\.\d+"', client.get(f"{PATH}/swagger-ui-bundle.js").text)


@pytest.mark.parametrize("name", ["nothing.js", "..%2fdocs.py", "%00", "%ff", "a" * 5000, "page.js/x"])
def test_unknown_file_is_not_found(client: Client, name: str) -> None:
    answer = client.get(f"{PATH}/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_dbt_docs_are_served_after_make_docs(small_warehouse: Path, tmp_path: Path) -> None:
    published = shutil.copy(small_warehouse, tmp_path / "movies.duckdb")
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(published)})
    with create_client(settings) as client:
        missing = client.get("/docs", headers={"accept": "text/html"})
        assert (missing.status_code, "make docs" in missing.text) == (404, True)
        settings.docs_file.write_text("<!doctype html><title>dbt docs</title>")
        for path in ("/docs", "/docs/", "/docs.html"):
            assert client.get(path).text == "<!doctype html><title>dbt docs</title>", path
        found = client.get("/docs/")
        assert found.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in found.headers["content-security-policy"]


def test_diagram_links_tables_to_docs(client: Client) -> None:
    response = client.get("/docs/erd")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'; script-src 'self'; " in response.headers["content-security-policy"]
    assert len(response.content) < 150_000
    assert 'href="./#!/model/model.filmoteca.dim_movies"' in response.text
    assert {"dim_movies", "fct_movie_genres", "dim_people"} <= set(re.findall(r"<code>(\w+)</code></a>", response.text))
    assert "dim_movies ||--o{ fct_cast_credits : movie_id" in response.text
