"""Ten minutes of 64 clients over everything: whether the memory grows.

Every other request is as people ask, so that what is kept is asked again and what is not pushes it out; those between
are never asked twice, so that each is computed.
"""

from itertools import chain

from benchmarks.load import asked_anew, requests_in_turn
from benchmarks.mix import CLIENTS, all_once, as_people_ask, read_operations
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from benchmarks.servers import product
from benchmarks.turns import PER_SECOND, PERCENTILES, loaded, percentiles

MINUTES = 10
TURNS = 30
"""So many turns long is a minute, if a turn is as long as usual."""
WARM = 3
"""Minutes after which every operation was asked hundreds of times, and the answers that are kept are complete."""


def measure(plan: Plan) -> list[Table]:
    """One server, and what it holds after each minute."""
    operations = read_operations(plan.settings)
    ways = zip(requests_in_turn(as_people_ask(operations)), asked_anew(all_once(operations)), strict=True)
    requests = chain.from_iterable(ways)
    rows: list[list[Cell]] = []
    megabytes = []
    with product() as server:
        for minute in range(1, MINUTES + 1):
            figures = loaded(server, requests, clients=CLIENTS, seconds=TURNS * plan.seconds, may_refuse=True)
            megabytes.append(server.resident_megabytes)
            rows.append([minute, figures.per_second, figures.refused, *percentiles(figures), megabytes[-1]])
            plan.screen.count("minutes", minute, MINUTES)
    grown = megabytes[-1] / megabytes[WARM - 1]
    return [
        Table(
            title="Memory over ten minutes",
            sentence=f"{CLIENTS} clients, one worker, all operations; half of the requests as people ask, half never "
            "asked before. Resident is the memory of all processes, those of ad-hoc SQL included.",
            columns=["minute", PER_SECOND, "refused", *PERCENTILES, "resident, MB"],
            rows=rows,
            ratios=[Ratio.of(f"memory: minute {MINUTES} / minute {WARM}", [grown], "lower")],
        )
    ]


PART = Part("soak", "Memory over ten minutes", measure)
