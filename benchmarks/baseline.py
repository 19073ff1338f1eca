"""Compares the API with minimal handlers (`benchmarks.baseline_server`) that return the same data."""

from collections.abc import Mapping
from contextlib import ExitStack
from itertools import cycle

from benchmarks.baseline_server import BODY, PARAMETER, SQL
from benchmarks.load_generator import LoadResult, Request
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from benchmarks.servers import CPU, THROUGHPUT, run_server
from warehouse.connection import open_read_only

CLIENTS = 16


def measure(plan: Plan) -> list[Table]:
    """Load the API and the minimal handlers in turn."""
    with open_read_only(plan.settings.published_file) as connection:
        rows = connection.execute("select movie_id from marts.dim_movies order by movie_id <> 862, hash(movie_id)")
        movie_ids = [movie_id for (movie_id,) in rows.fetchall()]
    with ExitStack() as stack:
        filmoteca = stack.enter_context(run_server())
        first = Request(f"/v1/movies/{movie_ids[0]}")
        headers, body = filmoteca.fetch(first)
        sql = filmoteca.fetch_json("/v1/queries/get_movie")["sql"]
        environment = {BODY: body.decode("utf-8"), SQL: sql, PARAMETER: "movie_id"}
        baseline = stack.enter_context(
            run_server(module="benchmarks.baseline_server", ready_path="/body", environment=environment)
        )
        cases = {
            "cached": ([first], [Request("/body")]),
            "304": (
                [Request(first.path, {"If-None-Match": headers["ETag"]}, status=304)],
                [Request("/not-modified", status=304)],
            ),
            "uncached": (
                [Request(f"/v1/movies/{movie_id}") for movie_id in movie_ids],
                [Request(f"/row/{movie_id}") for movie_id in movie_ids],
            ),
        }
        results: dict[str, dict[str, list[LoadResult]]] = {name: {"Filmoteca": [], "baseline": []} for name in cases}
        for name, (ours, theirs) in cases.items():
            targets = {"Filmoteca": (filmoteca, cycle(ours)), "baseline": (baseline, cycle(theirs))}
            for _ in range(plan.rounds):  # in turns, so that a noisy machine affects both alike
                for target, (server, requests) in targets.items():
                    results[name][target].append(server.load(requests, clients=CLIENTS, seconds=plan.turn_seconds))
    return [_table(results)]


def _table(results: Mapping[str, Mapping[str, list[LoadResult]]]) -> Table:
    rows: list[list[Cell]] = []
    ratios = []
    for name, by_server in results.items():
        totals = [LoadResult.sum(rounds) for rounds in by_server.values()]
        rows.append([name, *(figure for total in totals for figure in (total.throughput, total.cpu_milliseconds))])
        pairs = list(zip(*by_server.values(), strict=True))
        throughput = [ours.throughput / theirs.throughput for ours, theirs in pairs]
        cpu = [ours.cpu_milliseconds / theirs.cpu_milliseconds for ours, theirs in pairs]
        ratios.append(Ratio.from_rounds(f"{name}: Filmoteca / baseline", throughput))
        ratios.append(Ratio.from_rounds(f"{name}: Filmoteca / baseline, CPU", cpu, "lower"))
    return Table(
        title="A film by its id, and a minimal handler",
        description=f"{CLIENTS} clients, one worker each: the same bytes from memory, a 304, and the row of the same "
        "SQL for another film each time. Ratios are of requests per second, or of CPU time.",
        columns=["response", *(f"{who}, {what}" for who in ("Filmoteca", "baseline") for what in (THROUGHPUT, CPU))],
        rows=rows,
        ratios=ratios,
    )


PART = Part("baseline", "Beside a minimal handler", measure, is_quick=True)
