"""The recommender's training, stage by stage, and how it grows; each training a process of its own."""

import sys

import msgspec

from benchmarks.growth import exponent
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from benchmarks.training import NEIGHBORS, NEIGHBORS_OF, VECTORS, Training
from recommender.config import CONTENT
from warehouse.errors import FilmotecaError
from warehouse.processes import run

GROWN = (1, 2, 5, 11)
"""As many made-up films as real ones, and so many times as many: from 45,000 to 500,000."""


def measure(plan: Plan) -> list[Table]:
    """Train on the real films, then on ever more made-up ones."""
    plan.screen.count("trainings", 0, len(GROWN) + 1)
    real, peak = trained(plan)
    grown = []
    for done, times in enumerate(GROWN, 1):
        plan.screen.count("trainings", done, len(GROWN) + 1)
        grown.append(trained(plan, "--films", str(real.films * times)))
    plan.screen.count("trainings", len(GROWN) + 1, len(GROWN) + 1)
    return [_stages(real, peak), _growth(grown)]


def trained(plan: Plan, *arguments: str) -> tuple[Training, int]:
    """One training, and the most bytes it held. Raises FilmotecaError with its words when it fails."""
    lines: list[str] = []
    command = (sys.executable, "-m", "benchmarks.training", str(plan.settings.published_file), *arguments)
    ended = run(command, folder=plan.settings.root, environment={}, on_line=lines.append)
    if ended.exit_code != 0:
        raise FilmotecaError("\n".join(lines) or f"{' '.join(command)} ended with code {ended.exit_code}")
    return msgspec.json.decode(lines[-1], type=Training), ended.peak_bytes


def _stages(training: Training, peak: int) -> Table:
    rows: list[list[Cell]] = [
        [stage.name, stage.seconds, stage.cpu_seconds, stage.peak_bytes / 1e6] for stage in training.stages
    ]
    whole: list[Cell] = [
        "all of it",
        sum(stage.seconds for stage in training.stages),
        sum(stage.cpu_seconds for stage in training.stages),
        peak / 1e6,
    ]
    return Table(
        title="A training",
        sentence=f"{training.films:,} films, {training.terms:,} terms, all neighbours exactly, on all cores; peak is "
        f"the most that the process has held until then. The index then recommends for a film within "
        f"{training.query_milliseconds:.2f} ms at the median.",
        columns=["stage", "s", "CPU, s", "MB at peak"],
        rows=[*rows, whole],
    )


def _growth(grown: list[tuple[Training, int]]) -> Table:
    films = [training.films for training, _ in grown]
    vectors = [training.cpu_seconds(VECTORS) for training, _ in grown]
    of_all = [training.cpu_seconds(NEIGHBORS) * training.films / training.neighbors_of for training, _ in grown]
    peaks = [float(peak) for _, peak in grown]
    return Table(
        title="How it grows",
        sentence=f"Made-up films: words drawn from the real texts, lists of real films, and people, collections and "
        f"directors as many times more. Neighbours are looked for of {NEIGHBORS_OF:,} films and reckoned for all. "
        "Exponents are fitted through all sizes: 1 is linear, 2 square. Comparing all films with all sets the limit: "
        f"so a training stores neighbours of the {CONTENT.neighbor_films:,} films with the most votes. For more, "
        "candidates would be found by an approximate index (HNSW) and scored exactly.",
        columns=[
            "films",
            "terms",
            "vectors, CPU s",
            "neighbours of a film, CPU ms",
            "neighbours of all, CPU s",
            "MB at peak",
        ],
        rows=[
            [training.films, training.terms, seconds, 1000 * all_seconds / training.films, all_seconds, peak / 1e6]
            for (training, _), seconds, all_seconds, peak in zip(grown, vectors, of_all, peaks, strict=True)
        ],
        ratios=[
            Ratio.of("exponent of the CPU time for vectors", [exponent(films, vectors)], "lower"),
            Ratio.of("exponent of the CPU time for all neighbours", [exponent(films, of_all)], "lower"),
            Ratio.of("exponent of the memory", [exponent(films, peaks)], "lower"),
        ],
    )


PART = Part("recommender", "The recommender: training and growth", measure)
