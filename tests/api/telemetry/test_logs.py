import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest

from api.http.context import RequestIdFilter
from tests.api.client import create_client
from warehouse.errors import FilmotecaError
from warehouse.logs import logging_config
from warehouse.settings import Settings


def create_log(format_: str) -> io.StringIO:
    """Return a stream that the log is written to in this format."""
    stream = io.StringIO()
    config = logging_config({"FILMOTECA_LOG": format_}, of_request=RequestIdFilter)
    config["handlers"]["stderr"]["stream"] = stream
    config["loggers"] = {"filmoteca": config["loggers"]["filmoteca"]}
    logging.config.dictConfig(config)
    return stream


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    yield create_log("json")
    logging.getLogger("filmoteca").handlers.clear()


def test_access_log_has_one_json_object_per_request(settings: Settings, log: io.StringIO) -> None:
    with create_client(settings, ACCESS_LOG="on") as client:
        client.get("/v1/movies/7", headers={"X-Request-ID": "first"})
        client.get("/v1/movies/7", headers={"X-Request-ID": "second"})
    first, second = map(json.loads, log.getvalue().splitlines())
    assert {
        "level": "INFO",
        "logger": "filmoteca.access",
        "request_id": "first",
        "build_id": "build-1",
        "operation": "get_movie",
        "method": "GET",
        "status": 200,
        "is_cached": False,
    }.items() <= first.items()
    assert (second["request_id"], second["is_cached"]) == ("second", True)


def test_failure_is_logged_with_its_request(
    settings: Settings, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create_client(settings) as client:
        monkeypatch.setattr("api.db.queries.Queries.cursor", lambda *arguments, **options: 1 / 0)
        assert client.get("/v1/movies/7", headers={"X-Request-ID": "bad"}).status_code == 500
    failure = json.loads(log.getvalue().splitlines()[0])
    assert (failure["level"], failure["request_id"], failure["build_id"]) == ("ERROR", "bad", "build-1")
    assert "ZeroDivisionError" in failure["exc_info"]


def test_text_log_names_the_request() -> None:
    stream = create_log("text")
    logger = logging.getLogger("filmoteca")
    logger.warning("outside")
    logger.warning("inside", extra={"request_id": "abc", "build_id": "b1"})
    logger.handlers.clear()
    first, second = stream.getvalue().splitlines()
    assert first.endswith("] outside")
    assert second.endswith("] inside (request abc, build b1)")


def test_invalid_log_format_is_rejected() -> None:
    with pytest.raises(FilmotecaError, match="FILMOTECA_LOG must be text or json; got 'xml'"):
        logging_config({"FILMOTECA_LOG": "xml"})
