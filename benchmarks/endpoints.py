"""Every operation by itself: kept and not, with few clients and many, with one worker and two.

The requests are those of `benchmarks.mix`. A kept answer is that of one request over and over; so that none is kept,
each request is another one (`asked_anew`). What is asked by POST is never kept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from benchmarks.load import Figures, Request, asked_anew, requests_in_turn
from benchmarks.mix import read_operations
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Table
from benchmarks.servers import product
from benchmarks.turns import PER_SECOND, PERCENTILES, loaded, percentiles

CLIENTS = (1, 16, 64)
WORKERS = (1, 2)
TURN_SHARE = 0.2
"""A turn is so much of the others' turns: there are a dozen for every operation."""

WAYS: Mapping[str, Callable[[Sequence[Request]], Iterator[Request]]] = {
    "kept": lambda requests: requests_in_turn(requests[:1]),
    "not kept": asked_anew,
}

Case = tuple[str, int, int]
"""How it is asked, by how many clients, of how many workers."""


def measure(plan: Plan) -> list[Table]:
    """Load each operation in every case."""
    operations = {requests[0].name: requests for requests in read_operations(plan.settings)}
    measured: dict[Case, dict[str, Figures]] = {
        (way, clients, workers): {} for workers in WORKERS for way in WAYS for clients in CLIENTS
    }
    for workers in WORKERS:
        with product(workers) as server:
            for done, (name, requests) in enumerate(operations.items(), 1):
                # Unmeasured, a request of each client: the processes of ad-hoc SQL start with their first query.
                loaded(server, requests_in_turn(requests[:1]), clients=CLIENTS[-1], seconds=0, may_refuse=True)
                for way, in_order in WAYS.items():
                    turns = in_order(requests)
                    for clients in CLIENTS if way == "not kept" or not requests[0].body else ():
                        seconds = TURN_SHARE * plan.seconds
                        figures = loaded(server, turns, clients=clients, seconds=seconds, may_refuse=True)
                        measured[way, clients, workers][name] = figures
                plan.screen.count(f"operations, {_many(workers, 'worker')}", done, len(operations))
    return [_summary(measured), *(_by_operation(measured, way, workers) for workers in WORKERS for way in WAYS)]


def _summary(measured: Mapping[Case, Mapping[str, Figures]]) -> Table:
    return Table(
        title="Every operation by itself",
        sentence="The operation in the middle, and the worst one: fewest requests a second, and its 99th percentile. "
        "Kept is one request over and over, not kept another one each time. The generator shares the cores.",
        columns=[
            *("answers", "workers", "clients", f"median {PER_SECOND}", "median p50, ms", "median p99, ms"),
            *(f"worst {PER_SECOND}", "worst p99, ms", "the worst"),
        ],
        rows=[_summary_row(case, operations) for case, operations in measured.items()],
    )


def _summary_row(case: Case, operations: Mapping[str, Figures]) -> list[Cell]:
    way, clients, workers = case
    worst, figures = min(operations.items(), key=lambda item: item[1].per_second)
    middle: list[Cell] = [
        median(one.per_second for one in operations.values()),
        *(median(one.percentile(percent) for one in operations.values()) for percent in (50, 99)),
    ]
    return [way, workers, clients, *middle, figures.per_second, figures.percentile(99), f"`{worst}`"]


def _by_operation(measured: Mapping[Case, Mapping[str, Figures]], way: str, workers: int) -> Table:
    by_clients = [measured[way, clients, workers] for clients in CLIENTS]
    return Table(
        title=f"By operation, {way}, {_many(workers, 'worker')}",
        sentence=f"Figures with {', '.join(map(str, CLIENTS))} clients.",
        columns=["operation", *(f"{clients}: {what}" for clients in CLIENTS for what in (PER_SECOND, *PERCENTILES))],
        rows=[
            [f"`{name}`", *(cell for of in by_clients for cell in (of[name].per_second, *percentiles(of[name])))]
            for name in by_clients[0]
        ],
        is_long=True,
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


PART = Part("endpoints", "Every operation by itself", measure)
