"""Invalid values of parameters and bodies: every operation returns a documented response or problem.

The parameters come from the OpenAPI document, so that new operations are tested without a change here.
"""

import time
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from litestar import Litestar, post
from litestar.params import JSONBody
from litestar.testing import TestClient

from api.http.error_handlers import create_exception_handlers
from tests.api.client import Client
from tests.api.operations import Operation, Parameter

MAX_SECONDS = 0.25
"""Maximum CPU time of a request."""
MEGABYTE = 1_000_000

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
    "invalid UTF-8": "%ff%fe",
    "overlong UTF-8": "%c0%af",
    "surrogate": "%ed%a0%80",
    "incomplete escape": "%",
    "malformed escape": "%zz",
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
"""Values by what is unusual about them, encoded for a URL."""

NUMBERS = {"huge", "beyond 64 bits", "negative", "very negative", "zero", "float overflow", "fraction"}
VALUES_BY_TYPE = {"integer": NUMBERS, "number": NUMBERS, "boolean": {"true", "zero"}, "string": set(VALUES)}
"""The values that a parameter may accept, by its type."""

BODIES = {
    "empty": b"",
    "malformed JSON": b"{",
    "invalid UTF-8": b"\xff\xfe",
    "invalid UTF-8 in a name": b'{"que\x85y": "select 1"}',
    "NUL": b"\x00",
    "deeply nested": b"[" * 100_000,
    "deeply nested parameter": b'{"query": "select 1", "parameters": {"a": %s}}' % (b"[" * 100_000 + b"]" * 100_000),
    "list": b"[]",
    "null": b"null",
    "wrong type": b'{"query": 1}',
    "not a number": b'{"query": NaN}',
    "surrogate": rb'{"query": "\ud800"}',
    "huge number": b'{"query": "select $a", "parameters": {"a": %s}}' % (b"9" * 5_000),
    "1 MB": b'{"query": "%s"}' % (b"a" * MEGABYTE),
    "20 MB": b'{"query": "%s"}' % (b"a" * 20 * MEGABYTE),
}


def find_fault(response: httpx.Response, documented: dict[str, Any]) -> str | None:
    """Return what is wrong with the response to an invalid request, or None."""
    status, media_type = response.status_code, response.headers.get("content-type", "")
    if str(status) not in documented:
        return f"status {status} is not documented"
    if status < 400:
        media_types = documented[str(status)].get("content", {})
        return None if not media_types or media_type.partition(";")[0] in media_types else f"{status} as {media_type}"
    if media_type != "application/problem+json":
        return f"{status} as {media_type}"
    problem = response.json()
    if problem["status"] != status or not problem["detail"]:
        return f"{status} with the problem {problem}"
    return f"{status}" if status >= 500 else None


def has_wrong_type(parameter: Parameter, name: str) -> bool:
    """Return whether the parameter cannot accept the value with this name."""
    schema = parameter["schema"].get("items", parameter["schema"])
    if parameter["in"] == "path" or schema["type"] == "object":
        return False
    return "enum" in schema or name not in VALUES_BY_TYPE[schema["type"]]


def measure(client: Client, operation: Operation, url: str) -> tuple[httpx.Response, float]:
    start = time.process_time()
    response = operation.send(client, url)
    return response, time.process_time() - start


def test_invalid_value_of_any_parameter_returns_a_documented_response(
    client: Client, operations: list[Operation]
) -> None:
    # Many operations have the same parameter: each of its values is sent once.
    cases: dict[str, tuple[Operation, Parameter, str]] = {}
    for operation in operations:
        for parameter in operation.parameters:
            shared = {key: value for key, value in parameter.items() if key != "examples"}
            for name in VALUES:
                cases.setdefault(repr((name, shared)), (operation, parameter, name))
    faults = []
    for operation, parameter, name in cases.values():
        url = operation.url(parameter["name"], VALUES[name])
        response, seconds = measure(client, operation, url)
        # An empty path parameter, or one with a slash, makes another path.
        documented = operation.docs["responses"] | ({"404": {}} if parameter["in"] == "path" else {})
        fault = find_fault(response, documented)
        if fault is None and has_wrong_type(parameter, name) and response.is_success:
            fault = "accepted"
        if fault is None and seconds > MAX_SECONDS:  # unless the garbage collector took the time
            _, seconds = measure(client, operation, url)
            fault = f"{seconds:.3f} s" if seconds > MAX_SECONDS else None
        if fault:
            faults.append(f"{operation.path}: {parameter['name']} = {name}: {fault}")
    assert not faults, "\n".join(faults)
    assert len(cases) > 500


def test_repeated_parameter_of_any_operation_returns_422(client: Client, operations: list[Operation]) -> None:
    faults = []
    for operation in operations:
        for parameter in operation.parameters:
            if parameter["in"] == "path" or parameter["schema"]["type"] == "array":
                continue
            name, value = parameter["name"], str(parameter["schema"].get("enum", ["1"])[0])
            response = operation.send(client, f"{operation.url(name, value)}&{name}={value}")
            fault = find_fault(response, operation.docs["responses"])
            if fault or response.status_code != 422 or name not in response.json()["detail"]:
                faults.append(f"{operation.path} {name}: {response.status_code} {response.text}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "query", ["=", "&&&", "=1", "anio", "?", "%ff=1", "%00", "a" * 10_000, "&".join(["a=1"] * 5_000)]
)
def test_malformed_query_of_any_operation_returns_a_documented_response(
    client: Client, operations: list[Operation], query: str
) -> None:
    for operation in operations:
        response = operation.send(client, f"{operation.url().partition('?')[0]}?{query}")
        assert find_fault(response, operation.docs["responses"]) is None, operation.path


def test_unknown_parameter_or_format_is_rejected_by_every_operation_of_v1(
    client: Client, operations: list[Operation]
) -> None:
    for operation in operations:
        if operation.path.startswith("/v1/") and operation.method == "GET":
            url = operation.url()
            assert client.get(url, headers={"Accept": "image/png"}).status_code == 406, url
            assert client.get(f"{url}{'&' if '?' in url else '?'}nonsense=1").status_code == 422, url


@post("/", status_code=200, sync_to_thread=False)
def echo(data: JSONBody[dict[str, Any]]) -> dict[str, Any]:
    return data


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_invalid_body_returns_a_documented_response(client: Client, operations: list[Operation], body: bytes) -> None:
    documented: dict[str, Any] = {str(status): {} for status in (200, 400, 413, 422)}
    with TestClient(Litestar([echo], exception_handlers=create_exception_handlers({}))) as echo_client:
        assert find_fault(echo_client.post("/", content=body), documented) is None
    for operation in operations:
        if "requestBody" in operation.docs:
            response = client.request(operation.method, operation.path, content=body)
            assert find_fault(response, operation.docs["responses"]) is None, operation.path
