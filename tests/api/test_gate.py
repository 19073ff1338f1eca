"""Who is answered: the service's own names, and so many requests a minute; and what every answer tells a browser."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.db.query_timeout import QueryTimeout, QueryTimeoutError
from api.http.gate import Gate
from api.settings import ApiSettings
from tests.api.server import started
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

Client = TestClient[Litestar]


def client_of(settings: Settings, **environment: str) -> Client:
    choices = ApiSettings.from_environment({f"FILMOTECA_{name}": value for name, value in environment.items()})
    return TestClient(create_app(settings, choices), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client_of_two_names(settings: Settings) -> Iterator[Client]:
    with client_of(settings, TRUSTED_HOSTS="films.example.org, *.example.net") as client:
        yield client


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("films.example.org", 200),
        ("FILMS.example.org:8000", 200),
        ("films.example.org.", 200),
        ("a.b.example.net", 200),
        ("example.net", 421),
        ("evil-films.example.org", 421),
        ("localhost", 421),
        ("", 421),
    ],
)
def test_names_that_are_ours(client_of_two_names: Client, host: str, status: int) -> None:
    for _ in range(2):  # the second may be a kept answer
        response = client_of_two_names.get("/v1/movies/7", headers={"Host": host, "X-Request-ID": "abc"})
        assert response.status_code == status
    assert client_of_two_names.get("/health/live", headers={"Host": host}).status_code == 200
    if status == 421:
        assert response.headers["content-type"] == "application/problem+json"
        assert (response.json()["status"], response.json()["request_id"]) == (421, "abc")


@pytest.mark.parametrize(
    "host",
    ["st: x", "st:/ x", "a:port", "a:99999", "a:0x1", "[::1", "[x]", "::1", "a b", "a/b", "a?b", "a#b", "a\\b", "a@b"],
)
@pytest.mark.parametrize("path", ["/v1/movies/7", "/v1/sql?query=select+1", "/health/live", "/es/films/1", "/nowhere"])
def test_of_a_name_that_is_none_no_address_can_be_made(client: Client, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 400
    assert "Host" in response.json()["detail"]


def test_of_two_names_none_is_believed(client: Client) -> None:
    two = [("Host", "localhost"), ("Host", "localhost")]
    assert client.get("/v1/movies/7", headers=two).status_code == 400
    assert Gate().refusal("/", [], "192.0.2.1") is None, "HTTP/1.0 names no host"
    assert Gate().refusal("/", [b"[::1]:8000"], "192.0.2.1") is None


def test_a_minute_s_worth_of_requests_and_no_more(settings: Settings) -> None:
    with client_of(settings, RATE_LIMIT="5") as client:
        statuses = [client.get("/v1/movies/7").status_code for _ in range(7)]  # kept answers count as well
        refused = client.get("/v1/movies/7")
        assert client.get("/health/ready").status_code == 200
    assert statuses == [200] * 5 + [429] * 2
    assert 1 <= int(refused.headers["retry-after"]) <= 12
    assert refused.json()["type"] == "urn:filmoteca:problem:too-many-requests"
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_addresses_are_counted_apart_and_recover(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    gate = Gate(per_minute=2)

    def lets_in(client: str) -> bool:
        return gate.refusal("/", [b"localhost"], client) is None

    assert [lets_in("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert lets_in("192.0.2.2")
    # Of IPv6 a household has a whole network.
    assert [lets_in(f"2001:db8::{number}") for number in range(3)] == [True, True, False]
    assert lets_in("2001:db8:0:1::1")
    now += 31
    assert [lets_in("192.0.2.1") for _ in range(2)] == [True, False]


@pytest.mark.parametrize(("proxies", "statuses"), [("127.0.0.0/8", [200, 200, 429]), ("10.0.0.0/8", [200, 429, 429])])
def test_a_trusted_proxy_says_who_asks(
    small_warehouse: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, statuses: list[int]
) -> None:
    monkeypatch.setenv("FILMOTECA_RATE_LIMIT", "1")
    monkeypatch.setenv("FILMOTECA_TRUSTED_PROXIES", proxies)
    asking = ("198.51.100.1", "198.51.100.2", "198.51.100.1")
    with started(small_warehouse) as server:
        given = [
            httpx.get(f"{server.origin}/v1/movies/7", headers={"X-Forwarded-For": address}).status_code
            for address in asking
        ]
    assert given == statuses


@pytest.mark.parametrize("path", ["/v1/movies/7", "/v1/movies.csv", "/nowhere", "/en", "/docs/api", "/v1/sql"])
def test_browsers_are_told_to_be_careful(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert len(headers.get_list("content-security-policy")) == 1


def test_a_body_is_bounded(settings: Settings) -> None:
    with client_of(settings, BODY_KB="16", SQL="on") as client:
        body = {"query": "select 1" + " " * 20_000}
        response = client.post("/v1/sql", json=body)
        assert response.status_code == 413
        assert response.json()["type"] == "urn:filmoteca:problem:request-entity-too-large"


SLOW = "select count(*) from range(100_000) a, range(100_000) b where a.range % 7 = b.range % 11"


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def test_a_query_that_takes_too_long_is_interrupted(connection: duckdb.DuckDBPyConnection) -> None:
    timeout = QueryTimeout(seconds=0.2)
    begun = time.monotonic()
    with (
        pytest.raises(QueryTimeoutError, match=r"the query endless exceeded its time limit of 0\.2 s"),
        timeout.limit(connection, "endless"),
    ):
        connection.execute(SLOW)
    assert time.monotonic() - begun < 5
    with timeout.limit(connection, "short"):
        assert connection.execute("select 1").fetchall() == [(1,)]
    timeout.stop()


def test_whoever_asked_it_is_told_to_come_back(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*arguments: object, **options: object) -> None:
        raise QueryTimeoutError("get_movie", 1)

    with client_of(settings) as client:
        monkeypatch.setattr("api.db.queries.Queries.run", slow)
        response = client.get("/v1/movies/7")
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("METRICS", "yes", "must be local, on or off; got 'yes'"),
        ("ACCESS_LOG", "yes", "must be off or on"),
        ("OTEL", "1", "must be off or on"),
        ("TRUSTED_HOSTS", "http://x", "names 'http://x'; right is names like films.example.org"),
        ("TRUSTED_HOSTS", "films.example.org:8000", "no port"),
        ("TRUSTED_PROXIES", "proxy", "names 'proxy'; right is addresses like 10.0.0.7"),
        ("RATE_LIMIT", "-1", "whole number from 0 to 1000000"),
        ("BODY_KB", "1", "whole number from 16 to 16384"),
        ("HEADER_SECONDS", "0", "whole number from 1 to 600"),
        ("QUERY_SECONDS", "1.5", "whole number from 1 to 3600"),
        ("MEMORY_MB", "lots", "whole number from 64 to 65536"),
        ("CACHE_MB", "0", "whole number from 1 to 16384"),
        ("THREADS", "0", "whole number from 1 to 512"),
    ],
)
def test_a_setting_that_cannot_be(name: str, value: str, said: str) -> None:
    with pytest.raises(FilmotecaError, match=f"^FILMOTECA_{name} .*{re.escape(said)}"):
        ApiSettings.from_environment({f"FILMOTECA_{name}": value})
