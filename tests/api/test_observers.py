"""What is told of requests: metrics, log lines, spans; and by which id."""

import http.server
import io
import json
import logging
import logging.config
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.http.context import RequestIdFilter
from api.settings import ApiSettings
from tests.api.server import started
from tests.api.test_living_file import SECONDS_TO_BE_SEEN, publish
from warehouse.errors import FilmotecaError
from warehouse.logs import logging_config
from warehouse.settings import Settings

Client = TestClient[Litestar]
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
SECONDS = "filmoteca_http_request_duration_seconds"


def client_of(settings: Settings, **environment: str) -> Client:
    choices = ApiSettings.from_environment({f"FILMOTECA_{name}": value for name, value in environment.items()})
    return TestClient(create_app(settings, choices), raise_server_exceptions=False)


def read(text: str) -> Samples:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def answers(samples: Samples, **labels: str) -> float:
    """How many answers bear all these labels."""
    return sum(
        value for (name, said), value in samples.items() if name == f"{SECONDS}_count" and labels.items() <= said
    )


@pytest.fixture
def counted(settings: Settings) -> Iterator[Client]:
    with client_of(settings, METRICS="on") as client:
        yield client


def test_answers_are_counted_by_operation_and_by_whether_they_were_kept(counted: Client) -> None:
    etag = counted.get("/v1/movies/7").headers["etag"]
    counted.get("/v1/movies/7")
    counted.get("/v1/movies/7", headers={"If-None-Match": etag})
    counted.head("/v1/movies/8")
    counted.get("/en/films/7")
    counted.get("/nowhere/at/all")
    counted.request("FROBNICATE", "/nowhere")
    samples = read(counted.get("/metrics").text)
    assert answers(samples, operation="get_movie", method="GET", status="200", cache="miss") == 1
    assert answers(samples, operation="get_movie", method="GET", status="200", cache="hit") == 1
    assert answers(samples, operation="get_movie", method="GET", status="304", cache="hit") == 1
    assert answers(samples, operation="get_movie", method="HEAD") == 1
    assert answers(samples, operation="/en/films/{movie_id}") == 1
    assert answers(samples, operation="none", status="404", method="GET") == 1
    assert answers(samples, method="other") == 1
    assert answers(samples) == 7


def test_labels_are_bounded_by_the_service_not_by_who_asks(counted: Client) -> None:
    for number in range(20):
        counted.get(f"/nowhere/{number}")
        counted.get(f"/v1/movies/{number}?fields=x{number}")
        counted.request(f"M{number}", f"/{number}")
    series = [key for key in read(counted.get("/metrics").text) if key[0] == f"{SECONDS}_count"]
    assert len(series) < 8


def test_queries_and_the_build_are_told(counted: Client) -> None:
    counted.get("/v1/movies/7")
    samples = read(counted.get("/metrics").text)
    assert samples["filmoteca_query_duration_seconds_count", frozenset({("query", "get_movie")})] == 1
    assert samples["filmoteca_build_info", frozenset({("build_id", "build-1")})] == 1
    assert samples["filmoteca_build_timestamp_seconds", frozenset()] > 1_500_000_000
    assert samples["filmoteca_build_swaps_total", frozenset()] == 0
    assert samples["filmoteca_published_file_refused", frozenset()] == 0
    assert samples["process_resident_memory_bytes", frozenset()] > 10_000_000
    rejected = {key: value for key, value in samples.items() if key[0] == "filmoteca_rejected_rows"}
    asked = counted.get("/v1/quality/rejected-rows?limit=1&total=true").json()["total"]
    assert sum(rejected.values()) == asked


@pytest.mark.parametrize(
    ("setting", "host", "status"),
    [("local", "localhost", 403), ("local", "films.example.org", 403), ("on", "films.example.org", 200)],
)
def test_who_reads_the_metrics(settings: Settings, setting: str, host: str, status: int) -> None:
    with client_of(settings, METRICS=setting) as client:  # it is called testclient, which is no address of this machine
        assert client.get("/metrics", headers={"Host": host}).status_code == status


def test_without_metrics_nothing_is_there(settings: Settings) -> None:
    with client_of(settings, METRICS="off") as client:
        assert client.get("/metrics").status_code == 404


