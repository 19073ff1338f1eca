"""The random search for weights, on functions with a known maximum and on the sample."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from math import log
from pathlib import Path

import pytest

from recommender.baselines import trained_model
from recommender.config import BLEND, CONTENT, Config, Prior
from recommender.evaluate import read_evaluation_data
from recommender.protocol import measure
from tools.tune_recommender import (
    START,
    START_WITH_LIKES,
    create_objective,
    is_weight,
    main,
    round_weights,
    search,
    to_point,
)
from warehouse.connection import open_read_only

OPTIMUM = replace(
    START, weights=replace(START.weights, keyword=0.3, text=0.2, cast=0.07, director=0.07), prior=Prior(weight=0.05)
)


def weights(config: Config) -> dict[str, float]:
    values = {name: number for name, number in to_point(config).items() if is_weight(name)}
    return {name: number / sum(values.values()) for name, number in values.items()}


def closeness(config: Config) -> float:
    """Return 0 if the weights are those of OPTIMUM, less otherwise."""
    found, optimum = weights(config), weights(OPTIMUM)
    return -sum(log(found[name] / number) ** 2 for name, number in optimum.items() if number)


def improvements(start: Config, seed: int, trials: int) -> list[tuple[float, Config]]:
    """Return the distinct steps of a search."""
    steps: Iterator[tuple[float, Config]] = islice(search(start, closeness, seed), trials)
    return [step for value, step in {step[0]: step for step in steps}.items()]


def test_search_finds_maximum() -> None:
    steps = improvements(START, seed=1, trials=1500)
    assert steps[0][0] < -4
    assert steps[-1][0] > -0.05
    assert weights(steps[-1][1]) == pytest.approx(weights(OPTIMUM), abs=0.03)


def test_search_only_improves_and_is_deterministic() -> None:
    first, again, other = (improvements(START, seed, 200) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    values = [value for value, _ in first]
    assert values == sorted(values)


def test_search_never_uses_fields_of_weight_zero() -> None:
    assert {config.weights.likes for _, config in improvements(START, seed=1, trials=100)} == {0}


def test_start_is_independent_of_shipped_weights() -> None:
    assert set(to_point(START).values()) == {0.0, 0.02, 0.1, 0.2, 0.5, 10.0}


@pytest.mark.parametrize("start", [START, START_WITH_LIKES])
def test_shared_director_is_sufficient(start: Config) -> None:
    for _, config in improvements(start, seed=2, trials=300):
        assert config.least_content < config.weights.director
        assert round_weights(config).least_content < round_weights(config).weights.director


@pytest.mark.parametrize("config", [CONTENT, BLEND])
def test_shipped_least_content_is_below_director_weight(config: Config) -> None:
    assert config.least_content < config.weights.director


@pytest.mark.parametrize("start", [START, OPTIMUM, START_WITH_LIKES])
def test_rounded_weights_add_up_to_one(start: Config) -> None:
    point = to_point(round_weights(improvements(start, seed=3, trials=50)[-1][1]))
    assert sum(number for name, number in point.items() if is_weight(name)) == pytest.approx(1, abs=1e-9)


def test_objective_measures_the_lists_of_a_training(sample_warehouse: Path) -> None:
    with open_read_only(sample_warehouse) as connection:
        data, corpus = read_evaluation_data(connection)
    metrics = measure(data, data.lists_by_seed(trained_model(data, corpus, CONTENT, threads=1)))
    ndcg = metrics.ndcg_by_user[data.halves[0]].mean()
    value = create_objective(data, corpus, START, threads=1)(CONTENT)
    assert ndcg - 0.5 < value < ndcg
    assert value == pytest.approx(create_objective(data, corpus, CONTENT, threads=1)(CONTENT))


@pytest.mark.parametrize("arguments", [[], ["--with-ratings"]])
def test_command_prints_configuration(
    sample_warehouse: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["--database", str(sample_warehouse), "--trials", "3", *arguments]) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("trial 0: ")
    assert last.startswith("Config(weights=FieldWeights(text=")
