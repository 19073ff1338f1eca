"""Health checks and the index of all operations."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.settings import ApiSettings
from tests.api.client import Client
from warehouse.settings import Settings


def test_health_returns_the_build(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}
    ready = client.get("/health/ready")
    build = {"build_id": "build-1", "built_at": "2026-01-31T12:00:00Z", "movie_count": 16}
    assert ready.json() == build | {"refused": None}
    assert ready.headers["cache-control"] == "no-store"


def test_thread_limit_does_not_block_health_checks(settings: Settings) -> None:
    app = create_app(settings, ApiSettings(threads=2))
    done = threading.Event()
    with TestClient(app) as client, client.portal() as portal, ThreadPoolExecutor() as pool:
        for _ in range(2):
            portal.start_task_soon(asyncio.to_thread, done.wait, 30)
        try:
            assert client.get("/health/ready").status_code == 200
            response = pool.submit(client.get, "/v1/movies")
            with pytest.raises(TimeoutError):
                response.result(timeout=0.3)
        finally:
            done.set()
        assert response.result(timeout=30).status_code == 200


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
def test_page_of_litestar_is_never_shown(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code == 404:
        assert response.headers["content-type"] == "application/problem+json"
    else:
        assert response.json()["openapi"] == "3.1.0"
