"""Slow, silent, disconnected and malformed clients do not delay the responses to others."""

import json
import random
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import chain
from pathlib import Path

import duckdb
import httpx
import pytest

from tests.api.server import Server, run_server
from tests.chaos.service.load import MAX_RESPONSE_SECONDS, generate_load

PATHS = ("/health/live", "/v1/movies/862", "/score-titulo/Toy%20Story", "/v1/genres.csv", "/en/films/862")
IDLE_SECONDS = 0.5
"""Silence after which the server is assumed to wait for more."""
SERVER_TIMEOUT_SECONDS = 3
"""Time limit of the server for headers and bodies: lower than its default, to keep the tests short."""
FILLER = "create table marts.filler as select i, repeat('x', 300) as filling from range(100_000) as t (i)"
"""Makes an export of 30 MB. Four of them exceed what the server buffers for all slow readers together."""
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
def others_are_served(server: Server, form: str) -> Iterator[None]:
    """Assert that other clients get fast responses while the block runs."""
    with generate_load(server.origin, PATHS, clients=2) as recording:
        yield
    assert not recording.failures
    assert recording.responses
    assert recording.statuses == {200}
    assert not recording.slower_than(MAX_RESPONSE_SECONDS[form])


def receive_all(connection: socket.socket, timeout: float) -> bytes:
    """Receive until the server closes the connection."""
    connection.settimeout(timeout)
    received = b""
    while chunk := connection.recv(1 << 20):
        received += chunk
    return received


@pytest.mark.parametrize(
    ("form", "count"),
    [pytest.param("short", 200, id="short"), pytest.param("long", 2000, id="long", marks=pytest.mark.chaos)],
)
def test_silent_clients_are_disconnected(server: Server, form: str, count: int) -> None:
    timeout = SERVER_TIMEOUT_SECONDS + 5
    with ExitStack() as stack:
        started_at = time.monotonic()
        silent = {
            kind: [stack.enter_context(closing(connect(server, data))) for _ in range(count // len(PARTIAL_REQUESTS))]
            for kind, data in PARTIAL_REQUESTS.items()
        }
        with others_are_served(server, form):
            time.sleep(1)
        for kind, connections in silent.items():
            for connection in connections:
                received = receive_all(connection, max(1.0, started_at + timeout - time.monotonic()))
                assert (b" 408 " in received.partition(b"\r\n")[0]) == (kind == "half of the body")


def test_client_that_sends_byte_by_byte_is_disconnected(server: Server) -> None:
    with closing(connect(server, PARTIAL_REQUESTS["half of the headers"])) as connection, pytest.raises(OSError):
        for _ in range(4 * SERVER_TIMEOUT_SECONDS):
            connection.sendall(b"x")
            time.sleep(1)


@pytest.mark.parametrize("form", ["short", pytest.param("long", marks=pytest.mark.chaos)])
def test_slow_readers_do_not_block_exports(server: Server, form: str) -> None:
    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(closing(connect(server, EXPORT_REQUEST, receive_buffer=4096)))
        time.sleep(1)
        started_at = time.monotonic()
        assert httpx.get(
            f"{server.origin}/v1/genres.csv", timeout=30
        ).is_success  # the server disconnects some of the slow readers
        assert time.monotonic() - started_at < 15
        with others_are_served(server, form):
            time.sleep(1)


def test_slow_reader_receives_the_whole_export(server: Server) -> None:
    with closing(
        connect(server, EXPORT_REQUEST.replace(b"localhost\r\n", b"localhost\r\nConnection: close\r\n"))
    ) as connection:
        received = connection.recv(4096)
        time.sleep(3)
        received += receive_all(connection, 10)
    assert received.endswith(b"\r\n0\r\n\r\n")
    assert len(received) > 30_000_000


MALFORMED = (
    b"",
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    b"GET http://elsewhere.example/v1/movies HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET //elsewhere.example HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /eda/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /static/..%5c..%5cpyproject.toml HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
    b"GET /v1/sql?query=select%201 HTTP/1.1\r\nHost: [::1\r\n\r\n",
    b"CONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /health/live HTTP/1.1\r\nHost: st: x\r\n\r\n",
    b"GET /health/live HTTP/1.1\r\nHost: st:/ x\r\nHost: st:/ x\r\n\r\n",
    b"GET /es/films/1 HTTP/1.1\r\nHost: a:port\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"POST /v1/sql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /v1/sql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /v1/sql HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /v1/sql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
    b"POST /v1/sql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64,
    b"GET /v1/movies HTTP/1.1\r\nHost: x\r\nCookie: " + b"a=b; " * 20_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(500)) + b"\r\n",
)


def garble(source: bytes, rng: random.Random) -> bytes:
    """Replace, remove, repeat or insert some bytes."""
    garbled = bytearray(source)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(garbled) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            garbled[at : at + 1] = rng.randbytes(1)
        elif kind == 1:
            del garbled[at : at + rng.randint(1, 8)]
        elif kind == 2:
            garbled[at:at] = garbled[max(0, at - rng.randint(1, 30)) : at]
        else:
            garbled[at:at] = rng.choice((b"\r\n", b"\x00", b"%00", b"%", b"/", b"..", b": ", b"\xff", b"0" * 40))
    return bytes(garbled)


def find_statuses(received: bytes) -> list[int]:
    """Return the status codes of all responses, including pipelined ones."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received)]


def exchange(server: Server, data: bytes) -> bytes:
    """Send data and receive until the server closes the connection or is idle."""
    received = b""
    with closing(connect(server, b"")) as connection, suppress(OSError):
        connection.settimeout(IDLE_SECONDS)
        connection.sendall(data)
        while chunk := connection.recv(1 << 20):
            received += chunk
    return received


@pytest.mark.parametrize(
    ("form", "count"),
    [pytest.param("short", 300, id="short"), pytest.param("long", 10_000, id="long", marks=pytest.mark.chaos)],
)
def test_malformed_requests_do_not_affect_others(server: Server, form: str, count: int) -> None:
    rng = random.Random(0)  # noqa: S311 (reproducible)
    body = json.dumps({"query": "select 1 as one"}).encode()
    valid = [
        *(b"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n" % path.encode() for path in PATHS),
        b"POST /v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body),
    ]
    garbage = [*MALFORMED, *(garble(rng.choice((*valid, *MALFORMED)), rng) for _ in range(count))]
    with others_are_served(server, form), ThreadPoolExecutor(32) as pool:
        responses = list(pool.map(lambda data: exchange(server, data), garbage))
    statuses = [find_statuses(response) for response in responses]
    assert {200, 400, 404} <= set(chain.from_iterable(statuses))
    assert not [data for data, codes in zip(garbage, statuses, strict=True) if max(codes, default=0) >= 500]
    assert not [response for response in responses if b"root:" in response or b"Traceback" in response]


def test_pipelined_requests_are_answered_in_order(server: Server) -> None:
    data = b"".join(
        b"GET /v1/movies/%d HTTP/1.1\r\nHost: localhost\r\n%s\r\n" % (movie_id, end)
        for movie_id, end in ((862, b""), (597, b""), (0, b""), (863, b"Connection: close\r\n"))
    )
    with closing(connect(server, data)) as connection:
        received = receive_all(connection, 10)
    assert find_statuses(received) == [200, 200, 422, 200]
    assert received.index(b'"movie_id":862') < received.index(b'"movie_id":597') < received.index(b'"movie_id":863')
