"""Clients who are slow, silent, gone or no HTTP clients at all: whoever else asks is answered at once."""

import json
import random
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import duckdb
import httpx
import pytest

from tests.api.server import Server, started
from tests.chaos.service.crowd import LONGEST_SECONDS, asking

PATHS = ("/health/live", "/v1/movies/862", "/score-titulo/Toy%20Story", "/v1/genres.csv", "/en/films/862")
QUIET_SECONDS = 0.5
PATIENCE_SECONDS = 3
"""The server's, for a head and for a body: less than it has by itself, so that the tests need not wait as long."""
"""After so long without a word, a server is taken to wait for more."""
FILLER = "create table marts.filler as select i, repeat('x', 300) as filling from range(100_000) as t (i)"
"""A file of 30 MB: more than is held for all slow readers together, with those of four."""
LARGE = b"GET /v1/tables/marts/filler/rows.csv HTTP/1.1\r\nHost: localhost\r\n\r\n"

SLOW = {
    "says nothing": b"",
    "says half of a head": b"GET /v1/movies HTTP/1.1\r\nHost: localhost\r\nX-Half: ",
    "says half of a body": (
        b"POST /v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    ),
    "asks no more": b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    warehouse = tmp_path_factory.mktemp("clients") / "movies.duckdb"
    warehouse.write_bytes(sample_warehouse.read_bytes())
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(FILLER)
    patience = {f"FILMOTECA_{part}_SECONDS": str(PATIENCE_SECONDS) for part in ("HEADER", "BODY")}
    with started(warehouse, environment=patience) as server:
        yield server


def connected(server: Server, said: bytes, received_bytes: int | None = None) -> socket.socket:
    """A connection that has said so much; with so small a buffer, one that reads little ahead."""
    connection = socket.socket()
    if received_bytes:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, received_bytes)
    connection.connect((server.host, server.port))
    connection.sendall(said)
    return connection


@contextmanager
def others_are_answered(server: Server, form: str) -> Iterator[None]:
    """Others ask while the block runs; each is answered, and none waits for long."""
    with asking(server.origin, PATHS, clients=2) as crowd:
        yield
    assert not crowd.failed
    assert crowd.told
    assert {told.status for told in crowd.told} == {200}
    assert not crowd.slow(LONGEST_SECONDS[form])


def said_until_the_end(connection: socket.socket, patience: float) -> bytes:
    """All that comes until the server ends the connection."""
    connection.settimeout(patience)
    said = b""
    while piece := connection.recv(1 << 20):
        said += piece
    return said


@pytest.mark.parametrize(
    ("form", "count"),
    [pytest.param("short", 200, id="short"), pytest.param("long", 2000, id="long", marks=pytest.mark.chaos)],
)
def test_who_is_silent_is_left_in_time(server: Server, form: str, count: int) -> None:
    patience = PATIENCE_SECONDS + 5
    with ExitStack() as stack:
        begun = time.monotonic()
        silent = {
            kind: [stack.enter_context(closing(connected(server, said))) for _ in range(count // len(SLOW))]
            for kind, said in SLOW.items()
        }
        with others_are_answered(server, form):
            time.sleep(1)
        for kind, connections in silent.items():
            for connection in connections:
                said = said_until_the_end(connection, max(1.0, begun + patience - time.monotonic()))
                assert (b" 408 " in said.partition(b"\r\n")[0]) == (kind == "says half of a body")


def test_who_says_a_byte_at_a_time_is_left_too(server: Server) -> None:
    with closing(connected(server, SLOW["says half of a head"])) as connection, pytest.raises(OSError):
        for _ in range(4 * PATIENCE_SECONDS):
            connection.sendall(b"x")
            time.sleep(1)


@pytest.mark.parametrize("form", ["short", pytest.param("long", marks=pytest.mark.chaos)])
def test_slow_readers_keep_nobody_from_a_file(server: Server, form: str) -> None:
    with ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(closing(connected(server, LARGE, received_bytes=4096)))
        time.sleep(1)
        begun = time.monotonic()
        assert httpx.get(f"{server.origin}/v1/genres.csv", timeout=30).is_success  # some had to be broken off for it
        assert time.monotonic() - begun < 15
        with others_are_answered(server, form):
            time.sleep(1)


def test_who_reads_slowly_reads_to_the_end(server: Server) -> None:
    with closing(
        connected(server, LARGE.replace(b"localhost\r\n", b"localhost\r\nConnection: close\r\n"))
    ) as connection:
        said = connection.recv(4096)
        time.sleep(3)
        said += said_until_the_end(connection, 10)
    assert said.endswith(b"\r\n0\r\n\r\n")
    assert len(said) > 30_000_000


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


def garbled(source: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them replaced, left out, said twice or cut off."""
    garbled = bytearray(source)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(garbled) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            garbled[at : at + 1] = chance.randbytes(1)
        elif kind == 1:
            del garbled[at : at + chance.randint(1, 8)]
        elif kind == 2:
            garbled[at:at] = garbled[max(0, at - chance.randint(1, 30)) : at]
        else:
            garbled[at:at] = chance.choice((b"\r\n", b"\x00", b"%00", b"%", b"/", b"..", b": ", b"\xff", b"0" * 40))
    return bytes(garbled)


def statuses(said: bytes) -> list[int]:
    """The statuses of the answers in what a server said, pipelined ones included."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", said)]


def told_to(server: Server, said: bytes) -> bytes:
    """What comes until the server ends the connection, or waits for more to be said."""
    told = b""
    with closing(connected(server, b"")) as connection, suppress(OSError):
        connection.settimeout(QUIET_SECONDS)
        connection.sendall(said)
        while piece := connection.recv(1 << 20):
            told += piece
    return told


@pytest.mark.parametrize(
    ("form", "count"),
    [pytest.param("short", 300, id="short"), pytest.param("long", 10_000, id="long", marks=pytest.mark.chaos)],
)
def test_garbage_harms_nobody(server: Server, form: str, count: int) -> None:
    chance = random.Random(0)  # noqa: S311 - the same garbage each time
    body = json.dumps({"query": "select 1 as one"}).encode()
    good = [
        *(b"GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n" % path.encode() for path in PATHS),
        b"POST /v1/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body),
    ]
    garbage = [*MALFORMED, *(garbled(chance.choice((*good, *MALFORMED)), chance) for _ in range(count))]
    with others_are_answered(server, form), ThreadPoolExecutor(32) as pool:
        told = list(pool.map(lambda said: told_to(server, said), garbage))
    answered = [status for one in told for status in statuses(one)]
    assert {200, 400, 404} <= set(answered)
    assert not [(said, one) for said, one in zip(garbage, told, strict=True) if max(statuses(one), default=0) >= 500]
    assert not [one for one in told if b"root:" in one or b"Traceback" in one]


def test_pipelined_requests_are_answered_in_their_order(server: Server) -> None:
    said = b"".join(
        b"GET /v1/movies/%d HTTP/1.1\r\nHost: localhost\r\n%s\r\n" % (movie_id, end)
        for movie_id, end in ((862, b""), (597, b""), (0, b""), (863, b"Connection: close\r\n"))
    )
    with closing(connected(server, said)) as connection:
        told = said_until_the_end(connection, 10)
    assert statuses(told) == [200, 200, 422, 200]
    assert told.index(b'"movie_id":862') < told.index(b'"movie_id":597') < told.index(b'"movie_id":863')
