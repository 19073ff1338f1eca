"""Runs queries in a sandbox for the tests."""

import json
from dataclasses import replace
from typing import Any, get_args

import psutil
import pytest

from api.sandbox.protocol import QueryError, ResultFormat, SandboxOptions
from api.sandbox.sandbox import Sandbox

OPTIONS = SandboxOptions(is_on=True, seconds=10, memory_mb=64)
SHORT_OPTIONS = replace(OPTIONS, seconds=0.4)
FORMATS: tuple[ResultFormat, ...] = get_args(ResultFormat)


def rows(sandbox: Sandbox, query: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    found: list[dict[str, Any]] = json.loads(sandbox.run(query, parameters).rows)
    return found


def query_error(sandbox: Sandbox, query: str, **parameters: Any) -> QueryError:
    """Return the error of a query that must fail with a sentence."""
    with pytest.raises(QueryError) as raised:
        sandbox.run(query, parameters)
    assert raised.value.detail.endswith(".")
    assert "\n" not in raised.value.detail
    return raised.value


def child_processes() -> set[int]:
    """Return the ids of all processes below this one."""
    return {child.pid for child in psutil.Process().children(recursive=True)}
