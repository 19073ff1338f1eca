"""A sandbox over the small warehouse, and functions that run queries in it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.sandbox.protocol import QueryError, QueryRequest, SandboxOptions
from api.sandbox.sandbox import Sandbox

OPTIONS = SandboxOptions(is_on=True, seconds=10, memory_mb=64)


@pytest.fixture(scope="module")
def sandbox(small_warehouse: Path) -> Iterator[Sandbox]:
    """A sandbox; afterwards the warehouse is unchanged and its folder contains no other file."""
    sandbox = Sandbox(small_warehouse, OPTIONS)
    before = small_warehouse.read_bytes()
    yield sandbox
    sandbox.close()
    assert small_warehouse.read_bytes() == before
    assert [path.name for path in small_warehouse.parent.iterdir()] == [small_warehouse.name]


def rows(sandbox: Sandbox, query: str, **parameters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sandbox.run(QueryRequest(query, parameters)).rows)
    return found


def query_error(sandbox: Sandbox, query: str, **parameters: Any) -> QueryError:
    """Return the error of a query that must fail with a sentence."""
    with pytest.raises(QueryError) as raised:
        sandbox.run(QueryRequest(query, parameters))
    assert raised.value.detail.endswith(".")
    assert "\n" not in raised.value.detail
    return raised.value
