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
from dataclasses import dataclass, field, replace
from itertools import chain, cycle
from time import perf_counter

import numpy as np

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
        """The HTTP method."""
        return "POST" if self.body else "GET"

    def encode(self, host: str) -> bytes:
        """Return the request as sent over the wire."""
        length = {"Content-Length": str(len(self.body))} if self.body else {}
        headers = {"Host": host, **self.headers, **length}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


@dataclass(slots=True)
class LoadResult:
    """Latencies and errors of one load or of several."""

    seconds: float = 0.0
    latencies: dict[str, "array[float]"] = field(default_factory=lambda: defaultdict(lambda: array("d")))
    """Milliseconds of each expected response, by the name of the request."""
    errors: list[str] = field(default_factory=list)
    rejected: int = 0
    """Number of responses with status 429."""
    cpu_seconds: float = 0.0
    """CPU time of the server's processes, if it was measured."""

    @classmethod
    def sum(cls, results: Iterable["LoadResult"]) -> "LoadResult":
        """Combine several loads of the same server."""
        total = cls()
        for result in results:
            total.seconds += result.seconds
            total.cpu_seconds += result.cpu_seconds
            total.errors += result.errors
            total.rejected += result.rejected
            for name, latencies in result.latencies.items():
                total.latencies[name].extend(latencies)
        return total

    @property
    def responses(self) -> int:
        """Number of expected responses."""
        return sum(map(len, self.latencies.values()))

    @property
    def throughput(self) -> float:
        """Expected responses per second."""
        return self.responses / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        """CPU time of the server per response; other programs disturb it less than the latency."""
        return self.cpu_seconds * 1000 / self.responses if self.responses else float("nan")

    def percentiles(self, *percents: float, name: str | None = None) -> list[float]:
        """Return percentiles of the latency in milliseconds, of all requests or of one name; NaN without responses."""
        groups = self.latencies.values() if name is None else [self.latencies[name]]
        return compute_percentiles(list(chain.from_iterable(groups)), *percents)


def compute_percentiles(values: Sequence[float], *percents: float) -> list[float]:
    """Return percentiles; NaN without values."""
    return [float(np.percentile(values, percent)) if values else float("nan") for percent in percents]


class _Client:
    """A connection with one request in flight."""

    def __init__(self, address: Address) -> None:
        self._address, self._host = address, f"{address[0]}:{address[1]}"
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(self._address, timeout=TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

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
            OSError: If the connection ended or the response is malformed.
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
        if length or self.status == http.client.NOT_MODIFIED:
            self._length = int(length[1]) if length and self.status != http.client.NOT_MODIFIED else 0
        return True


def generate_load(address: Address, requests: Iterator[Request], *, clients: int, seconds: float) -> LoadResult:
    """Send `requests` (an endless iterator) from several clients at once and wait for the last responses.

    A response counts only if it is complete and has the expected status.
    """
    result, selector, started = LoadResult(), selectors.DefaultSelector(), perf_counter()
    deadline = started + seconds
    try:
        for _ in range(clients):
            client = _Client(address)
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send(next(requests))
        while selector.get_map():
            ready = selector.select(timeout=1)
            for key, _ in ready:
                _serve(key.data, selector, requests, result, deadline)
            if not ready and perf_counter() > deadline + TIMEOUT_SECONDS:
                pending = [key.data.request.path for key in selector.get_map().values()]
                result.errors += [f"{path}: no response within {TIMEOUT_SECONDS} s" for path in pending]
                break
    finally:
        for key in list(selector.get_map().values()):
            key.data.socket.close()
        selector.close()
    result.seconds = perf_counter() - started
    return result


def _serve(
    client: _Client, selector: selectors.BaseSelector, requests: Iterator[Request], result: LoadResult, deadline: float
) -> None:
    """Read from a connection; once the response is complete, record it and send the next request."""
    is_broken = False
    try:
        if not client.receive():
            return
        now = perf_counter()
        if client.status == client.request.status:
            result.latencies[client.request.name].append((now - client.started) * 1000)
        elif client.status == http.client.TOO_MANY_REQUESTS:
            result.rejected += 1
        else:
            result.errors.append(f"{client.request.path}: expected status {client.request.status}, got {client.status}")
    except OSError as error:
        now, is_broken = perf_counter(), True
        result.errors.append(f"{client.request.path}: {error}")
    if is_broken or now >= deadline:
        selector.unregister(client.socket)
        client.socket.close()
        if now >= deadline:
            return
        client.connect()
        selector.register(client.socket, selectors.EVENT_READ, client)
    client.send(next(requests))


def uncached(requests: Iterable[Request]) -> Iterator[Request]:
    """Repeat the requests endlessly, each with another `Accept` header, so that no response cache can answer."""
    for number, request in enumerate(cycle(list(requests))):
        yield replace(request, headers={**request.headers, "Accept": f"*/*, text/x-{number}"})
