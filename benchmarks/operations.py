"""Throughput and latency of all operations of the API: each alone, all together, and over ten minutes.

A cached response is measured by repeating one request; for an uncached one every request is different.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, cycle

import numpy as np

from benchmarks.load_generator import LoadResult, Request, uncached
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from benchmarks.servers import CPU, PERCENTILES, THROUGHPUT, Server, run_filmoteca
from benchmarks.workload import draw_zipf_requests, load_operations, shuffle_requests

CLIENTS = (1, 16, 64)
WORKERS = (1, 2)
OPERATION_TURNS = 0.2
"""Length of the load of one operation, in turns."""
CACHING: Mapping[str, Callable[[Sequence[Request]], Iterator[Request]]] = {
    "cached": lambda requests: cycle(requests[:1]),
    "uncached": uncached,
}
REPEATED_REQUESTS = 20
"""Different requests per operation in the load whose responses all fit the cache."""
WARM_UP_TURNS, MIX_TURNS, SLICES = 2.5, 15, 6
MINUTES, MINUTE_TURNS, WARM_MINUTES = 10, 30, 3
"""After the warm minutes every operation was called hundreds of times and the response cache is full."""

Case = tuple[str, int, int]
"""Caching, workers and clients."""


def measure_each(plan: Plan) -> list[Table]:
    """Load each operation alone, cached and uncached, with one worker and two."""
    results: dict[Case, dict[str, LoadResult]] = {
        (caching, workers, clients): {} for workers in WORKERS for caching in CACHING for clients in CLIENTS
    }
    for workers in WORKERS:
        with run_filmoteca(workers) as server:
            for requests in load_operations(plan.settings, server):
                # Warm up: the workers of ad-hoc SQL start with their first query.
                server.load(cycle(requests[:1]), clients=CLIENTS[-1], seconds=0, may_reject=True)
                for caching, order in CACHING.items():
                    if caching == "cached" and requests[0].body:
                        continue  # responses to POST are never cached
                    ordered = order(requests)
                    for clients in CLIENTS:
                        seconds = OPERATION_TURNS * plan.turn_seconds
                        result = server.load(ordered, clients=clients, seconds=seconds, may_reject=True)
                        results[caching, workers, clients][requests[0].name] = result
    details = [_details(results, caching, workers) for workers in WORKERS for caching in CACHING]
    return [_summary(results), *details]


def _summary(results: Mapping[Case, Mapping[str, LoadResult]]) -> Table:
    rows: list[list[Cell]] = []
    for (caching, workers, clients), operations in results.items():
        slowest, result = min(operations.items(), key=lambda item: item[1].throughput)
        figures = np.array([[one.throughput, *one.percentiles(50, 99)] for one in operations.values()])
        middle = [float(median) for median in np.median(figures, axis=0)]
        rows.append([caching, workers, clients, *middle, result.throughput, *result.percentiles(99), f"`{slowest}`"])
    return Table(
        title="Each operation alone",
        description="The median of all operations, and the slowest operation. The load generator shares the cores.",
        columns=[
            *("responses", "workers", "clients", f"median {THROUGHPUT}", "median p50, ms", "median p99, ms"),
            *(f"lowest {THROUGHPUT}", "its p99, ms", "slowest operation"),
        ],
        rows=rows,
    )


def _details(results: Mapping[Case, Mapping[str, LoadResult]], caching: str, workers: int) -> Table:
    by_clients = [results[caching, workers, clients] for clients in CLIENTS]
    return Table(
        title=f"By operation, {caching}, workers: {workers}",
        description=f"With {', '.join(map(str, CLIENTS))} clients.",
        columns=["operation", *(f"{clients}: {what}" for clients in CLIENTS for what in (THROUGHPUT, *PERCENTILES))],
        rows=[
            [f"`{name}`", *chain.from_iterable(_figures(operations[name]) for operations in by_clients)]
            for name in by_clients[0]
        ],
        is_collapsed=True,
    )


def _figures(result: LoadResult) -> list[float]:
    return [result.throughput, *result.percentiles(50, 95, 99)]


def measure_mix(plan: Plan) -> list[Table]:
    """Load all operations together in three ways, each on a server of its own."""
    rows: list[list[Cell]] = []
    ratios: list[Ratio] = []
    orders: dict[str, Callable[[list[list[Request]]], Iterator[Request]]] = {
        "repeated": lambda operations: cycle(shuffle_requests([one[:REPEATED_REQUESTS] for one in operations])),
        "Zipf-distributed": lambda operations: cycle(draw_zipf_requests(operations)),
        "uncached": lambda operations: uncached(shuffle_requests(operations)),
    }
    for name, order in orders.items():
        with run_filmoteca() as server:
            requests, start = order(load_operations(plan.settings, server)), server.resident_megabytes
            _, [warm] = _load_slices(plan, server, requests, [WARM_UP_TURNS])
            slices, megabytes = _load_slices(plan, server, requests, [MIX_TURNS / SLICES] * SLICES)
        total, end = LoadResult.sum(slices), megabytes[-1]
        figures = [total.throughput, total.rejected, total.cpu_milliseconds, *total.percentiles(50, 95, 99)]
        rows.append([name, *figures, start, warm, end])
        percentiles = [one.percentiles(99, 50) for one in slices]
        ratios.append(Ratio.from_rounds(f"{name}: p99 / p50", [high / low for high, low in percentiles], "lower"))
        ratios.append(Ratio.from_rounds(f"{name}: memory, end / warm", [end / warm], "lower"))
    return [
        Table(
            title="All operations together",
            description=f"{CLIENTS[-1]} clients, one worker, the same share for every operation. Repeated: "
            f"{REPEATED_REQUESTS} different requests per operation, all of them cached. Zipf-distributed: a few "
            "requests are frequent and most are rare. Uncached: every request is different. Rejected are only "
            "requests for ad-hoc SQL (429), when its queue is full.",
            columns=["requests", THROUGHPUT, "rejected", CPU, *PERCENTILES, "MB at start", "MB warm", "MB at end"],
            rows=rows,
            ratios=ratios,
        )
    ]


def _load_slices(
    plan: Plan, server: Server, requests: Iterator[Request], turns: Sequence[float]
) -> tuple[list[LoadResult], list[float]]:
    """Return the result of a load of each length, and the memory after each."""
    slices, megabytes = [], []
    for length in turns:
        seconds = length * plan.turn_seconds
        slices.append(server.load(requests, clients=CLIENTS[-1], seconds=seconds, may_reject=True))
        megabytes.append(server.resident_megabytes)
    return slices, megabytes


def measure_soak(plan: Plan) -> list[Table]:
    """Load one server for ten minutes and watch its memory."""
    with run_filmoteca() as server:
        operations = load_operations(plan.settings, server)
        pairs = zip(cycle(draw_zipf_requests(operations)), uncached(shuffle_requests(operations)), strict=True)
        slices, megabytes = _load_slices(plan, server, chain.from_iterable(pairs), [MINUTE_TURNS] * MINUTES)
    growth = megabytes[-1] / megabytes[WARM_MINUTES - 1]
    return [
        Table(
            title="Memory over ten minutes",
            description=f"{CLIENTS[-1]} clients, one worker, all operations; every other request is Zipf-distributed, "
            "the rest are uncached. Resident memory is the sum of all processes, including those of ad-hoc SQL.",
            columns=["minute", THROUGHPUT, "rejected", *PERCENTILES, "resident, MB"],
            rows=[
                [minute, result.throughput, result.rejected, *result.percentiles(50, 95, 99), resident]
                for minute, (result, resident) in enumerate(zip(slices, megabytes, strict=True), 1)
            ],
            ratios=[Ratio.from_rounds(f"memory: minute {MINUTES} / minute {WARM_MINUTES}", [growth], "lower")],
        )
    ]


PARTS = (
    Part("endpoints", "Each operation alone", measure_each),
    Part("mix", "All operations together", measure_mix),
    Part("soak", "Memory over ten minutes", measure_soak),
)
