"""Load on an HTTP server from one process: `python -m benchmarks.load http://127.0.0.1:8000/ --clients 16`.

A closed loop: each client has one kept-alive connection and asks again as soon as it is answered. One thread waits on
all connections at once, because the generator shares the cores with what it measures: its own part is some 30 µs a
request, a tenth of what a client library takes. An answer counts only if its status is the one
expected and its body is whole; whether it is *right* is checked before, by `ask`.
"""

import argparse
import http.client
import selectors
import socket
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from time import perf_counter
from urllib.parse import urlsplit

import numpy as np

from benchmarks.http_answer import Answer, MalformedAnswerError
from warehouse.errors import FilmotecaError, run_command

Address = tuple[str, int]

PATIENCE_SECONDS = 30
BYTES_PER_READ = 1 << 18


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and the status that it must be answered with."""

    path: str
    """Path and query string, encoded."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    """What to POST; empty for a GET."""
    status: int = http.client.OK
    name: str = ""
    """The group whose figures it counts for."""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    def encoded(self, host: str) -> bytes:
        """The bytes to send."""
        length = {"Content-Length": str(len(self.body))} if self.body else {}
        headers = {"Host": host, **self.headers, **length}
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body


@dataclass(slots=True)
class Figures:
    """What a load measured; several add up."""

    seconds: float = 0.0
    milliseconds: dict[str, "array[float]"] = field(default_factory=lambda: defaultdict(lambda: array("d")))
    """How long each good answer took, by the request's name."""
    errors: list[str] = field(default_factory=list)
    """A sentence for each answer that was not good."""
    refused: int = 0
    """How often a server that was busy asked to come back later (429)."""
    cpu_seconds: float = 0.0
    """What the server's processes computed meanwhile, where that was watched."""

    @property
    def answers(self) -> int:
        return sum(map(len, self.milliseconds.values()))

    @property
    def per_second(self) -> float:
        """Good answers a second."""
        return self.answers / self.seconds if self.seconds else 0.0

    @property
    def cpu_milliseconds(self) -> float:
        """The server's computing time for one answer: other programs on the machine disturb it less than the rest."""
        return self.cpu_seconds * 1000 / self.answers if self.answers else float("nan")

    def percentile(self, percent: float, name: str | None = None) -> float:
        """Milliseconds within which that many percent of the answers came, of all or of one name; NaN without any."""
        groups = self.milliseconds.values() if name is None else [self.milliseconds[name]]
        values = np.concatenate([np.asarray(group) for group in groups] or [np.empty(0)])
        return float(np.percentile(values, percent)) if values.size else float("nan")

    def add(self, other: "Figures") -> None:
        """Take in what another load of the same requests measured."""
        self.seconds += other.seconds
        self.cpu_seconds += other.cpu_seconds
        self.errors += other.errors
        self.refused += other.refused
        for name, milliseconds in other.milliseconds.items():
            self.milliseconds[name].extend(milliseconds)


class _Client:
    """One connection, and the answer that it waits for."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._host = f"{address[0]}:{address[1]}"
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(self._address, timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: Request) -> None:
        """Send a request, all of it; small enough for the socket's buffer in one go."""
        self.request, self.answer = request, Answer()
        self.started = perf_counter()
        self.socket.sendall(request.encoded(self._host))

    def receive(self) -> str | None:
        """Read what has come; None while more is to come, then "" for a good answer or what is wrong with it."""
        try:
            data = self.socket.recv(BYTES_PER_READ)
            if data and not self.answer.feed(data):
                return None
        except (OSError, MalformedAnswerError) as error:
            return f"{self.request.path}: {error}"
        return self._verdict(ended=not data)

    def _verdict(self, *, ended: bool) -> str:
        if ended:
            return f"{self.request.path}: the connection ended before the answer"
        if self.answer.status != self.request.status:
            return f"{self.request.path} answered {self.answer.status}; {self.request.status} was expected"
        return ""


