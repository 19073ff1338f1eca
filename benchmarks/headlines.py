"""The few figures that README.md shows, each taken from the results and leading to its part of the page."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.results import PartResult, Results, shown
from warehouse.settings import REPOSITORY_ROOT

README_FILE = REPOSITORY_ROOT / "README.md"
BEGIN, END = "<!-- by make bench -->\n", "<!-- end -->\n"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of the part, by its name."""

    name: str

    def of(self, result: PartResult) -> str:
        return shown(result.ratios[self.name].median)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the part: of the first table with such a column and a row that begins so."""

    row: tuple[str | int, ...]
    column: str

    def of(self, result: PartResult) -> str:
        for table in result.tables:
            if self.column in table.columns:
                for row in table.rows:
                    if tuple(row[: len(self.row)]) == self.row:
                        return shown(row[table.columns.index(self.column)])
        raise LookupError(f"{result.title} has no {self.row} with {self.column}")


@dataclass(frozen=True, slots=True)
class Headline:
    """A line of README's table."""

    part: str
    what: str
    said: str
    """With a place for each figure."""
    figures: tuple[Ratio | Cell, ...]


def _peer(question: str) -> Headline:
    asked = f"{question}, 16 clients: ours / "
    return Headline(
        "peers",
        f"{question}, 16 clients, beside Datasette and ROAPI",
        "{} and {} times their requests a second",
        (Ratio(f"{asked}datasette"), Ratio(f"{asked}roapi")),
    )


def _mix(what: str, way: str) -> Headline:
    columns = ("requests/s", "p50, ms", "p99, ms")
    said = "{} requests a second, p50 {} ms, p99 {} ms"
    return Headline("mix", what, said, tuple(Cell((way,), column) for column in columns))


HEADLINES = (
    Headline(
        "build",
        "a whole build of a million made-up films, everything tested and trained",
        "{} s and {} MB at peak; grows with the films to the power of {}",
        (
            Cell(("make build", "in all"), "1,000,000 films, s"),
            Cell(("make build", "in all"), "1,000,000 films, MB"),
            Ratio("exponent of in all"),
        ),
    ),
    Headline(
        "transform",
        "the transform's models, beside bare DuckDB that only reads, casts and writes",
        "{} times as long; {} with dbt's own start",
        (Ratio("dbt, its models alone / bare DuckDB"), Ratio("dbt, no tests / bare DuckDB")),
    ),
    Headline(
        "transform",
        "the same tables in pandas, beside the models",
        "{} times as long; {} with dbt's own start",
        (Ratio("pandas / dbt, its models alone"), Ratio("pandas / dbt, no tests")),
    ),
    Headline(
        "floor",
        "a film by its id, beside a bare handler: kept, 304, not kept",
        "{}, {} and {} times its requests a second",
        (Ratio("kept: ours / bare"), Ratio("304: ours / bare"), Ratio("not kept: ours / bare")),
    ),
    Headline(
        "api",
        "the process, one worker",
        "ready after {} s, {} MB resident",
        (Cell((), "ready after, s"), Cell((), "resident, MB")),
    ),
    Headline(
        "endpoints",
        "the operation in the middle, 16 clients: kept, not kept",
        "{} and {} requests a second",
        (
            Cell(("kept", 1, 16), "median requests/s"),
            Cell(("not kept", 1, 16), "median requests/s"),
        ),
    ),
    _mix("64 clients over everything, 20 questions of each operation again and again", "again and again"),
    _mix("the same, as people ask: some things often, most seldom", "as people ask"),
    _mix("the same, nothing asked twice", "nothing twice"),
    Headline(
        "soak",
        "memory over ten minutes of 64 clients: the tenth beside the third",
        "{} times, {} MB with ad-hoc SQL's processes",
        (Ratio("memory: minute 10 / minute 3"), Cell((10,), "resident, MB")),
    ),
    Headline(
        "search",
        "search, 400 questions of all kinds; one typo",
        "p50 {} ms, p95 {} ms; {} of them have what was meant among the first five",
        (Cell(("all",), "p50, ms"), Cell(("all",), "p95, ms"), Cell(("one typo",), "of five")),
    ),
    Headline(
        "recommender",
        "training on all films, all neighbours exactly",
        "{} s, {} MB at peak; grows with the films to the power of {}",
        (
            Cell(("all of it",), "s"),
            Cell(("all of it",), "MB at peak"),
            Ratio("exponent of the CPU time for all neighbours"),
        ),
    ),
    Headline(
        "recommendations",
        "recommendations for one film; for three, words, dislikes, filters and diversity together",
        "p95 {} and {} ms",
        (Cell(("one film",), "p95, ms"), Cell(("all together",), "p95, ms")),
    ),
    Headline(
        "original",
        "`score_titulo`, `nombre_actor`, `recomendacion`, 16 clients, beside FastAPI over pandas frames",
        "{}, {} and {} times its requests a second",
        tuple(
            Ratio(f"{question}, 16 clients: ours / original")
            for question in ("score_titulo", "nombre_actor", "recomendacion")
        ),
    ),
    *map(_peer, ("one film by id", "films by filter and sort", "facet counts", "title search", "10,000-row export")),
)


def with_headlines(readme: str, results: Results) -> str:
    """README's text with the figures between its marks written anew."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "".join([before, BEGIN, *_table(results), END, after])


def _table(results: Results) -> Iterator[str]:
    """A line for each headline that the results have."""
    yield "| what | measured |\n|---|---|\n"
    for headline in HEADLINES:
        with suppress(LookupError):  # a part that was not measured yet, or before it had this figure
            said = headline.said.format(*(figure.of(results[headline.part]) for figure in headline.figures))
            yield f"| [{headline.what}](benchmarks/RESULTS.md#{headline.part}) | {said} |\n"