def test_two_workers_are_added_up_and_both_take_up_a_build(
    small_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = Path(shutil.copyfile(small_warehouse, tmp_path / "movies.duckdb"))
    with started(published, "--workers", "2") as server:
        for _ in range(60):
            httpx.get(f"{server.origin}/v1/movies/7").raise_for_status()
        samples = read(httpx.get(f"{server.origin}/metrics").raise_for_status().text)
        assert answers(samples, operation="get_movie", status="200") == 60
        publish(published, 2)
        threading.Event().wait(SECONDS_TO_BE_SEEN)
        for _ in range(4):
            samples = read(httpx.get(f"{server.origin}/metrics").raise_for_status().text)
            assert samples["filmoteca_build_info", frozenset({("build_id", "build-2")})] == 1
            assert samples["filmoteca_build_swaps_total", frozenset()] == 1


@pytest.mark.parametrize("path", ["/v1/movies/7", "/v1/movies.csv", "/nowhere", "/health/live", "/en"])
def test_every_answer_bears_the_id_of_its_request(client: Client, path: str) -> None:
    given = client.get(path, headers={"X-Request-ID": "from-the-proxy:1"})
    assert given.headers["x-request-id"] == "from-the-proxy:1"
    made = {client.get(path).headers["x-request-id"] for _ in range(3)}
    assert len(made) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in made)


def test_a_problem_names_its_request(client: Client) -> None:
    assert client.get("/nowhere", headers={"X-Request-ID": "abc"}).json()["request_id"] == "abc"
    assert client.get("/score-titulo/nada", headers={"X-Request-ID": "abc"}).json()["request_id"] == "abc"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, in the form that FILMOTECA_LOG says."""
    told = io.StringIO()
    config = logging_config({"FILMOTECA_LOG": "json"}, of_request=RequestIdFilter)
    config["handlers"]["stderr"]["stream"] = told
    config["loggers"] = {"filmoteca": config["loggers"]["filmoteca"]}
    logging.config.dictConfig(config)
    yield told
    logging.getLogger("filmoteca").handlers.clear()


def test_the_access_log_is_one_object_a_line(settings: Settings, logged: io.StringIO) -> None:
    with client_of(settings, ACCESS_LOG="on") as client:
        client.get("/v1/movies/7", headers={"X-Request-ID": "first"})
        client.get("/v1/movies/7", headers={"X-Request-ID": "second"})
    first, second = map(json.loads, logged.getvalue().splitlines())
    assert {
        "level": "INFO",
        "logger": "filmoteca.access",
        "request_id": "first",
        "build_id": "build-1",
        "operation": "get_movie",
        "method": "GET",
        "status": 200,
        "is_cached": False,
    }.items() <= first.items()
    assert (second["request_id"], second["is_cached"]) == ("second", True)


def test_a_failure_is_logged_with_its_request(
    settings: Settings, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    with client_of(settings) as client:
        monkeypatch.setattr("api.db.queries.Queries.run", lambda *arguments, **options: 1 / 0)
        assert client.get("/v1/movies/7", headers={"X-Request-ID": "bad"}).status_code == 500
    failure = json.loads(logged.getvalue().splitlines()[0])
    assert (failure["level"], failure["request_id"], failure["build_id"]) == ("ERROR", "bad", "build-1")
    assert "ZeroDivisionError" in failure["exc_info"]


def test_lines_for_people_name_the_request() -> None:
    told = io.StringIO()
    config = logging_config({}, of_request=RequestIdFilter)
    config["handlers"]["stderr"]["stream"] = told
    config["loggers"] = {"filmoteca.test": {"handlers": ["stderr"], "level": "INFO"}}
    logging.config.dictConfig(config)
    logger = logging.getLogger("filmoteca.test")
    logger.warning("of nobody")
    logger.warning("of a request", extra={"request_id": "abc", "build_id": "b1"})
    logger.handlers.clear()
    first, second = told.getvalue().splitlines()
    assert first.endswith("] of nobody")
    assert second.endswith("] of a request (request abc, build b1)")


def test_a_form_of_logs_that_does_not_exist() -> None:
    with pytest.raises(FilmotecaError, match="FILMOTECA_LOG must be text or json; got 'xml'"):
        logging_config({"FILMOTECA_LOG": "xml"})


def test_requests_and_queries_become_spans(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[bytes] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Be quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
        monkeypatch.setenv("OTEL_SERVICE_NAME", "films-of-the-test")
        with client_of(settings, OTEL="on") as client:
            client.get("/v1/movies/7")
        collector.shutdown()
    spans = b"".join(received)
    assert b"films-of-the-test" in spans
    assert b"get_movie" in spans
    assert b"/v1/movies/7" in spans