def run(address: Address, requests: Iterator[Request], *, clients: int, seconds: float) -> Figures:
    """Ask the server for so many seconds with so many clients at once, in the order of `requests` (endless).

    Answers that are under way at the end are waited for; those that take longer than 30 s are errors.
    """
    figures = Figures()
    selector = selectors.DefaultSelector()
    started = perf_counter()
    deadline = started + seconds
    try:
        for _ in range(clients):
            client = _Client(address)
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send(next(requests))
        while selector.get_map():
            ready = selector.select(timeout=1)
            for key, _ in ready:
                _serve(key.data, selector, requests, figures, deadline)
            if not ready and perf_counter() > deadline + PATIENCE_SECONDS:
                break
        for key in selector.get_map().values():
            figures.errors.append(f"{key.data.request.path}: no answer within {PATIENCE_SECONDS} s")
    finally:
        for key in list(selector.get_map().values()):
            key.data.socket.close()
        selector.close()
    figures.seconds = perf_counter() - started
    return figures


def _serve(
    client: _Client, selector: selectors.BaseSelector, requests: Iterator[Request], figures: Figures, deadline: float
) -> None:
    """Take what has come for a client; when its answer is complete, count it and let the client ask again."""
    problem = client.receive()
    if problem is None:
        return
    now = perf_counter()
    if problem and client.answer.status == http.client.TOO_MANY_REQUESTS:
        figures.refused += 1
    elif problem:
        figures.errors.append(problem)
    else:
        figures.milliseconds[client.request.name].append((now - client.started) * 1000)
    if problem or client.answer.closes or now >= deadline:
        selector.unregister(client.socket)
        client.socket.close()
        if now >= deadline:
            return
        client.connect()
        selector.register(client.socket, selectors.EVENT_READ, client)
    client.send(next(requests))


def ask(address: Address, request: Request) -> tuple[http.client.HTTPMessage, bytes]:
    """The headers and the body of one answer, to look at.

    Raises FilmotecaError when its status is not the expected one.
    """
    connection = http.client.HTTPConnection(*address, timeout=PATIENCE_SECONDS)
    try:
        connection.request(request.method, request.path, request.body or None, dict(request.headers))
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != request.status:
        text = body[:300].decode("utf-8", "replace")
        raise FilmotecaError(f"{request.path} answered {response.status}; {request.status} was expected: {text}")
    return response.headers, body


def requests_in_turn(requests: Iterable[Request]) -> Iterator[Request]:
    """The requests over and over; one iterator serves several runs, so that each goes on where the last one ended."""
    return cycle(list(requests))


def asked_anew(requests: Iterable[Request]) -> Iterator[Request]:
    """The requests over and over, none of them twice the same: each accepts one more media type, of its own.

    What keeps its answers cannot tell that the type changes nothing.
    """
    for number, request in enumerate(cycle(list(requests))):
        yield replace(request, headers={**request.headers, "Accept": f"*/*, text/x-{number}"})


def main(arguments: Sequence[str]) -> int:
    """Load the URLs of the command line, which are on one server, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("urls", nargs="+", metavar="URL", help="what to ask in turn, all on one server")
    parser.add_argument("--clients", type=int, default=16, help="connections at once (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=5, help="how long (default: %(default)s)")
    options = parser.parse_args(arguments)
    urls = [urlsplit(url) for url in options.urls]
    if len({url.netloc for url in urls}) != 1 or urls[0].scheme != "http" or not urls[0].hostname:
        parser.error("every URL must be http://…, and all on the same server")
    requests = [Request((url.path or "/") + (f"?{url.query}" if url.query else "")) for url in urls]
    address = (urls[0].hostname, urls[0].port or 80)
    figures = run(address, requests_in_turn(requests), clients=options.clients, seconds=options.seconds)
    print(f"{figures.per_second:,.0f} requests/s, {figures.refused} refused, {len(figures.errors)} errors")
    print("milliseconds: " + ", ".join(f"p{percent} {figures.percentile(percent):.2f}" for percent in (50, 95, 99)))
    for error in figures.errors[:5]:
        print(f"  {error}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
