"""A replica fetches a warehouse when it starts and reloads what is uploaded later."""

from pathlib import Path

import duckdb
import httpx
import pytest

from tests.api import small_warehouse
from tests.api.server import run_server
from tests.waiting import wait_for
from warehouse import upload


def test_replica_serves_uploaded_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built, store = tmp_path / "built" / "movies.duckdb", tmp_path / "store"
    built.parent.mkdir()
    small_warehouse.make(built)
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(built))
    upload.main([str(store)])
    environment = {"FILMOTECA_SOURCE": str(store), "FILMOTECA_SOURCE_SECONDS": "1"}
    with run_server(tmp_path / "replica" / "movies.duckdb", environment=environment) as server:
        ready = f"{server.origin}/health/ready"
        assert httpx.get(ready).json()["build_id"] == "build-1"
        with duckdb.connect(str(built)) as connection:
            connection.execute("update quality.build_info set build_id = 'build-2'")
        upload.main([str(store)])
        wait_for(lambda: httpx.get(ready).json()["build_id"] == "build-2")


def test_replica_without_source_serves_its_own_file(tmp_path: Path) -> None:
    published = tmp_path / "movies.duckdb"
    small_warehouse.make(published)
    with run_server(published, environment={"FILMOTECA_SOURCE": str(tmp_path / "gone")}) as server:
        assert httpx.get(f"{server.origin}/health/ready").json()["build_id"] == "build-1"
        output = server.stop()
    assert "gone is not a folder" in output
    assert "Traceback" not in output
