"""The load generator tells whole answers from broken ones, and counts them right."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.http_answer import Answer, MalformedAnswerError
from benchmarks.load import Address, Figures, Request, ask, requests_in_turn, run
from warehouse.errors import FilmotecaError

HEAD = b"HTTP/1.1 200 OK\r\nServer: x\r\n"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/held":
            self._answer(304, b"")
        elif self.path == "/busy":
            self._answer(429, b"later")
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"only this")
            self.close_connection = True
        elif self.path == "/goodbye":
            self.close_connection = True
            self._answer(200, b"bye", {"Connection": "close"})
        else:
            self._answer(404 if self.path == "/lost" else 200, b"x" * 70_000)

    def do_POST(self) -> None:
        self._answer(200, self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@contextmanager
def _serving() -> Iterator[Address]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield ("127.0.0.1", server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _load(*requests: Request) -> Figures:
    with _serving() as address:
        return run(address, requests_in_turn(requests), clients=3, seconds=0.2)


def test_good_answers_are_counted_by_name() -> None:
    figures = _load(Request("/", name="whole"), Request("/held", status=304, name="held"))
    assert not figures.errors
    assert figures.answers == sum(map(len, figures.milliseconds.values()))
    assert abs(len(figures.milliseconds["whole"]) - len(figures.milliseconds["held"])) <= 3
    assert 0 < figures.percentile(50) <= figures.percentile(99)
    assert figures.per_second == figures.answers / figures.seconds


@pytest.mark.parametrize(
    ("path", "problem"),
    [("/lost", "/lost answered 404; 200 was expected"), ("/cut", "/cut: the connection ended before the answer")],
)
def test_bad_answers_are_errors_and_no_answers(path: str, problem: str) -> None:
    figures = _load(Request(path))
    assert set(figures.errors) == {problem}
    assert figures.answers == 0


def test_a_refusal_is_neither_an_answer_nor_an_error() -> None:
    figures = _load(Request("/busy"), Request("/"))
    assert not figures.errors
    assert figures.refused > 0
    assert figures.answers > 0


def test_a_server_that_closes_is_connected_to_again() -> None:
    figures = _load(Request("/goodbye"))
    assert not figures.errors
    assert figures.answers > 3


def test_asking_once() -> None:
    with _serving() as address:
        assert json.loads(ask(address, Request("/echo", body=b'{"a": 1}'))[1]) == {"a": 1}
        with pytest.raises(FilmotecaError, match=r"/lost answered 404; 200 was expected: xxx"):
            ask(address, Request("/lost"))


def test_figures_add_up() -> None:
    first, second = Figures(seconds=1), Figures(seconds=3, errors=["no"])
    first.milliseconds["a"].extend([1, 2])
    second.milliseconds["a"].append(3)
    second.milliseconds["b"].append(10)
    first.add(second)
    assert (first.answers, first.per_second, first.errors) == (4, 1.0, ["no"])
    assert (first.percentile(50, "a"), first.percentile(100)) == (2, 10)


def _pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(places)]


@given(bodies=st.lists(st.binary(min_size=1, max_size=40), max_size=5), cuts=st.lists(st.integers(0, 400), max_size=12))
def test_an_answer_ends_with_its_last_byte_however_it_is_cut(bodies: list[bytes], cuts: list[int]) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(body), body) for body in bodies)
    whole = b"".join(bodies)
    for data in (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n",
        HEAD + b"content-length: %d\r\n\r\n" % len(whole) + whole,
    ):
        answer = Answer()
        *first, last = _pieces(data, cuts)
        assert not any(answer.feed(piece) for piece in first)
        assert answer.feed(last)
        assert answer.status == 200


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"SSH-2.0-OpenSSH\r\n\r\n", "cannot begin with"),
        (HEAD + b"\r\n", "neither Content-Length nor chunks"),
        (HEAD + b"Content-Length: 2\r\n\r\nabc", "1 bytes came after the end"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", "no length of a chunk"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nHTTP", "came after the end"),
    ],
)
def test_what_is_no_answer_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(MalformedAnswerError, match=problem):
        Answer().feed(data)
