"""Problems and OPTIONS over HTTP."""

import logging
from pathlib import Path

import duckdb
import pytest

from tests.api.client import Client, create_client
from warehouse.settings import Settings

FIELDS = {"type", "title", "status", "detail", "instance"}


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
        # Queries still bind; those with a name fail when they run.
        connection.execute("create or replace macro marts.text_key(words) as words::integer::varchar")
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(broken)})
    with caplog.at_level(logging.ERROR), create_client(settings) as client:
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
