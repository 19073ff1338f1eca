"""Throughput, latency and memory of the API under load on all operations together."""

from collections.abc import Callable, Iterator
from itertools import cycle

from benchmarks.load_generator import LoadResult, Request, uncached
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from benchmarks.servers import CPU, PERCENTILES, THROUGHPUT, run_server
from benchmarks.workload import draw_zipf_requests, load_operations, shuffle_requests

CLIENTS = 64
REPEATED_REQUESTS = 20
"""Different requests per operation in the load whose responses all fit the cache."""
WARM_UP_TURNS, MIX_TURNS, SLICES = 2.5, 15, 6
ORDERS: dict[str, Callable[[list[list[Request]]], Iterator[Request]]] = {
    "repeated": lambda operations: cycle(shuffle_requests([one[:REPEATED_REQUESTS] for one in operations])),
    "Zipf-distributed": lambda operations: cycle(draw_zipf_requests(operations)),
    "uncached": lambda operations: uncached(shuffle_requests(operations)),
}


def measure(plan: Plan) -> list[Table]:
    """Load all operations in three orders, each on a server of its own."""
    rows: list[list[Cell]] = []
    ratios: list[Ratio] = []
    for name, order in ORDERS.items():
        with run_server() as server:
            requests = order(load_operations(plan.settings, server))
            slices, megabytes = [], [server.resident_megabytes]
            for turns in (WARM_UP_TURNS, *[MIX_TURNS / SLICES] * SLICES):
                seconds = turns * plan.turn_seconds
                slices.append(server.load(requests, clients=CLIENTS, seconds=seconds, may_reject=True))
                megabytes.append(server.resident_megabytes)
        total, (start, warm, *_, end) = LoadResult.sum(slices[1:]), megabytes
        figures = [total.throughput, total.rejected, total.cpu_milliseconds, *total.percentiles(50, 95, 99)]
        rows.append([name, *figures, start, warm, end])
        percentiles = [one.percentiles(99, 50) for one in slices[1:]]
        ratios.append(Ratio.from_rounds(f"{name}: p99 / p50", [high / low for high, low in percentiles], "lower"))
        ratios.append(Ratio.from_rounds(f"{name}: memory, end / warm", [end / warm], "lower"))
    return [
        Table(
            title="All operations together",
            description=f"{CLIENTS} clients, one worker, the same share for every operation. Repeated: "
            f"{REPEATED_REQUESTS} different requests per operation, all of them cached. Zipf-distributed: a few "
            "requests are frequent and most are rare. Uncached: every request is different. Rejected are only "
            "requests for ad-hoc SQL (429), when its queue is full.",
            columns=["requests", THROUGHPUT, "rejected", CPU, *PERCENTILES, "MB at start", "MB warm", "MB at end"],
            rows=rows,
            ratios=ratios,
        )
    ]


PART = Part("mix", "All operations together", measure)
