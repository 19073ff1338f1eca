import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.api.client import Client, create_client
from tests.api.db.test_snapshot_manager import publish
from tests.api.server import run_server
from tests.waiting import wait_for
from warehouse.settings import Settings

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
SECONDS = "filmoteca_http_request_duration_seconds"
RELOADS = ("filmoteca_build_swaps_total", frozenset[tuple[str, str]]())


def parse_samples(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def count_responses(samples: Samples, **labels: str) -> float:
    return sum(
        value
        for (name, sample_labels), value in samples.items()
        if name == f"{SECONDS}_count" and labels.items() <= sample_labels
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[Client]:
    with create_client(settings, METRICS="on") as client:
        yield client


def test_responses_are_counted_by_operation_and_cache(client: Client) -> None:
    etag = client.get("/v1/movies/7").headers["etag"]
    client.get("/v1/movies/7")
    client.get("/v1/movies/7", headers={"If-None-Match": etag})
    client.head("/v1/movies/8")
    client.get("/en/films/7")
    client.get("/nowhere/at/all")
    for number in range(9):  # clients cannot create labels
        client.request(f"FROBNICATE{number}", f"/nowhere/{number}")
    samples = parse_samples(client.get("/metrics").text)
    assert count_responses(samples, operation="get_movie", method="GET", status="200", cache="miss") == 1
    assert count_responses(samples, operation="get_movie", method="GET", status="200", cache="hit") == 1
    assert count_responses(samples, operation="get_movie", method="GET", status="304", cache="hit") == 1
    assert count_responses(samples, operation="get_movie", method="HEAD") == 1
    assert count_responses(samples, operation="/en/films/{movie_id}") == 1
    assert count_responses(samples, operation="none", status="404", method="GET") == 1
    assert count_responses(samples, operation="none", method="other") == 9
    assert count_responses(samples) == 15


def test_metrics_include_queries_and_the_build(client: Client) -> None:
    client.get("/v1/movies/7")
    samples = parse_samples(client.get("/metrics").text)
    assert samples["filmoteca_query_duration_seconds_count", frozenset({("query", "get_movie")})] == 1
    assert samples["filmoteca_build_info", frozenset({("build_id", "build-1")})] == 1
    assert samples["filmoteca_build_timestamp_seconds", frozenset()] > 1_500_000_000
    assert samples[RELOADS] == 0
    assert samples["filmoteca_published_file_refused", frozenset()] == 0
    assert samples["process_resident_memory_bytes", frozenset()] > 10_000_000
    rejected = {key: value for key, value in samples.items() if key[0] == "filmoteca_rejected_rows"}
    total = client.get("/v1/quality/rejected-rows?limit=1&total=true").json()["total"]
    assert sum(rejected.values()) == total


@pytest.mark.parametrize(
    ("setting", "host", "status"),
    [
        ("local", "localhost", 403),
        ("local", "films.example.org", 403),
        ("on", "films.example.org", 200),
        ("off", "localhost", 404),
    ],
)
def test_metrics_are_local_unless_the_setting_is_on_or_off(
    settings: Settings, setting: str, host: str, status: int
) -> None:
    with create_client(settings, METRICS=setting) as client:  # the client's address is not a loopback address
        assert client.get("/metrics", headers={"Host": host}).status_code == status


def test_metrics_of_two_workers_are_added_up(small_warehouse: Path, tmp_path: Path) -> None:
    published = Path(shutil.copyfile(small_warehouse, tmp_path / "movies.duckdb"))
    with run_server(published, "--workers", "2") as server:

        def get_samples() -> Samples:
            return parse_samples(httpx.get(f"{server.origin}/metrics").raise_for_status().text)

        def both_workers_reloaded() -> bool:
            names = [("filmoteca_build_info", frozenset({("build_id", "build-2")})), RELOADS]
            return all(samples.get(name) == 1 for samples in (get_samples() for _ in range(4)) for name in names)

        for _ in range(60):
            httpx.get(f"{server.origin}/v1/movies/7").raise_for_status()
        assert count_responses(get_samples(), operation="get_movie", status="200") == 60
        publish(published, 2)
        wait_for(both_workers_reloaded)
