"""Clients of applications on two warehouses: sixteen films checked by hand, and the built sample."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api import small_warehouse as small_warehouse_file
from tests.api.client import Client, create_client
from tests.api.operations import Operation, read_operations
from tests.api.server import Server, run_server
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "movies.duckdb"
    small_warehouse_file.make(path)
    return path


@pytest.fixture(scope="session")
def settings(small_warehouse: Path) -> Settings:
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(small_warehouse)})


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings) as client:
        yield client


@pytest.fixture(scope="session")
def server(small_warehouse: Path) -> Iterator[Server]:
    with run_server(small_warehouse) as server:
        yield server


@pytest.fixture(scope="session")
def sample(sample_warehouse: Path) -> Iterator[Client]:
    """A client of an application on the built sample."""
    with create_client(Settings.from_environment({"FILMOTECA_WAREHOUSE": str(sample_warehouse)})) as client:
        yield client


@pytest.fixture(scope="session")
def openapi_document(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/schema/openapi.json").json()
    return document


@pytest.fixture(scope="session")
def operations(openapi_document: dict[str, Any]) -> list[Operation]:
    return read_operations(openapi_document)
