"""What a long command shows while it works: lines that stay, and one line that moves on a terminal."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Screen:
    """Prints to stdout; keeps the seconds of every step."""

    steps: dict[str, float] = field(default_factory=dict)
    _quarters: int = 0

    def say(self, text: str = "") -> None:
        if sys.stdout.isatty():
            text = f"\r\x1b[K{text}"
        print(text, flush=True)

    def count(self, what: str, done: int, total: int) -> None:
        """Moves the progress on: in place on a terminal, else one line per quarter."""
        text = f"  {what} {done}/{total}"
        quarters = 4 * done // max(total, 1)
        if sys.stdout.isatty():
            print(f"\r\x1b[K{text}", end="", flush=True)
        elif quarters > self._quarters:
            print(text, flush=True)
        self._quarters = quarters

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announces a step and, if it ends well, notes and shows its seconds."""
        self.say(f"{name} …")
        self._quarters = 0
        begun = time.monotonic()
        yield
        self.steps[name] = time.monotonic() - begun
        self.say(f"{name}: {self.steps[name]:.1f} s")
