"""The context of a request."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.http.context import RequestContextMiddleware, RequestIdFilter, current_request_id, request_context
from tests.api.http.asgi import FakeApp, FakeResponse, FakeSnapshot, make_scope, run

pinned: list[FakeSnapshot] = []


@contextmanager
def pin() -> Iterator[FakeSnapshot]:
    snapshot = FakeSnapshot("build-7")
    pinned.append(snapshot)
    yield snapshot
    pinned.remove(snapshot)


def fetch(app: FakeApp, request_id: bytes | None = None) -> FakeResponse:
    response = FakeResponse()

    async def send(message: object) -> None:
        assert len(pinned) == 1
        response.messages.append(message)

    headers = [] if request_id is None else [(b"x-request-id", request_id)]
    run(RequestContextMiddleware(app, pin)(make_scope("GET", "/", headers, ""), None, send))  # type: ignore[arg-type]
    assert not pinned
    return response


def test_response_names_snapshot_and_request() -> None:
    app = FakeApp()
    response = fetch(app, b"from-the-proxy:1")
    assert response.headers[b"x-request-id"] == b"from-the-proxy:1"
    assert response.headers[b"filmoteca-build"] == b"build-7"
    assert app.contexts[0] is not None
    assert (app.contexts[0].request_id, app.contexts[0].snapshot.build_id) == ("from-the-proxy:1", "build-7")
    assert request_context.get(None) is None
    assert current_request_id() == ""


def test_request_without_id_gets_a_random_one() -> None:
    ids = {fetch(FakeApp()).headers[b"x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(rb"[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize("request_id", [b"", b"a b", b'"}', b"\x1b[31m", b"x" * 129, b"\xff"])
def test_request_id_unfit_for_a_log_is_replaced(request_id: bytes) -> None:
    assert re.fullmatch(rb"[0-9a-f]{16}", fetch(FakeApp(), request_id).headers[b"x-request-id"])


def test_log_record_outside_of_a_request_has_no_id() -> None:
    record = logging.makeLogRecord({})
    assert RequestIdFilter().filter(record)
    assert not hasattr(record, "request_id")
