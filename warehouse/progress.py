"""Progress output of long-running commands."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Never

from tqdm import tqdm

CHUNK_BYTES = 8 * 2**20


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


def show_transfer(chunks: Iterable[bytes], label: str, size_bytes: int | None, done_bytes: int = 0) -> Iterator[bytes]:
    """Yield the chunks of a file transfer and show a progress bar on terminals."""
    bar: tqdm[Never] = tqdm(total=size_bytes, initial=done_bytes, unit="B", unit_scale=True, desc=label, disable=None)
    with bar:
        for chunk in chunks:
            yield chunk
            bar.update(len(chunk))


def read_with_progress(file: IO[bytes], label: str, size_bytes: int) -> Iterator[bytes]:
    """Yield a file in chunks and show a progress bar on terminals."""
    return show_transfer(iter(partial(file.read, CHUNK_BYTES), b""), label, size_bytes)
