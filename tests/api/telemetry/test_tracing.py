import http.server
import threading

import pytest

from tests.api.client import create_client
from warehouse.settings import Settings


def test_requests_and_queries_are_sent_as_spans(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[bytes] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
        monkeypatch.setenv("OTEL_SERVICE_NAME", "films-of-the-test")
        with create_client(settings, OTEL="on") as client:
            client.get("/v1/movies/7")
        collector.shutdown()
    spans = b"".join(received)
    assert b"films-of-the-test" in spans
    assert b"get_movie" in spans
    assert b"/v1/movies/7" in spans
