"""A closed-loop HTTP load generator.

Each client has one keep-alive connection and sends its next request as soon as it has the response. One thread serves
all connections and parses only what it needs (about 30 µs a request), because the generator shares the cores with the
server; a general HTTP client would take ten times as long and be the bottleneck.
"""

import http.client
import re
import selectors
import socket
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import chain, cycle
from time import perf_counter

import numpy as np

from warehouse.errors import FilmotecaError

Address = tuple[str, int]

TIMEOUT_SECONDS = 30
BYTES_PER_READ = 1 << 18
STATUS_LINE = re.compile(rb"HTTP/1\.1 (\d{3})[ \r]")
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
LAST_CHUNK = b"\r\n0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """A request and the status that is expected for it."""

    path: str
    """Path and query string, URL-encoded."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    """Body of a POST request; empty for GET."""
    status: int = http.client.OK
    name: str = ""
    """The group under which latencies are collected."""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    def encode(self, host: str) -> bytes:
        length = {"Content-Length": str(len(self.body))} if self.body else {}
        headers = {"Host": host, **self.headers, **length}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


@dataclass(slots=True)
class LoadResult:
    """Latencies of one load or of several."""

    seconds: float = 0.0
    latencies: dict[str, "array[float]"] = field(default_factory=lambda: defaultdict(lambda: array("d")))
    """Milliseconds of each expected response, by the name of the request."""
    rejected: int = 0
    """Number of responses with status 429."""
    cpu_seconds: float = 0.0
    """CPU time of the server's processes, if it was measured."""

    @classmethod
    def sum(cls, results: Iterable["LoadResult"]) -> "LoadResult":
        total = cls()
        for result in results:
            total.seconds += result.seconds
            total.cpu_seconds += result.cpu_seconds
            total.rejected += result.rejected
            for name, latencies in result.latencies.items():
                total.latencies[name].extend(latencies)
        return total

    @property
    def responses(self) -> int:
        return sum(map(len, self.latencies.values()))

    @property
    def throughput(self) -> float:
        return self.responses / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        """CPU time of the server per response; other programs disturb it less than the latency."""
        return self.cpu_seconds * 1000 / self.responses if self.responses else float("nan")

    def percentiles(self, *percents: float) -> list[float]:
        """Return percentiles of the latency in milliseconds; NaN without responses."""
        return compute_percentiles(list(chain.from_iterable(self.latencies.values())), *percents)


def compute_percentiles(values: Sequence[float], *percents: float) -> list[float]:
    """Return percentiles; NaN without values."""
    return [float(np.percentile(values, percent)) if values else float("nan") for percent in percents]


class _Client:
    """A connection with one request in flight."""

    def __init__(self, connection: socket.socket, address: Address) -> None:
        self.socket, self._host = connection, f"{address[0]}:{address[1]}"
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: Request) -> None:
        self.request, self._response = request, bytearray()
        self._head_length = 0
        self._length: int | None = None
        self.status = 0
        self.started = perf_counter()
        self.socket.sendall(request.encode(self._host))

    def receive(self) -> bool:
        """Read what has arrived; return whether the response is complete.

        Raises:
            ConnectionError: The connection ended or the response is malformed.
        """
        data = self.socket.recv(BYTES_PER_READ)
        if not data:
            raise ConnectionError("the connection ended before the response was complete")
        self._response += data
        if not self._head_length and not self._parse_head():
            return False
        if self._length is None:
            return self._response.endswith(LAST_CHUNK)
        return len(self._response) >= self._head_length + self._length

    def _parse_head(self) -> bool:
        end = self._response.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._response[: end + 2])
        status, length = STATUS_LINE.match(head), CONTENT_LENGTH.search(head)
        if not status:
            raise ConnectionError(f"not an HTTP/1.1 response: {head[:40]!r}")
        self.status = int(status[1])
        self._head_length = end + 4
        if self.status == http.client.NOT_MODIFIED:
            self._length = 0
        elif length:
            self._length = int(length[1])
        return True


def generate_load(address: Address, requests: Iterator[Request], *, clients: int, seconds: float) -> LoadResult:
    """Send `requests` (an endless iterator) from several clients at once and wait for the last responses.

    Raises:
        FilmotecaError: A response is incomplete, or has neither the expected status nor 429.
    """
    result, started = LoadResult(), perf_counter()
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        for _ in range(clients):
            client = _Client(stack.enter_context(socket.create_connection(address, TIMEOUT_SECONDS)), address)
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send(next(requests))
        while selector.get_map():
            ready = selector.select(TIMEOUT_SECONDS)
            if not ready:
                raise FilmotecaError(f"no response within {TIMEOUT_SECONDS} s under load")
            for key, _ in ready:
                client = key.data
                if _receive(client, result):
                    if perf_counter() < started + seconds:
                        client.send(next(requests))
                    else:
                        selector.unregister(client.socket)
    result.seconds = perf_counter() - started
    return result


def _receive(client: _Client, result: LoadResult) -> bool:
    """Read from a connection, and record the response if it is complete; return whether it is."""
    try:
        if not client.receive():
            return False
    except OSError as error:
        raise FilmotecaError(f"{client.request.path}: {error}") from error
    if client.status == client.request.status:
        result.latencies[client.request.name].append((perf_counter() - client.started) * 1000)
    elif client.status == http.client.TOO_MANY_REQUESTS:
        result.rejected += 1
    else:
        raise FilmotecaError(
            f"{client.request.path}: expected status {client.request.status}, got {client.status} under load"
        )
    return True


def uncached(requests: Iterable[Request]) -> Iterator[Request]:
    """Repeat the requests endlessly, each with another `Accept` header, so that no response cache can answer."""
    for number, request in enumerate(cycle(list(requests))):
        yield replace(request, headers={**request.headers, "Accept": f"*/*, text/x-{number}"})
