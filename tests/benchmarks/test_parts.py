"""The parts on the bundled sample, and the requests that they send."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path

import duckdb
import pytest

from benchmarks.__main__ import PARTS
from benchmarks.load_generator import Request, uncached
from benchmarks.results import Plan
from benchmarks.servers import Server, run_server
from benchmarks.transform import check_raw_files
from benchmarks.workload import VALUES, read_values, vary_parameters
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def settings(sample_warehouse: Path) -> Settings:
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(sample_warehouse)})


@pytest.fixture(scope="module")
def server(sample_warehouse: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FILMOTECA_WAREHOUSE", str(sample_warehouse))
        with run_server() as running:
            yield running


@pytest.mark.parametrize("name", ["baseline", "api", "search", "recommendations"])
def test_quick_part_fills_its_tables(
    name: str, settings: Settings, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(settings.published_file))
    if name != "baseline":  # which compares two servers
        monkeypatch.setattr(f"benchmarks.{name}.run_server", lambda: nullcontext(server))
    monkeypatch.setattr("benchmarks.api.NAMES_PER_ROUND", 5)
    monkeypatch.setattr("benchmarks.recommendations.REQUESTS", 3)
    tables = PARTS[name].measure(Plan(settings, None, turn_seconds=0.02, rounds=1, films=()))
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.title
        assert min(cell for row in table.rows for cell in row if isinstance(cell, int | float)) >= 0
    ratios = [ratio.name for table in tables for ratio in table.ratios]
    assert len(ratios) == len(set(ratios)) > 0


def test_uncached_requests_are_never_served_from_the_cache(server: Server) -> None:
    def read_hits() -> str:
        metrics = server.fetch(Request("/metrics"))[1].decode("utf-8").splitlines()
        return "".join(line for line in metrics if "hit" in line)

    requests = list(islice(uncached([Request("/v1/movies/862")]), 3))
    before = read_hits()
    server.time_requests(requests)
    assert read_hits() == before
    server.time_requests(requests)
    assert read_hits() != before


def test_workload_requests_succeed_for_every_operation_and_parameter(sample_warehouse: Path, server: Server) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        values = {name: read_values(connection, sql) for name, sql in VALUES.items()}
    paths = server.fetch_json("/schema/openapi.json")["paths"]
    operations = {path: item["get"] for path, item in paths.items() if "get" in item}
    assert len(operations) > 13
    for path, operation in operations.items():
        requests = islice(vary_parameters(path, "get", operation, values), 1 + len(operation.get("parameters", [])))
        server.time_requests(list(requests))


def test_transform_rejects_raw_files_that_the_warehouse_was_not_built_from(settings: Settings, tmp_path: Path) -> None:
    check_raw_files(settings.published_file, settings.sample_folder)
    for path in settings.sample_folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes() + b"x")
    with pytest.raises(FilmotecaError, match="was not built from the raw files in"):
        check_raw_files(settings.published_file, tmp_path)
