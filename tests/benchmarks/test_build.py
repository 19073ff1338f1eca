"""The table of the part `build` and the exponents fitted to it."""

import pytest

from benchmarks.build import TOTAL, Measurement, fit_exponents, make_table


def make_measurements(power: float, *sizes: int) -> list[Measurement]:
    return [Measurement(size, "make build", TOTAL, 3 * (size / 1_000) ** power, 5_000_000) for size in sizes]


def test_exponents_of_power_laws_are_fitted_if_steps_are_long_and_sizes_differ() -> None:
    for power in (0.5, 1.0, 2.0):
        exponents = fit_exponents(make_measurements(power, 1_000, 10_000, 1_000_000))
        assert exponents == {("make build", TOTAL): pytest.approx(power)}
    short = [Measurement(size, "make build", "checks", 0.1, None) for size in (1_000, 2_000)]
    assert fit_exponents([*make_measurements(1, 1_000), *short]) == {}


def test_table_has_one_row_per_step_and_two_columns_per_size() -> None:
    table = make_table([*make_measurements(1.0, 1_000, 10_000), Measurement(1_000, "pandas", TOTAL, 7.0, None)])
    rows = [["make build", TOTAL, 3.0, 5.0, 30.0, 5.0, 1.0], ["pandas", TOTAL, 7.0, None, None, None, None]]
    assert table.rows == rows
