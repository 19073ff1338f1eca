"""Progress output of long-running commands."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Never

from tqdm import tqdm


@dataclass(slots=True)
class Progress:
    """Prints lines and a progress counter to stdout, and measures the duration of steps."""

    step_seconds: dict[str, float] = field(default_factory=dict)
    _quarters: int = 0

    def print_line(self, text: str = "") -> None:
        if sys.stdout.isatty():
            text = f"\r\x1b[K{text}"
        print(text, flush=True)

    def update(self, label: str, done: int, total: int) -> None:
        """Print a counter: in place on a terminal, otherwise one line per quarter."""
        text = f"  {label} {done}/{total}"
        quarters = 4 * done // max(total, 1)
        if sys.stdout.isatty():
            print(f"\r\x1b[K{text}", end="", flush=True)
        elif quarters > self._quarters:
            print(text, flush=True)
        self._quarters = quarters

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Print the name of a step and, if it succeeds, record and print its duration."""
        self.print_line(f"{name} …")
        self._quarters = 0
        started = time.monotonic()
        yield
        self.step_seconds[name] = time.monotonic() - started
        self.print_line(f"{name}: {self.step_seconds[name]:.1f} s")


def transfer_bar(label: str, size_bytes: int | None, *, done_bytes: int = 0) -> "tqdm[Never]":
    """Return a progress bar for a file transfer, shown on terminals only."""
    return tqdm(total=size_bytes, initial=done_bytes, unit="B", unit_scale=True, desc=label, disable=None)
