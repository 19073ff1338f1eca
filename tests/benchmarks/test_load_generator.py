"""The load generator counts complete responses with the expected status, and stops at all others."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle

import pytest

from benchmarks.load_generator import Address, Request, generate_load
from warehouse.errors import FilmotecaError


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status = {"/not-modified": 304, "/busy": 429, "/missing": 404}.get(self.path, 200)
        body = b"" if status == 304 else b"x" * 70_000
        self.send_response(status)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%b\r\n3\r\n0\r\n\r\n0\r\n\r\n" % (len(body), body)
        else:
            self.send_header("Content-Length", str(len(body) + (100 if self.path == "/truncated" else 0)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/truncated"

    def log_message(self, *_arguments: object) -> None:
        """Do not log."""


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield ("127.0.0.1", server.server_port)
    server.shutdown()
    thread.join()
    server.server_close()


def test_expected_responses_are_counted_by_name_and_429_as_rejected(address: Address) -> None:
    requests = [
        Request("/", name="get"),
        Request("/not-modified", status=304, name="304"),
        Request("/chunked", name="chunked"),
        Request("/busy"),
    ]
    result = generate_load(address, cycle(requests), clients=3, seconds=0.2)
    assert result.rejected > 0
    counts = {name: len(latencies) for name, latencies in result.latencies.items()}
    assert counts.keys() == {"get", "304", "chunked"}
    assert max(counts.values()) - min(counts.values()) <= 3
    p50, p99 = result.percentiles(50, 99)
    assert 0 < p50 <= p99
    assert result.throughput == result.responses / result.seconds


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/missing", "/missing: expected status 200, got 404"),
        ("/truncated", "/truncated: the connection ended before the response was complete"),
    ],
)
def test_unexpected_response_raises(address: Address, path: str, error: str) -> None:
    with pytest.raises(FilmotecaError, match=error):
        generate_load(address, cycle([Request(path)]), clients=3, seconds=0.2)
