"""The search for the weights: random steps from a plain setting, each kept if it is better for half of the users.

Better means a greater nDCG, as long as sagas stay together and lists differ and show few strangers: the same famous
films for everything would raise the nDCG alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from recommender.config import BLEND, CONTENT, Config, FieldWeights, Prior, Years
from recommender.contenders import trained, without_likes_of
from recommender.evaluate import HEADER, MEMORY_LIMIT, Line, judge_twofold, read_judged
from recommender.protocol import Panel, judge
from recommender.structures import Corpus
from recommender.trials import Trials, objective
from recommender.vectorize import FIELDS
from warehouse.connection import open_read_only
from warehouse.screen import Screen

PLAIN = Config(
    weights=FieldWeights(**{field: 0.1 for field in FIELDS if field != "likes"}),
    years=Years(weight=0.1, scale_years=10.0),
    prior=Prior(weight=0.2, era_share=0.5, vote_mean_weight=0.5),
    least_content=0.02,
)
"""Where a search begins. Every number that is searched for stands here, so that what is shipped does not lead it."""
PLAIN_BLEND = replace(
    PLAIN, weights=replace(PLAIN.weights, likes=0.5), prior=Prior(weight=0.1, era_share=1.0, vote_mean_weight=0.5)
)
"""Likes count for almost as much as all else together. They say already which films everybody knows: so what speaks for
a film is how it stands among those of its years."""

SEARCHED = {
    "weights": FIELDS,
    "years": ("weight", "scale_years"),
    "prior": ("weight", "era_share", "vote_mean_weight"),
}
"""What is searched for, by part of the configuration, besides least_content. What is best for films that nobody knows
is not: nobody is asked about them."""
OF_KEYWORDS = {
    "weights.text": (0.5, np.inf),
    "weights.genre": (0.3, np.inf),
    "weights.cast": (0.0, 0.25),
    "weights.director": (0.0, 0.25),
}
"""How the weights of these fields must stand to that of the keywords, at least and at most. Whoever likes a film has
often seen what else its star plays in, so likes alone would have names outweigh all that a film is about: a war film
for Toy Story, both with Tom Hanks."""
MOST = {"prior.era_share": 1.0}
"""Above it, films would be held against their years for having been seen."""
OF_DIRECTOR = 0.9
"""How least_content must stand to the director's weight, at most: of many a little-known film the director is all that
is known and that others share, so this alone must suffice."""
FIRST_STEP, LEAST_STEP = 0.5, 0.05
"""Standard deviation of a step, as the logarithm of a factor: at first, and at least after many failures."""


@dataclass(frozen=True, slots=True)
class Search:
    """How long to search, and for what."""

    trials: int
    seconds: float | None = None
    """Ends it before the trials do; None leaves it to them."""
    seed: int = 1
    with_ratings: bool = False
    """Whether to search for the weights of a training with ratings."""


Point = dict[str, float]
"""By dotted name, every number that is searched for."""


@dataclass(frozen=True, slots=True)
class Step:
    """A trial that was better than all before it."""

    trial: int
    value: float
    config: Config
    changed: tuple[str, ...] = ()
    """Names of what was changed."""


def search(start: Config, value: Callable[[Config], float], seed: int) -> Iterator[Step | None]:
    """Yield the start, and then for each trial the step that it made, or None if it was no better. Never ends.

    A trial multiplies one number of the best configuration so far, sometimes two, by a random factor. What succeeds is
    varied more, what fails less. The same seed makes the same steps.
    """
    random = np.random.default_rng(seed)
    best = _scaled(point_of(start))
    start = _config(best, start)
    best_value = value(start)
    yield Step(0, best_value, start)
    varied = [name for name, number in best.items() if number > 0]
    sizes = dict.fromkeys(varied, FIRST_STEP)
    trial = 0
    while True:
        trial += 1
        names = random.choice(varied, size=1 + (random.random() < 0.3), replace=False).tolist()
        factors = {name: float(np.exp(random.normal(scale=sizes[name]))) for name in names}
        tried = _scaled({name: number * factors.get(name, 1) for name, number in best.items()})
        config = _config(tried, start)
        tried_value = value(config)
        is_better = tried_value > best_value
        for name in names:
            sizes[name] = min(1, sizes[name] * 1.2) if is_better else max(LEAST_STEP, sizes[name] * 0.93)
        if is_better:
            best, best_value = tried, tried_value
        yield Step(trial, best_value, config, tuple(names)) if is_better else None


def tune(database: Path, asked: Search, threads: int) -> None:
    """Print the steps, the best configuration as Python, and how it does beside the one that is shipped.

    Raises FilmotecaError as `evaluate` does.
    """
    screen = Screen()
    shipped, start = (BLEND, PLAIN_BLEND) if asked.with_ratings else (CONTENT, PLAIN)
    with open_read_only(database, memory_limit=MEMORY_LIMIT) as connection, screen.step("read films and likes"):
        panel, corpus = read_judged(connection, database)
    with screen.step("compare the films in each field"):
        tuning, _ = panel.halves
        learned = without_likes_of(corpus, panel.user_ids[tuning]) if asked.with_ratings else corpus
        trial_lists = Trials(panel, learned, start)
    begun = monotonic()
    best = Step(0, 0.0, start)
    print(f"\n{'trial':>6}{'value':>8}  changed")

    def value(config: Config) -> float:
        return objective(panel, trial_lists.lists(config), with_likes=asked.with_ratings)

    for trial, step in enumerate(search(start, value, asked.seed)):
        if step:
            changed = ", ".join(f"{name} {point_of(step.config)[name]:.3g}" for name in step.changed)
            screen.say(f"{step.trial:>6}{step.value:>8.4f}  {changed or 'the plain setting'}")
            best = step
        screen.count("trials", trial, asked.trials)
        if trial >= asked.trials or (asked.seconds and monotonic() - begun >= asked.seconds):
            print(f"{trial} trials in {monotonic() - begun:.0f} s")
            break
    found = rounded(best.config)
    print(f"\n{as_python(found)}\n\n{HEADER}")
    for name, config in (("shipped", shipped), ("found", found)):
        for line in _lines(name, config, panel, corpus, threads):
            print(line)


def rounded(config: Config) -> Config:
    """To thousandths of the score, which add up to 1; the greatest weight takes what is left over."""
    point = {name: round(number, 3) for name, number in point_of(config).items()}
    point["least_content"] = round(min(config.least_content, OF_DIRECTOR * point["weights.director"]), 3)
    shares = _shares(point)
    greatest = max(shares, key=lambda name: shares[name])
    point[greatest] = round(point[greatest] + 1 - sum(shares.values()), 3)
    return _config(point, config)


def as_python(config: Config) -> str:
    """To be pasted into config.py."""
    parts = asdict(config)
    searched = {
        part: ", ".join(f"{name}={parts[part][name]:g}" for name in names if parts[part][name] > 0)
        for part, names in SEARCHED.items()
    }
    return (
        f"Config(\n    weights=FieldWeights({searched['weights']}),\n    years=Years({searched['years']}),\n"
        f"    prior=Prior({searched['prior']}),\n    least_content={config.least_content:g},\n)"
    )


def _lines(name: str, config: Config, panel: Panel, corpus: Corpus, threads: int) -> Iterator[Line]:
    if config.weights.likes > 0:
        yield Line(f"{name}, by users it does not know", judge_twofold(panel, corpus, config, threads))
        return
    lists = trained(panel, corpus, config, threads)
    for half, users in zip(("tuning", "other"), panel.halves, strict=True):
        yield Line(f"{name}, by the {half} half of the users", judge(panel, lists, users))
    yield Line(f"{name}, by all", judge(panel, lists))


def point_of(config: Config) -> Point:
    """Every number that is searched for."""
    numbers = {
        f"{part}.{name}": float(getattr(getattr(config, part), name))
        for part, names in SEARCHED.items()
        for name in names
    }
    return {**numbers, "least_content": config.least_content}


def _config(point: Point, other: Config) -> Config:
    """The configuration at a point; what is not searched for is the other's."""
    parts: dict[str, dict[str, Any]] = {
        part: {name: point[f"{part}.{name}"] for name in names} for part, names in SEARCHED.items()
    }
    return replace(
        other,
        weights=FieldWeights(**parts["weights"]),
        years=replace(other.years, **parts["years"]),
        prior=replace(other.prior, **parts["prior"]),
        least_content=point["least_content"],
    )


def _shares(point: Point) -> Point:
    """What adds up to 1."""
    return {name: number for name, number in point.items() if name.startswith("weights.") or name.endswith(".weight")}


def _scaled(point: Point) -> Point:
    """The nearest point within OF_KEYWORDS, MOST and OF_DIRECTOR, by shares that add up to 1."""
    keyword = point["weights.keyword"]
    limited = {name: float(np.clip(point[name], *(keyword * np.array(of)))) for name, of in OF_KEYWORDS.items()}
    point = point | limited | {name: min(point[name], most) for name, most in MOST.items()}
    point["least_content"] = min(point["least_content"], OF_DIRECTOR * point["weights.director"])
    shares = _shares(point)
    total = sum(shares.values())
    return {
        name: number / total if name in shares or name == "least_content" else number for name, number in point.items()
    }
