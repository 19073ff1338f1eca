"""Storing, rendering and comparing results, and the command that does it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.build import Measurement, make_table
from benchmarks.report import HEADLINES, MEASUREMENTS_FILE, REPORT_FILE, render_report, replace_headlines
from benchmarks.results import (
    RESULTS_FILE,
    Part,
    PartResult,
    Plan,
    Ratio,
    Table,
    WarehouseInfo,
    encode_results,
    find_regressions,
    read_results,
)
from warehouse.errors import FilmotecaError

SPEED = Ratio.from_rounds("speed", [2.0, 2.2, 1.8])
DELAY = Ratio.from_rounds("delay", [1.0, 1.1, 1.05], "lower")


def make_result(*ratios: Ratio, films: int = 200) -> PartResult:
    rows: list[list[str | int | float | None]] = [["x|y", 1234], ["get /{id}", None]]
    return PartResult(
        title="A part",
        measured_on=date(2026, 1, 2),
        duration_seconds=1.5,
        turn_seconds=2,
        rounds=3,
        machine="2 cores",
        warehouse=WarehouseInfo(build_id="abc", films=films),
        tables=[Table(title="T", description="D.", columns=["a", "b, ms"], rows=rows, ratios=list(ratios))],
    )


STORED = make_result(SPEED, DELAY)


@pytest.mark.parametrize(
    ("baseline", "rounds", "is_worse"),
    [
        (SPEED, [1.4, 1.6], False),  # the best round is within the tolerance
        (SPEED, [1.4, 1.52], True),
        (SPEED, [9.0], False),
        (DELAY, [1.2, 1.5], False),
        (DELAY, [1.28, 1.5], True),
        (DELAY, [0.1], False),
    ],
)
def test_ratio_regresses_when_all_rounds_are_worse(baseline: Ratio, rounds: list[float], is_worse: bool) -> None:
    assert Ratio.from_rounds(baseline.name, rounds, baseline.better).is_worse_than(baseline) == is_worse


def test_worse_or_missing_ratio_and_other_data_are_regressions() -> None:
    slower = Ratio.from_rounds("speed", [1.4, 1.52])
    assert list(find_regressions("api", STORED, make_result(slower, DELAY))) == [
        "api: speed was 2.00 (1.80 to 2.20), is 1.46 (1.40 to 1.52); higher is better"
    ]
    (line,) = find_regressions("api", STORED, make_result(SPEED))
    assert line.startswith("api: delay is no longer measured.")
    (line,) = find_regressions("api", STORED, make_result(SPEED, DELAY, films=45_346))
    assert "for 200 films, this warehouse has 45,346" in line
    assert not list(find_regressions("api", make_result(SPEED), STORED))


def test_results_file_is_read_back_or_rejected(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(encode_results({"api": STORED}), "utf-8")
    assert read_results(tmp_path / "results.json") == {"api": STORED}
    assert '["get /{id}", null]\n' in (tmp_path / "results.json").read_text("utf-8")
    assert read_results(tmp_path / "missing.json") == {}
    (tmp_path / "results.json").write_text('{"api": 1}')
    with pytest.raises(FilmotecaError, match="is not a results file"):
        read_results(tmp_path / "results.json")


def test_committed_pages_match_the_committed_results() -> None:
    results = read_results(RESULTS_FILE)
    assert list(results) == list(command.PARTS)
    assert REPORT_FILE.read_text("utf-8") == render_report(results)
    page = MEASUREMENTS_FILE.read_text("utf-8")
    assert replace_headlines(page, results) == page
    assert page.count("RESULTS.md#") == len(HEADLINES)


Bench = Callable[..., int]


@pytest.fixture
def bench(sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The command with one part, `api`, that measures the given ratio; it writes into `tmp_path`."""
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(sample_warehouse))
    for name, file in (("RESULTS_FILE", "results.json"), ("REPORT_FILE", "RESULTS.md"), ("MEASUREMENTS_FILE", "m.md")):
        monkeypatch.setattr(command, name, tmp_path / file)
    (tmp_path / "m.md").write_text("# Measured\n<!-- by make bench -->\nold\n<!-- end -->\nAfter.\n")

    def run(*arguments: str, ratio: Ratio = SPEED) -> int:
        def measure(_plan: Plan) -> list[Table]:
            if ratio.name == "interrupt":
                raise KeyboardInterrupt
            return make_result(ratio).tables

        monkeypatch.setattr(command, "PARTS", {"api": Part("api", "A part", measure, is_quick=True)})
        return command.main(arguments)

    return run


def test_bench_stores_results_that_check_compares_and_interruption_keeps(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench() == 0
    assert read_results(tmp_path / "results.json")["api"].rounds == 5
    assert "| speed | 2.00 |" in (tmp_path / "RESULTS.md").read_text()
    assert (tmp_path / "m.md").read_text() == "# Measured\n<!-- by make bench -->\n<!-- end -->\nAfter.\n"
    assert bench("--check") == 0
    assert "no ratio got worse" in capsys.readouterr().out
    assert bench("--check", "api", ratio=Ratio.from_rounds("speed", [1.0])) == 1
    assert "speed was 2.00" in capsys.readouterr().out
    with pytest.raises(KeyboardInterrupt):
        bench(ratio=Ratio.from_rounds("interrupt", [1.0]))
    assert 'Continue with: make bench PART="api"' in capsys.readouterr().out
    assert "| speed | 2.00 |" in (tmp_path / "RESULTS.md").read_text()


def test_unknown_part_or_missing_results_are_errors(bench: Bench) -> None:
    with pytest.raises(FilmotecaError, match="has no results of api"):
        bench("--check")
    with pytest.raises(FilmotecaError, match=r"There is no part 'apy'\. The parts are api\."):
        bench("apy")


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_build_table_has_one_row_per_step_with_its_exponent(power: float) -> None:
    total = [Measurement(films, "total", 3 * (films / 1_000) ** power, 5_000_000) for films in (1_000, 100_000)]
    table = make_table([*total, Measurement(1_000, "checks", 0.1, None)])
    assert table.rows == [
        ["make build", "total", 3.0, 5.0, 3 * 100**power, 5.0, pytest.approx(power)],
        ["make build", "checks", 0.1, None, None, None, None],
    ]
    assert [ratio.name for ratio in table.ratios] == ["exponent of the total time"]
