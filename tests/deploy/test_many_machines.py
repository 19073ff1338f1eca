"""A machine without a warehouse fetches one as it starts to serve, and takes up what is published later."""

import time
from pathlib import Path

import duckdb
import httpx
import pytest

from tests.api import small_warehouse
from tests.api.server import started
from warehouse import upload


def test_a_replica_serves_what_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, place = tmp_path / "made" / "movies.duckdb", tmp_path / "place"
    made.parent.mkdir()
    small_warehouse.make(made)
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(made))
    upload.main([str(place)])
    environment = {"FILMOTECA_SOURCE": str(place), "FILMOTECA_SOURCE_SECONDS": "1"}
    with started(tmp_path / "replica" / "movies.duckdb", environment=environment) as server:
        ready = f"{server.origin}/health/ready"
        assert httpx.get(ready).json()["build_id"] == "build-1"
        with duckdb.connect(str(made)) as connection:
            connection.execute("update quality.build_info set build_id = 'build-2'")
        upload.main([str(place)])
        deadline = time.monotonic() + 60
        while httpx.get(ready).json()["build_id"] != "build-2":
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_replica_whose_source_is_gone_serves_what_it_has(tmp_path: Path) -> None:
    here = tmp_path / "movies.duckdb"
    small_warehouse.make(here)
    with started(here, environment={"FILMOTECA_SOURCE": str(tmp_path / "gone")}) as server:
        assert httpx.get(f"{server.origin}/health/ready").json()["build_id"] == "build-1"
        server.process.terminate()
        told = server.last_told
    assert "gone is not a folder" in told
    assert "Traceback" not in told
