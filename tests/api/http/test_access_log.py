"""The access log."""

import pytest
from litestar.types import Receive, Scope, Send

from api.http.access_log import AccessLogMiddleware, ResponseRecord, log_response
from tests.api.http.asgi import FakeApp, fetch


def test_callback_gets_a_record_of_each_response() -> None:
    records: list[ResponseRecord] = []
    fetch(AccessLogMiddleware(FakeApp(status=404), [records.append]), "POST")
    (record,) = records
    assert (record.operation, record.method, record.status, record.is_cached) == ("none", "POST", 404, False)
    assert record.seconds > 0


def test_failure_is_recorded_with_status_0() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise OSError

    records: list[ResponseRecord] = []
    with pytest.raises(OSError):
        fetch(AccessLogMiddleware(fail, [records.append]))
    assert [record.status for record in records] == [0]


def test_log_line_names_the_operation(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "filmoteca.access"):
        log_response(ResponseRecord("get_movie", "GET", 200, 0.0123, is_cached=True))
    assert caplog.messages == ["GET get_movie 200 in 12.3 ms"]
    assert caplog.records[0].is_cached  # type: ignore[attr-defined]
