"""Servers that are loaded in turns, so that a noisy neighbour of this machine meets them all alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.load import Figures, Request
from benchmarks.results import Cell
from benchmarks.servers import Server
from warehouse.errors import FilmotecaError

CLOCK_SECONDS = 0.01
"""The clock of computing time is no finer."""

Asked = tuple[Server, Iterator[Request]]


def in_turns(asked: Mapping[str, Asked], *, clients: int, seconds: float, rounds: int) -> dict[str, list[Figures]]:
    """What each server's load measured, round by round. Raises FilmotecaError when an answer was not good."""
    measured: dict[str, list[Figures]] = defaultdict(list)
    for _ in range(rounds):
        for name, (server, requests) in asked.items():
            measured[name].append(loaded(server, requests, clients=clients, seconds=seconds))
    return measured


def loaded(
    server: Server, requests: Iterator[Request], *, clients: int, seconds: float, may_refuse: bool = False
) -> Figures:
    """What one load measured. Raises FilmotecaError when an answer was not good.

    With `may_refuse`, a server that is busy may say so; only good answers count.
    """
    figures = server.load(requests, clients=clients, seconds=seconds)
    if figures.errors:
        raise FilmotecaError(f"{len(figures.errors)} answers under load were not good; the first: {figures.errors[0]}")
    if figures.refused and not may_refuse:
        raise FilmotecaError(f"{figures.refused} requests were refused (429); lift the limits of what is measured")
    return figures


def together(rounds: Iterable[Figures]) -> Figures:
    """All rounds as one."""
    total = Figures()
    for figures in rounds:
        total.add(figures)
    return total


def ratios(ours: Iterable[Figures], theirs: Iterable[Figures]) -> list[float]:
    """Our requests a second over theirs, in each round."""
    return [one.per_second / other.per_second for one, other in zip(ours, theirs, strict=True)]


def cpu_ratios(ours: Iterable[Figures], theirs: Iterable[Figures]) -> list[float]:
    """The computing time of one of our answers over that of theirs, in each round."""
    return [_cpu(one) / _cpu(other) for one, other in zip(ours, theirs, strict=True)]


def _cpu(figures: Figures) -> float:
    return max(figures.cpu_seconds, CLOCK_SECONDS) / figures.answers


PER_SECOND, CPU = "requests/s", "CPU each, ms"
PERCENTILES = ("p50, ms", "p95, ms", "p99, ms")


def percentiles(figures: Figures, name: str | None = None) -> list[Cell]:
    """The cells of PERCENTILES, of all answers or of those of one name."""
    return [figures.percentile(percent, name) for percent in (50, 95, 99)]
