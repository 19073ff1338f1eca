"""A sandbox over the small warehouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.queries import OPTIONS


@pytest.fixture(scope="module")
def sandbox(small_warehouse: Path) -> Iterator[Sandbox]:
    """A sandbox; afterwards the warehouse is unchanged and its folder contains no other file."""
    sandbox = Sandbox(small_warehouse, OPTIONS)
    before = small_warehouse.read_bytes()
    yield sandbox
    sandbox.close()
    assert small_warehouse.read_bytes() == before
    assert [path.name for path in small_warehouse.parent.iterdir()] == [small_warehouse.name]
