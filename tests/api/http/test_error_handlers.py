"""Problems, methods, caching, health and the index, over HTTP."""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from warehouse.connection import WarehouseUnavailableError
from warehouse.settings import Settings

Client = TestClient[Litestar]
FIELDS = {"type", "title", "status", "detail", "instance"}


def test_etag_is_the_build_id(client: Client) -> None:
    first = client.get("/score-titulo/300")
    assert (first.headers["etag"], first.headers["cache-control"]) == ('W/"build-1"', "public, no-cache")
    again = client.get("/score-titulo/300", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", 'W/"build-1"')
    other = client.get("/score-titulo/300", headers={"If-None-Match": '"build-0"'})
    assert (other.status_code, other.json()) == (200, first.json())


def test_error_is_never_304(client: Client) -> None:
    response = client.get("/score-titulo/nada", headers={"If-None-Match": "*"})
    assert response.status_code == 404
    assert "etag" not in response.headers


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "Not Found"),
        ("GET", "/score-titulo", 404, "No encontrado"),
        ("POST", "/score-titulo/300", 405, "Método no permitido"),
        ("DELETE", "/health/live", 405, "Method Not Allowed"),
        ("GET", "/score-titulo/300?anio=x", 422, "Parámetro no válido"),
    ],
)
def test_error_returns_a_problem_document(client: Client, method: str, path: str, status: int, title: str) -> None:
    response = client.request(method, path)
    problem = response.json()
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert set(problem) >= FIELDS
    assert (problem["status"], problem["title"], problem["instance"]) == (status, title, path.partition("?")[0])
    assert ("allow" in response.headers) is (status == 405)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/score-titulo/300", "GET, OPTIONS, HEAD"),
        ("/v1/movies", "GET, OPTIONS, HEAD"),
        ("/v1/movies/7", "GET, OPTIONS, HEAD"),
        ("/v1/sql", "GET, OPTIONS, POST, HEAD"),
        ("/v1/tables/marts/dim_movies/rows", "GET, OPTIONS, HEAD"),
    ],
)
def test_options_returns_the_allowed_methods(client: Client, path: str, methods: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.headers["allow"], response.content) == (204, methods, b"")


def test_internal_error_is_only_logged(small_warehouse: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(small_warehouse.read_bytes())
    with duckdb.connect(str(broken)) as connection:
        # Every query binds as ever; those that are given words fail.
        connection.execute("create or replace macro marts.text_key(words) as words::integer::varchar")
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(broken)})
    with (
        caplog.at_level(logging.ERROR),
        TestClient(create_app(settings), raise_server_exceptions=False) as client,
    ):
        response = client.get("/peliculas-pais/Argentina", headers={"X-Request-ID": "argentina"})
        assert client.get("/score-titulo/300").status_code == 200
    assert response.json() == {
        "type": "urn:filmoteca:problem:internal-server-error",
        "title": "Error interno",
        "status": 500,
        "detail": "Se produjo un error en el servicio; los detalles están en su registro.",
        "instance": "/peliculas-pais/Argentina",
        "request_id": "argentina",
    }
    assert "Could not convert string" in caplog.text


def test_missing_warehouse_raises(tmp_path: Path) -> None:
    with pytest.raises(WarehouseUnavailableError, match="make build"):
        create_app(Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "none.duckdb")}))


def test_health_returns_the_build(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    ready = client.get("/health/ready")
    assert ready.json() == {"build_id": "build-1", "built_at": "2026-01-31T12:00:00Z", "refused": None}
    assert ready.headers["cache-control"] == "no-store"


def test_thread_limit_does_not_block_health_checks(
    settings: Settings,
) -> None:
    app = create_app(settings, ApiSettings(threads=2))
    done = threading.Event()
    with TestClient(app) as client, client.portal() as portal, ThreadPoolExecutor() as pool:
        for _ in range(2):
            portal.start_task_soon(asyncio.to_thread, done.wait, 30)
        try:
            assert client.get("/health/ready").status_code == 200
            question = pool.submit(client.get, "/v1/movies")
            with pytest.raises(TimeoutError):
                question.result(timeout=0.3)
        finally:
            done.set()
        assert question.result(timeout=30).status_code == 200


def test_every_example_of_the_index_works(client: Client) -> None:
    index: dict[str, Any] = client.get("/").json()
    assert client.get(index["openapi"]).status_code == 200
    assert {"/score-titulo/{titulo}", "/v1/movies", "/v1/facets", "/health/ready"} <= {
        operation["path"] for operation in index["operations"]
    }
    for operation in index["operations"]:
        assert "{" not in operation["example"]
        assert client.get(operation["example"]).status_code in {200, 403, 404}


@pytest.mark.parametrize("path", ["/schema/nope", "/schema/swagger", "/schema"])
def test_page_of_litestar_is_never_shown(client: TestClient[Litestar], path: str) -> None:
    answer = client.get(path)
    if answer.status_code == 404:
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert answer.json()["openapi"] == "3.1.0"
