"""How a build's time grows with the films, as the part `build` fits and shows it."""

import pytest

from benchmarks.build import IN_ALL, Measured, exponents, table


def steps(power: float, *sizes: int) -> list[Measured]:
    return [Measured(size, "make build", IN_ALL, 3 * (size / 1_000) ** power, 5_000_000) for size in sizes]


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_is_found(power: float) -> None:
    assert exponents(steps(power, 1_000, 10_000, 1_000_000)) == {("make build", IN_ALL): pytest.approx(power)}


def test_one_size_and_steps_of_no_time_have_none() -> None:
    short = [Measured(size, "make build", "checks", 0.1, None) for size in (1_000, 2_000)]
    assert exponents([*steps(1, 1_000), *short]) == {}


def test_sizes_stand_beside_each_other() -> None:
    made = table([*steps(1.0, 1_000, 10_000), Measured(1_000, "pandas", IN_ALL, 7.0, None)])
    assert made.columns == [
        "way",
        "step",
        "1,000 films, s",
        "1,000 films, MB",
        "10,000 films, s",
        "10,000 films, MB",
        "exponent",
    ]
    assert made.rows == [
        ["make build", IN_ALL, 3.0, 5.0, 30.0, 5.0, 1.0],
        ["pandas", IN_ALL, 7.0, None, None, None, None],
    ]
