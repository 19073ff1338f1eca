import time
from collections.abc import Callable

TIMEOUT_SECONDS = 60.0
"""Generous, because other tests run at the same time."""


def wait_for(condition: Callable[[], object], description: str = "condition", seconds: float = TIMEOUT_SECONDS) -> None:
    """Poll until the condition is true. Raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {description}"
        time.sleep(0.02)
