"""Fixtures of the browser tests: a server with the sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.api.server import run_server

expect.set_options(timeout=30_000)  # Swagger UI takes over five seconds on two busy cores


@pytest.fixture(scope="package")
def origin(sample_warehouse: Path) -> Iterator[str]:
    with run_server(sample_warehouse) as server:
        yield server.origin
