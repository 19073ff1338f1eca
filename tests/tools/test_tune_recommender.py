"""The random search for weights, on functions with a known maximum and on the sample."""

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


def improvements(start: Config, seed: int, trials: int) -> list[Config]:
    """Return the distinct steps of a search."""
    return list(dict(islice(search(start, closeness, seed), trials)).values())


def test_search_finds_maximum_deterministically_without_unused_fields() -> None:
    steps = improvements(START, seed=1, trials=1500)
    assert improvements(START, 1, 200) == improvements(START, 1, 200) != improvements(START, 2, 200)
    values = [closeness(config) for config in steps]
    assert values == sorted(values)
    assert values[0] < -4
    assert values[-1] > -0.05
    assert weights(steps[-1]) == pytest.approx(weights(OPTIMUM), abs=0.03)
    assert {config.weights.likes for config in steps} == {0}


def test_start_is_independent_of_shipped_weights() -> None:
    assert set(to_point(START).values()) == {0.0, 0.02, 0.1, 0.2, 0.5, 10.0}


@pytest.mark.parametrize("start", [START, START_WITH_LIKES])
def test_shared_director_is_sufficient(start: Config) -> None:
    for config in (CONTENT, BLEND, *improvements(start, seed=2, trials=300)):
        rounded = round_weights(config)
        assert config.least_content < config.weights.director
        assert rounded.least_content < rounded.weights.director
        total = sum(number for name, number in to_point(rounded).items() if is_weight(name))
        assert total == pytest.approx(1, abs=1e-9)


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
