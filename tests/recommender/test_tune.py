"""The search is repeatable, finds what was hidden, and its trials rank as the training does."""

from dataclasses import replace
from itertools import islice
from math import log
from pathlib import Path

import numpy as np
import pytest

from recommender.config import BLEND, CONTENT, Config, Prior, Years
from recommender.contenders import trained
from recommender.evaluate import read_judged
from recommender.trials import Trials
from recommender.tune import PLAIN, PLAIN_BLEND, Search, as_python, point_of, rounded, search, tune
from warehouse.connection import open_read_only

PLANTED = replace(
    PLAIN, weights=replace(PLAIN.weights, keyword=0.3, text=0.2, cast=0.07, director=0.07), prior=Prior(weight=0.05)
)


def shares(config: Config) -> list[float]:
    weights = config.weights
    named = [getattr(weights, field) for field in ("text", "genre", "keyword", "cast", "director", "collection")]
    all_shares = [*named, weights.language, weights.likes, config.years.weight, config.prior.weight]
    return [share / sum(all_shares) for share in all_shares]


def nearness(config: Config) -> float:
    """Greatest where the shares are those of PLANTED."""
    pairs = zip(shares(config), shares(PLANTED), strict=True)
    return -sum(log(own / wanted) ** 2 for own, wanted in pairs if wanted)


def test_the_search_finds_what_was_planted() -> None:
    steps = [step for step in islice(search(PLAIN, nearness, seed=1), 1500) if step]
    assert steps[0].value < -4
    assert steps[-1].value > -0.05
    assert shares(steps[-1].config) == pytest.approx(shares(PLANTED), abs=0.03)


def test_the_search_begins_at_numbers_of_its_own_and_not_at_what_is_shipped() -> None:
    assert {name: number for name, number in point_of(PLAIN).items() if not name.startswith("weights.")} == {
        "years.weight": 0.1,
        "years.scale_years": 10,
        "prior.weight": 0.2,
        "prior.era_share": 0.5,
        "prior.vote_mean_weight": 0.5,
        "least_content": 0.02,
    }
    assert {number for name, number in point_of(PLAIN).items() if name.startswith("weights.")} == {0, 0.1}


def test_a_director_in_common_suffices() -> None:
    for start in (PLAIN, PLAIN_BLEND):
        for step in islice(search(start, nearness, seed=2), 300):
            if step:
                assert step.config.least_content < step.config.weights.director
                assert rounded(step.config).least_content < rounded(step.config).weights.director
    assert CONTENT.least_content < CONTENT.weights.director
    assert BLEND.least_content < BLEND.weights.director


def test_each_step_is_better_and_the_same_seed_makes_the_same_ones() -> None:
    first, again, other = (list(islice(search(PLAIN, nearness, seed), 200)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    values = [step.value for step in first if step]
    assert values == sorted(set(values))


def test_what_is_not_weighed_stays_out() -> None:
    steps = [step for step in islice(search(PLAIN, nearness, seed=1), 100) if step]
    assert {step.config.weights.likes for step in steps} == {0}


def test_rounded_shares_add_up_to_one() -> None:
    for config in (PLAIN, PLANTED, PLAIN_BLEND):
        *_, last = (step for step in islice(search(config, nearness, seed=3), 50) if step)
        found = rounded(last.config)
        assert sum(shares(found)) == pytest.approx(1)
        weights = [getattr(found.weights, field) for field in found.weights.__slots__]
        assert sum(weights) + found.years.weight + found.prior.weight == pytest.approx(1, abs=1e-9)


def test_the_best_can_be_pasted() -> None:
    config = rounded(PLANTED)
    names = {"Config": Config, "FieldWeights": type(config.weights), "Years": Years, "Prior": Prior}
    assert eval(as_python(config), names) == config  # noqa: S307 - our own text


@pytest.mark.parametrize("config", [CONTENT, PLAIN])
def test_trials_rank_as_a_training_does(sample_warehouse: Path, config: Config) -> None:
    with open_read_only(sample_warehouse) as connection:
        panel, corpus = read_judged(connection, sample_warehouse)
    tried = Trials(panel, corpus, config).lists(config)
    # Sums in another order may swap films of all but equal scores.
    assert (tried == trained(panel, corpus, config, threads=1)).mean() > 0.99


def test_the_command_prints_steps_and_both_halves(sample_warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        tune(sample_warehouse, Search(trials=8, seed=4, with_ratings=True), threads=1)
        outputs.append([line for line in capsys.readouterr().out.splitlines() if not line.endswith(" s")])
    assert outputs[0] == outputs[1]
    assert any(line.startswith("found, by users it does not know") for line in outputs[0])
    tune(sample_warehouse, Search(trials=2), threads=1)
    text = capsys.readouterr().out
    assert "2 trials in" in text
    assert text.count("half of the users") == 4
    assert np.isfinite(float(text.split("found, by all")[1].split()[0]))
