"""The hyperparameters of the recommender, with their units and reasons.

The score of a film for another is a sum: one weighted cosine per field, a score for close release years, and a prior of
the recommended film. The weights are the maximum of each part and add up to 1, so scores are in [0, 1].

`make evaluate` measures the weights below, which come from a random search (docs/recommender-evaluation.md).
The field names are keys of the JSON in `recommender.model`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """Weight of each field, in the order of the term ids. A field adds its weight times the cosine of two films."""

    text: float = 0.131
    """Words of title, overview and tagline. Few of them are shared by two films, so most pairs get little of it."""

    genre: float = 0.101
    """Films with fewer genres than usual get less of it, because "drama" alone says little."""

    keyword: float = 0.123
    """Themes tagged by people; they describe a film best."""

    cast: float = 0.031
    """Low, because stars play in all kinds of films. At most a quarter of the keyword weight."""

    director: float = 0.031
    """Low, because a film usually has one director, so that a match gets all of it."""

    collection: float = 0.13
    """High enough to rank the other films of a collection first."""

    language: float = 0.1
    """Original language, unless more than `common_language_share` of the films share it."""

    likes: float = 0.0
    """Users who like both films; 0 trains without ratings."""


@dataclass(frozen=True, slots=True)
class Years:
    """Score of close release years: people tend to like films of the same period."""

    weight: float = 0.102
    """Score of two films released in the same year."""

    scale_years: float = 20.4
    """Difference in years that divides the score by e."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Score of a recommended film by itself: its number of votes relative to films of its time, and its mean vote."""

    weight: float = 0.251
    """Maximum prior; the minimum is 0."""

    range_logs: float = 12.0
    """Width of the range around 0, in natural logarithms of votes, that is mapped to [0, `weight`]."""

    era_share: float = 0.702
    """How much votes are compared with those of the film's time, 0 to 1. Old films have few votes."""

    era_years: int = 3
    """The film's time is its release year plus or minus this many years."""

    era_films: int = 100
    """Number of films of that time, those with the most votes, that the film is compared with."""

    vote_mean_weight: float = 0.479
    """Value of one point of the mean vote, in natural logarithms of votes."""

    assumed_vote_count: int = 50
    """Number of votes of `assumed_vote_mean` added to each film, so that a mean of few votes counts little."""

    assumed_vote_mean: float = 6.0
    """About the mean vote of all films, 0 to 10."""

    known_vote_count: float = 1000
    """Number of votes of a seed film from which the priors of other films count fully."""


@dataclass(frozen=True, slots=True)
class Config:
    """All hyperparameters. The same configuration and films give the same tables, bit for bit."""

    weights: FieldWeights = FieldWeights()
    years: Years = Years()
    prior: Prior = Prior()

    least_content: float = 0.028
    """Minimum content score of a recommended film: popularity and years alone recommend nothing."""

    least_content_share: float = 0.5
    """For films with few terms: share of the maximum content score that is sufficient instead."""

    neighbor_count: int = 50
    """Number of neighbors stored per film."""

    neighbor_films: int = 50_000
    """Number of films whose neighbors are stored, those with the most votes. It bounds the training time; the index
    computes the neighbors of other films on request."""

    cast_limit: int = 12
    """Number of people per film, in billing order."""

    cast_billing_power: float = 0.5
    """The person in position n of the billing counts n ** -power."""

    common_language_share: float = 0.5
    """Languages of a larger share of the films are ignored."""

    liked_rating: float = 4.0
    """Minimum MovieLens rating that counts as a like, 0.5 to 5."""

    likes_limit: int = 500_000
    """Maximum number of likes, those of the users with the lowest ids. The full MovieLens file has 25 times as many;
    they would triple the size of the warehouse and add little about well-known films."""

    likes_shrinkage: float = 80.0
    """Number of unshared likes added to each film, so that a few common likes count little."""


CONTENT = Config()
"""Trained without ratings."""

BLEND = Config(
    weights=FieldWeights(
        text=0.061, genre=0.053, keyword=0.098, cast=0.011, director=0.025, collection=0.103, language=0.07, likes=0.434
    ),
    years=Years(weight=0.042, scale_years=26.815),
    prior=Prior(weight=0.103, era_share=0.818, vote_mean_weight=0.995),
    least_content=0.012,
)
"""Trained with ratings: each MovieLens user is a term of the films they like. Years and priors have smaller weights,
because likes already reflect both."""
