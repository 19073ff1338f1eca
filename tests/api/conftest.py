"""A service over a warehouse of sixteen films, made in milliseconds and checked by hand."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from warehouse.checks import PUBLIC_TABLES
from warehouse.settings import Settings, project_version

SMALL_WAREHOUSE = Path(__file__).with_name("small_warehouse.sql")


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "movies.duckdb"
    script = SMALL_WAREHOUSE.read_text("utf-8").replace("$version", f"'{project_version()}'")
    with duckdb.connect(str(path)) as connection:
        connection.execute(script)
        # Of the tables that no question reads the service asks only that they are there.
        for schema, tables in PUBLIC_TABLES.items():
            for table in tables:
                connection.execute(f"create table if not exists {schema}.{table} as select null as unread")
    return path


@pytest.fixture(scope="session")
def settings(small_warehouse: Path) -> Settings:
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(small_warehouse)})


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient[Litestar]]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
