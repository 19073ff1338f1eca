"""Bad input: any value of any parameter returns, soon, a response that the OpenAPI document describes.

The parameters are read from the document, so that new operations are covered automatically.
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from litestar import Litestar, post
from litestar.params import JSONBody
from litestar.testing import TestClient

from api.http.error_handlers import create_exception_handlers
from tests.api.server import Server, run_server

Client = TestClient[Litestar]
SOON_SECONDS = 0.25
MEGABYTE = 1_000_000

# As they stand in the URL.
VALUES = {
    "empty": "",
    "blank": "%20",
    "huge": "9" * 400,
    "beyond 64 bits": "18446744073709551616",
    "negative": "-1",
    "very negative": "-99999999999999999999",
    "zero": "0",
    "not a number": "NaN",
    "infinite": "-Infinity",
    "float overflow": "1e400",
    "fraction": "0.1e-10",
    "other digits": quote("١٢٣"),
    "true": "true",
    "null": "null",
    "list": "[1,2]",
    "object": quote('{"a": 1}'),
    "NUL": "%00",
    "NUL inside": "a%00b",
    "no UTF-8": "%ff%fe",
    "overlong UTF-8": "%c0%af",
    "surrogate": "%ed%a0%80",
    "half an escape": "%",
    "no escape": "%zz",
    "line breaks": "a%0d%0aSet-Cookie:%20a=b",
    "SQL condition": quote("' or 1=1 --"),
    "SQL statement": quote("'; drop table marts.dim_movies; --", safe=""),
    "SQL union": quote("1) union all select current_setting('secret_directory') --"),
    "SQL parameter": "$1",
    "like pattern": "%25_%25",
    "template": quote("{{7*7}}${7*7}<%= 7*7 %>{0.__class__}"),
    "markup": quote("<script>alert(1)</script>", safe=""),
    "path": quote("../../../../etc/passwd", safe=""),
    "commas": ",,,",
    "minus": "-",
    "right to left": quote("\u202ealert\u200b"),
    "beyond the basic plane": quote("💥" * 20),
    "long": "a" * 10_000,
    "many": ",".join(["1"] * 2_000),
}

# What a parameter of this type may be, by name; every other value is of the wrong type for it.
RIGHT_TYPE = {
    "integer": {"huge", "beyond 64 bits", "negative", "very negative", "zero", "float overflow", "fraction"},
    "number": {"huge", "beyond 64 bits", "negative", "very negative", "zero", "float overflow", "fraction"},
    "boolean": {"true", "zero"},
    "string": set(VALUES),
}

BODIES = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe",
    "a name that is no UTF-8": b'{"que\x85y": "select 1"}',
    "NUL": b"\x00",
    "nested deeply": b"[" * 100_000,
    "nested deeply inside": b'{"query": "select 1", "parameters": {"a": %s}}' % (b"[" * 100_000 + b"]" * 100_000),
    "list": b"[]",
    "null": b"null",
    "wrong type": b'{"query": 1}',
    "not a number": b'{"query": NaN}',
    "surrogate": rb'{"query": "\ud800"}',
    "huge number": b'{"query": "select $a", "parameters": {"a": %s}}' % (b"9" * 5_000),
    "1 MB": b'{"query": "%s"}' % (b"a" * MEGABYTE),
    "20 MB": b'{"query": "%s"}' % (b"a" * 20 * MEGABYTE),
}

Parameter = dict[str, Any]


@pytest.fixture(scope="module")
def document(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/schema/openapi.json").json()
    return document


@pytest.fixture(scope="module")
def server(small_warehouse: Path) -> Iterator[Server]:
    with run_server(small_warehouse) as server:
        yield server


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method.upper(), path, operation


def parameters(operation: dict[str, Any], place: str) -> list[Parameter]:
    return [parameter for parameter in operation.get("parameters", []) if parameter["in"] == place]


def is_filled_in(parameter: Parameter) -> bool:
    """Return whether the parameter has an example that Swagger UI fills in."""
    return "examples" in parameter and parameter["schema"]["type"] != "object"


def good_value(parameter: Parameter) -> str:
    example = next(iter(parameter["examples"].values()))["value"]
    return quote(",".join(map(str, example)) if isinstance(example, list) else str(example), safe="")


def urls(path: str, operation: dict[str, Any], value: str) -> Iterator[tuple[Parameter, str]]:
    """Yield each parameter with a URL that has the value for it and the documented examples for the others."""
    in_path = {parameter["name"]: good_value(parameter) for parameter in parameters(operation, "path")}
    needed = {p["name"]: good_value(p) for p in parameters(operation, "query") if is_filled_in(p)}
    for parameter in parameters(operation, "path"):
        yield parameter, target(path, {**in_path, parameter["name"]: value}, needed)
    for parameter in parameters(operation, "query"):
        yield parameter, target(path, in_path, {**needed, parameter["name"]: value})


def target(path: str, in_path: dict[str, str], query: dict[str, str]) -> str:
    for name, value in in_path.items():
        path = path.replace(f"{{{name}}}", value)
    return path + ("?" if query else "") + "&".join(f"{name}={value}" for name, value in query.items())


def fault(response: httpx.Response, documented: dict[str, Any]) -> str | None:
    """Return what is wrong with a response to bad input; None if nothing is."""
    status, kind = response.status_code, response.headers.get("content-type", "")
    if str(status) not in documented:
        return f"status {status} is not in the document"
    if status < 400:
        types = documented[str(status)].get("content", {})
        return None if not types or kind.partition(";")[0] in types else f"{status} as {kind}"
    if kind != "application/problem+json":
        return f"{status} as {kind}"
    problem = response.json()
    if problem["status"] != status or not problem["detail"]:
        return f"{status} with the problem {problem}"
    return f"{status}" if status >= 500 else None


def must_be_refused(parameter: Parameter, kind: str) -> bool:
    """Return whether a value has the wrong type or choice, so that a successful response would have ignored it."""
    schema = parameter["schema"].get("items", parameter["schema"])
    if schema["type"] == "object":
        return False  # parameters that the document cannot know
    return parameter["in"] == "query" and ("enum" in schema or kind not in RIGHT_TYPE[schema["type"]])


def is_tried(parameter: Parameter, kind: str, tried: set[str]) -> bool:
    """Return whether this value was tried with the same parameter of another operation, and record it."""
    case = repr((kind, {name: part for name, part in parameter.items() if name != "examples"}))
    was_tried = case in tried
    tried.add(case)
    return was_tried


def seconds(client: Client, method: str, url: str) -> float:
    """Return the response time, the best of three on a busy machine."""
    return min(ask(client, method, url).elapsed.total_seconds() for _ in range(3))


def ask(client: Client, method: str, url: str) -> httpx.Response:
    return client.request(method, url, follow_redirects=False)


def test_any_parameter_value_returns_a_documented_response(client: Client, document: dict[str, Any]) -> None:
    faults, request_count = [], 0
    tried: set[str] = set()
    for method, path, operation in operations(document):
        for kind, value in VALUES.items():
            for parameter, url in urls(path, operation, value):
                if is_tried(parameter, kind, tried):
                    continue
                response = ask(client, method, url)
                # With an empty parameter or a slash in it, this may be another path, or none.
                documented = operation["responses"] | ({"404": {}} if parameter["in"] == "path" else {})
                found = fault(response, documented)
                if found is None and must_be_refused(parameter, kind) and response.is_success:
                    found = "accepted"
                if found is None and response.elapsed.total_seconds() > SOON_SECONDS:
                    best = seconds(client, method, url)
                    found = f"{best:.3f} s" if best > SOON_SECONDS else None
                if found:
                    faults.append(f"{path}: {parameter['name']} = {kind}: {found}")
                request_count += 1
    assert not faults, "\n".join(faults)
    assert request_count > 500


def test_repeated_parameter_returns_422(client: Client, document: dict[str, Any]) -> None:
    faults = []
    for method, path, operation in operations(document):
        in_path = {parameter["name"]: good_value(parameter) for parameter in parameters(operation, "path")}
        for parameter in parameters(operation, "query"):
            if parameter["schema"]["type"] == "array":
                continue
            name, value = parameter["name"], str(parameter["schema"].get("enum", ["1"])[0])
            url = f"{target(path, in_path, {})}?{name}={value}&{name}={value}"
            response = ask(client, method, url)
            found = fault(response, operation["responses"])
            if found or response.status_code != 422 or name not in response.json()["detail"]:
                faults.append(f"{url}: {response.status_code} {response.text}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "query", ["=", "&&&", "=1", "anio", "?", "%ff=1", "%00", "a" * 10_000, "&".join(["a=1"] * 5_000)]
)
def test_any_query_string_returns_a_documented_response(client: Client, document: dict[str, Any], query: str) -> None:
    for method, path, operation in operations(document):
        in_path = {parameter["name"]: good_value(parameter) for parameter in parameters(operation, "path")}
        url = f"{target(path, in_path, {})}?{query}"
        assert fault(ask(client, method, url), operation["responses"]) is None, url


@post("/", status_code=200, sync_to_thread=False)
def echo(data: JSONBody[dict[str, Any]]) -> dict[str, Any]:
    """Return any JSON object."""
    return data


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_any_body_returns_a_documented_response(client: Client, document: dict[str, Any], body: bytes) -> None:
    documented: dict[str, Any] = {str(status): {} for status in (200, 400, 413, 422)}
    with TestClient(Litestar([echo], exception_handlers=create_exception_handlers({}))) as echoing:
        assert fault(echoing.post("/", content=body), documented) is None
    for method, path, operation in operations(document):
        if "requestBody" in operation:
            assert fault(client.request(method, path, content=body), operation["responses"]) is None, path


def send(server: Server, request: bytes) -> tuple[int, str, bytes, float]:
    """Send raw bytes; return the status, content type and body of the response, and the seconds it took."""
    started_at = time.perf_counter()
    with closing(socket.create_connection((server.host, server.port), timeout=10)) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as stream:
            head, _, body = stream.read().partition(b"\r\n\r\n")
    headers = dict(line.split(b": ", 1) for line in head.lower().splitlines()[1:])
    kind = headers.get(b"content-type", b"").decode()
    return int(head.split()[1]), kind, body, time.perf_counter() - started_at


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    lengths = [b"Content-Length: %d" % len(body)] if body else []
    return b"\r\n".join([line + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers, *lengths, b"", body])


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(request(b"GET /score-titulo/" + b"a" * 60_000), 422, id="path of 60 kB"),
        pytest.param(request(b"GET /score-titulo/300?anio=" + b"1" * 60_000), 422, id="query of 60 kB"),
        pytest.param(request(b"GET /score-titulo/300?" + b"anio=1&" * 8_000), 422, id="8,000 parameters"),
        pytest.param(request(b"POST /score-titulo/300", body=b"a" * MEGABYTE), 405, id="body of 1 MB, wrong method"),
        pytest.param(request(b"POST /nowhere", body=b"a" * MEGABYTE), 404, id="body of 1 MB, nowhere"),
        pytest.param(request(b"BREW /health/live"), 405, id="method of no standard"),
        pytest.param(request(b"GET *"), 404, id="no path"),
    ],
)
def test_large_or_odd_request_returns_a_problem(server: Server, sent: bytes, status: int) -> None:
    answered, kind, body, taken = min((send(server, sent) for _ in range(3)), key=lambda answer: answer[-1])
    assert (answered, kind) == (status, "application/problem+json")
    assert json.loads(body)["status"] == status
    assert taken < SOON_SECONDS


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(request(b"GET /score-titulo/" + b"a" * MEGABYTE), 431, id="path of 1 MB"),
        pytest.param(request(b"GET /score-titulo/300?anio=" + b"1" * MEGABYTE), 431, id="query of 1 MB"),
        pytest.param(request(b"GET /score-titulo/" + b"a" * 100_000), 414, id="path of 100 kB"),
        pytest.param(request(b"GET /health/live", b"X: " + b"a" * MEGABYTE), 431, id="header of 1 MB"),
        pytest.param(request(b"GET /score-titulo/\x00"), 400, id="raw NUL"),
        pytest.param(request(b"GET /score-titulo/300?anio=\xff"), 400, id="raw byte of no UTF-8"),
        pytest.param(b"\x16\x03\x01 no HTTP at all\r\n\r\n", 400, id="no HTTP"),
    ],
)
def test_malformed_request_is_rejected_by_the_server(server: Server, sent: bytes, status: int) -> None:
    # The HTTP server responds to these itself, with a status and no body.
    answered, _, body, taken = min((send(server, sent) for _ in range(3)), key=lambda answer: answer[-1])
    assert (answered, body) == (status, b"")
    assert taken < SOON_SECONDS


def test_unread_large_body_does_not_delay_the_response(server: Server) -> None:
    answered, kind, _, taken = min(
        (send(server, request(b"GET /score-titulo/300", body=b"a" * MEGABYTE)) for _ in range(3)),
        key=lambda answer: answer[-1],
    )
    assert (answered, kind) == (200, "application/json")
    assert taken < SOON_SECONDS
