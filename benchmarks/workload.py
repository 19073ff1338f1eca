"""Requests to every operation of the API, derived from its OpenAPI document and from names in the warehouse.

Optional parameters are tried one after the other, except `explain`, whose responses are never cached.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import duckdb
import numpy as np

from benchmarks.load_generator import Request
from benchmarks.servers import Server
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

REQUESTS_PER_OPERATION = 500
ZIPF_REQUESTS = 200_000
"""More than a minute of load."""

_WORKLOAD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
VALUES: Mapping[str, str] = _WORKLOAD["values"]
ALIASES: Mapping[str, str] = _WORKLOAD["aliases"]
SUFFIX = re.compile("_(all|none|from|to)$")
POST_BODIES = {"/v1/sql": "query"}
"""Paths that also accept POST, and the field of the body."""


def load_operations(settings: Settings, server: Server) -> list[list[Request]]:
    """Return up to REQUESTS_PER_OPERATION requests for each operation of a running server."""
    with open_read_only(settings.published_file) as connection:
        values = {parameter: read_values(connection, sql) for parameter, sql in VALUES.items()}
    document = server.fetch_json("/schema/openapi.json")
    return [
        list(islice(vary_parameters(path, method, item[method], values), REQUESTS_PER_OPERATION))
        for path, item in document["paths"].items()
        for method in ("get", "post")
        if method in item and (method == "get" or path in POST_BODIES)
    ]


def read_values(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """Return the first column of a query as text."""
    return [str(row[0]) for row in connection.execute(f"from ({sql}) limit {REQUESTS_PER_OPERATION}").fetchall()]


def shuffle_requests(operations: Sequence[Sequence[Request]]) -> list[Request]:
    """Return the requests of all operations in a random but fixed order."""
    requests = [request for operation in operations for request in operation]
    np.random.default_rng(0).shuffle(requests)
    return requests


def draw_zipf_requests(operations: Sequence[Sequence[Request]]) -> list[Request]:
    """Draw requests of any operation, the n-th of an operation with a probability proportional to 1 / n."""
    random = np.random.default_rng(0)
    weights = 1 / np.arange(1, REQUESTS_PER_OPERATION + 1)
    ranks = random.choice(REQUESTS_PER_OPERATION, size=ZIPF_REQUESTS, p=weights / weights.sum())
    drawn = random.integers(len(operations), size=ZIPF_REQUESTS)
    return [operations[operation][rank] for operation, rank in zip(drawn, ranks, strict=True)]


def vary_parameters(
    path: str, method: str, operation: Mapping[str, Any], values: Mapping[str, list[str]]
) -> Iterator[Request]:
    """Yield requests of one operation endlessly, with no optional parameter or one."""
    parameters = [parameter for parameter in operation.get("parameters", []) if parameter["name"] != "explain"]
    candidates = {parameter["name"]: _candidates(parameter, values) for parameter in parameters}
    endless = {name: cycle(found) for name, found in candidates.items()}
    required = [parameter for parameter in parameters if _is_always_sent(parameter)]
    optional = [
        parameter["name"]
        for parameter in parameters
        if parameter not in required and parameter["in"] == "query" and candidates[parameter["name"]]
    ]
    if missing := [parameter["name"] for parameter in required if not candidates[parameter["name"]]]:
        raise FilmotecaError(
            f"{path} requires `{missing[0]}`. Add an example to the OpenAPI document or SQL to workload.toml."
        )
    bodies = [b""]
    if method == "post":
        field = POST_BODIES[path]
        bodies = [json.dumps({field: value}).encode("utf-8") for value in values[field]]
    for chosen, body in zip(cycle([None, *optional]), cycle(bodies), strict=False):
        filled, query = path, _to_query(chosen, next(endless[chosen])) if chosen else {}
        for parameter in required:
            name = parameter["name"]
            value = next(endless[name])
            if parameter["in"] == "path":
                filled = filled.replace(f"{{{name}}}", quote(_to_text(value), safe=""))
            else:
                query |= _to_query(name, value)
        headers = {"Content-Type": "application/json"} if body else {}
        yield Request(filled + (f"?{urlencode(query)}" if query else ""), headers, body, name=f"{method} {path}")


def _is_always_sent(parameter: Mapping[str, Any]) -> bool:
    """Return whether a parameter is required, or has an example without which the response says little."""
    return parameter.get("required") or ("examples" in parameter and parameter["schema"]["type"] != "object")


def _candidates(parameter: Mapping[str, Any], values: Mapping[str, list[str]]) -> Sequence[object]:
    """Return values for a parameter: from the warehouse, else its examples, else values that its schema allows."""
    name = parameter["name"]
    stem = SUFFIX.sub("", name)
    if found := values.get(name) or values.get(ALIASES.get(stem, stem)):
        return found
    schema = parameter["schema"]
    examples = [example["value"] for example in (parameter.get("examples") or {}).values()]
    if examples := [*examples, *schema.get("examples", [])]:
        return examples
    items = schema.get("items", schema)
    if "enum" in items or items["type"] == "boolean":
        return list(items.get("enum", [True, False]))
    if name.endswith(("_from", "_to")):
        return ["2000-01-01"] if items.get("format") == "date" else [max(0, items.get("minimum", 0))]
    return [items[key] for key in ("const", "default") if key in items]


def _to_query(name: str, value: object) -> dict[str, str]:
    """Return the query parameters of a value; an object becomes one parameter per member."""
    members = value if isinstance(value, dict) else {name: value}
    return {member: _to_text(item) for member, item in members.items()}


def _to_text(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(_to_text, value))
    return json.dumps(value) if isinstance(value, bool) else str(value)
