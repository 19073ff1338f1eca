"""Slow, silent and disconnected clients do not delay the responses to others."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import duckdb
import httpx
import pytest

from tests.api.server import Server, run_server
from tests.chaos.service.load import generate_load
from tests.waiting import TIMEOUT_SECONDS

PATHS = ("/health/live", "/v1/movies/862", "/score-titulo/Toy%20Story", "/v1/genres.csv", "/en/films/862")
SERVER_TIMEOUT_SECONDS = 3
"""Time limit of the server for headers and bodies: lower than its default, to keep the tests short."""
FILLER = "create table marts.filler as select i, repeat('x', 300) as filling from range(100_000) as t (i)"
"""Makes an export of 30 MB, more than the server buffers for a slow reader."""
EXPORT_REQUEST = b"GET /v1/tables/marts/filler/rows.csv HTTP/1.1\r\nHost: localhost\r\n\r\n"

PARTIAL_REQUESTS = {
    "nothing": b"",
    "half of the headers": b"GET /v1/movies HTTP/1.1\r\nHost: localhost\r\nX-Half: ",
    "half of the body": (
        b"POST /v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    ),
    "no second request": b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    warehouse = tmp_path_factory.mktemp("clients") / "movies.duckdb"
    warehouse.write_bytes(sample_warehouse.read_bytes())
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(FILLER)
    timeouts = {f"FILMOTECA_{part}_SECONDS": str(SERVER_TIMEOUT_SECONDS) for part in ("HEADER", "BODY")}
    with run_server(warehouse, environment=timeouts) as server:
        yield server


def connect(server: Server, data: bytes, receive_buffer: int | None = None) -> socket.socket:
    """Open a connection and send data. A small receive buffer makes a slow reader."""
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.connect((server.host, server.port))
    connection.sendall(data)
    return connection


@contextmanager
def others_are_served(server: Server) -> Iterator[None]:
    """Assert that other clients get fast responses while the block runs."""
    with generate_load(server.origin, PATHS, clients=2) as recording:
        yield
    recording.assert_all_served()


def receive_all(connection: socket.socket) -> bytes:
    """Receive until the server closes the connection."""
    connection.settimeout(TIMEOUT_SECONDS)
    received = b""
    while chunk := connection.recv(1 << 20):
        received += chunk
    return received


def test_silent_clients_are_disconnected(server: Server) -> None:
    with ExitStack() as stack:
        silent = [
            (kind, stack.enter_context(closing(connect(server, data))))
            for kind, data in PARTIAL_REQUESTS.items()
            for _ in range(100)
        ]
        with others_are_served(server):
            time.sleep(1)
        for kind, connection in silent:
            status_line = receive_all(connection).partition(b"\r\n")[0]
            assert (b" 408 " in status_line) == (kind == "half of the body")


def test_client_that_sends_byte_by_byte_is_disconnected(server: Server) -> None:
    with closing(connect(server, PARTIAL_REQUESTS["half of the headers"])) as connection, pytest.raises(OSError):
        for _ in range(int(TIMEOUT_SECONDS)):
            connection.sendall(b"x")
            time.sleep(1)


def test_slow_readers_do_not_block_exports(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(closing(connect(server, EXPORT_REQUEST, receive_buffer=4096)))
        time.sleep(1)
        # This export is served after the server has disconnected some of the slow readers.
        assert httpx.get(f"{server.origin}/v1/genres.csv", timeout=TIMEOUT_SECONDS).is_success
        with others_are_served(server):
            time.sleep(1)


def test_slow_reader_receives_the_whole_export(server: Server) -> None:
    request = EXPORT_REQUEST.replace(b"localhost\r\n", b"localhost\r\nConnection: close\r\n")
    with closing(connect(server, request)) as connection:
        received = connection.recv(4096)
        time.sleep(3)
        received += receive_all(connection)
    assert received.endswith(b"\r\n0\r\n\r\n")
    assert len(received) > 30_000_000
