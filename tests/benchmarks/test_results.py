"""What is measured is kept by part, shown as it is kept, and compared with more patience than the machine has noise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from benchmarks import __main__ as command
from benchmarks.headlines import HEADLINES, README_FILE, with_headlines
from benchmarks.machine import Data, Machine
from benchmarks.page import PAGE_FILE, in_order, page
from benchmarks.part import Part, Plan
from benchmarks.parts import PARTS
from benchmarks.regressions import regressions
from benchmarks.results import PartResult, Ratio, Table, encoded, read_results, shown, write_whole
from warehouse.errors import FilmotecaError

MACHINE = Machine(cores=2, memory_gigabytes=8, processor="a", kernel="b 1", versions={"Python": "3"})
SPEED = Ratio.of("speed", [2.0, 2.2, 1.8])
DELAY = Ratio.of("delay", [1.0, 1.1, 1.05], "lower")


def _result(*ratios: Ratio, films: int = 200) -> PartResult:
    table = Table(title="T", sentence="S.", columns=["a", "b"], rows=[["x|y", 1234], ["z", None]], ratios=list(ratios))
    return PartResult(
        title="A part",
        measured_on=date(2026, 1, 2),
        took_seconds=1.5,
        seconds=2,
        rounds=3,
        machine=MACHINE,
        data=Data(build_id="abc", films=films),
        tables=[table],
    )


KEPT = _result(SPEED, DELAY)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([2.0, 2.1], []),
        ([1.4, 1.52, 1.6], []),  # its best round is within the margin below the worst that is kept
        ([1.4, 1.52], ["floor: speed was 2.00 (1.80 to 2.20), is 1.46 (1.40 to 1.52); higher is better"]),
        ([9.0], []),
    ],
)
def test_more_is_better(now: list[float], told: list[str]) -> None:
    assert list(regressions("floor", KEPT, _result(Ratio.of("speed", now), DELAY))) == told


@pytest.mark.parametrize(("now", "is_told"), [([1.0], False), ([1.2, 1.5], False), ([1.28, 1.5], True), ([0.1], False)])
def test_less_is_better(now: list[float], is_told: bool) -> None:
    told = list(regressions("floor", KEPT, _result(SPEED, Ratio.of("delay", now, "lower"))))
    assert [line.split(" was ")[0] for line in told] == ["floor: delay"] * is_told


def test_what_cannot_be_compared_is_told() -> None:
    assert list(regressions("floor", KEPT, _result(SPEED))) == [
        "floor: delay is kept, but not measured any more; write new results: make bench PART=floor"
    ]
    (line,) = regressions("floor", KEPT, _result(SPEED, DELAY, films=45_346))
    assert "of 200 films, this warehouse has 45,346" in line


def test_a_new_ratio_is_no_regression() -> None:
    assert not list(regressions("floor", _result(SPEED), KEPT))


def test_results_are_read_as_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "results.json", encoded({"floor": KEPT}))
    assert read_results(tmp_path / "results.json") == {"floor": KEPT}
    assert read_results(tmp_path / "none.json") == {}
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_a_foreign_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text('{"floor": 1}')
    with pytest.raises(FilmotecaError, match="holds no results of `make bench`"):
        read_results(tmp_path / "results.json")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *((None, ""), (float("nan"), ""), ("x", "x"), (12_345, "12,345"), (0, "0")),
        *((0.0123, "0.012"), (0.5, "0.50"), (3.14159, "3.14"), (31.4159, "31.4"), (3141.59, "3,142")),
    ],
)
def test_figures_have_three_digits_that_count(cell: str | float | None, text: str) -> None:
    assert shown(cell) == text


def test_the_page_has_every_figure() -> None:
    text = page({"floor": KEPT})
    assert "| x\\|y | 1,234 |" in text
    assert "| speed | 2.00 | 1.80 to 2.20 | higher |" in text
    assert "Machine 1: 2 cores of a, 8 GB" in text
    assert "`make bench PART=floor`" in text


def test_the_page_and_readme_are_what_the_results_say() -> None:
    results = read_results()
    assert in_order(results) == results
    assert PAGE_FILE.read_text("utf-8") == page(results)
    readme = README_FILE.read_text("utf-8")
    assert with_headlines(readme, results) == readme
    measured = readme.partition("## Measured")[2].partition("\n## ")[0]
    assert measured.count("RESULTS.md#") == sum(headline.part in results for headline in HEADLINES)


def test_headlines_are_of_parts_that_exist() -> None:
    assert {headline.part for headline in HEADLINES} <= set(PARTS)


@pytest.fixture
def measuring(
    sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Ratio], Callable[..., int]]:
    """A command with one part, `floor`, that measures what it is given; it writes into a folder of its own."""
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(sample_warehouse))
    monkeypatch.setattr(command, "RESULTS_FILE", tmp_path / "results.json")
    monkeypatch.setattr(command, "PAGE_FILE", tmp_path / "RESULTS.md")
    monkeypatch.setattr(command, "README_FILE", tmp_path / "README.md")
    monkeypatch.setattr(command, "read_results", lambda: read_results(tmp_path / "results.json"))
    (tmp_path / "README.md").write_text("# Measured\n<!-- by make bench -->\n<!-- end -->\nAfter.\n")

    def prepared(ratio: Ratio) -> Callable[..., int]:
        def measure(_plan: Plan) -> list[Table]:
            return [Table(title="T", sentence="S.", columns=["a"], rows=[["x"]], ratios=[ratio])]

        parts: dict[str, Part] = {"floor": replace(PARTS["floor"], measure=measure)}
        monkeypatch.setattr(command, "PARTS", parts)
        # No headline is of this part's made-up figures.
        monkeypatch.setattr("benchmarks.headlines.HEADLINES", ())
        return lambda *arguments: command.main(arguments)

    return prepared


def test_measured_then_checked(
    measuring: Callable[[Ratio], Callable[..., int]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measuring(SPEED)() == 0
    assert msgspec.json.decode((tmp_path / "results.json").read_bytes())["floor"]["rounds"] == 5
    assert "| speed | 2.00 |" in (tmp_path / "RESULTS.md").read_text()
    assert (tmp_path / "README.md").read_text().endswith("| what | measured |\n|---|---|\n<!-- end -->\nAfter.\n")
    assert measuring(SPEED)("--check") == 0
    assert "no ratio got worse" in capsys.readouterr().out
    assert measuring(Ratio.of("speed", [1.0]))("--check", "floor") == 1
    assert "speed was 2.00" in capsys.readouterr().out
    assert "| speed | 2.00 |" in (tmp_path / "RESULTS.md").read_text()


def test_nothing_to_compare_with_is_told(measuring: Callable[[Ratio], Callable[..., int]]) -> None:
    with pytest.raises(FilmotecaError, match="has no floor to compare with: make bench PART=floor"):
        measuring(SPEED)("--check")


def test_an_unknown_part_is_told() -> None:
    with pytest.raises(FilmotecaError, match="there is no part 'flor'; there are build, transform"):
        command.main(["flor"])


def test_stopping_keeps_what_was_there(
    measuring: Callable[[Ratio], Callable[..., int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    measure = measuring(SPEED)
    measure()

    def stopped(_plan: Plan) -> list[Table]:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "PARTS", {"floor": replace(PARTS["floor"], measure=stopped)})
    with pytest.raises(KeyboardInterrupt):
        measure()
    assert 'make bench PART="floor" goes on' in capsys.readouterr().out
    assert "| speed | 2.00 |" in (tmp_path / "RESULTS.md").read_text()
