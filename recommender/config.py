"""The hyperparameters of the recommender, with their units and reasons.

The score of a film for another is a sum: one weighted similarity per field, a score for close release years, and a
prior of the recommended film. The weights are the maximum of each part and add up to 1, so scores are in [0, 1].

`make evaluate` measures the weights below, which come from a random search (docs/recommender-evaluation.md).
The field names are keys of the JSON in `recommender.model`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """Weight of each field, in the order of the term ids. A field adds its weight times the similarity of two films."""

    text: float = 0.103
    """Words of title, overview and tagline. Few of them are shared by two films, so most pairs get little of it."""

    genre: float = 0.048
    """Films with fewer genres than usual get less of it, because "drama" alone says little."""

    keyword: float = 0.145
    """Themes tagged by people; they describe a film best."""

    cast: float = 0.075
    """Low, because stars play in all kinds of films."""

    director: float = 0.1
    """High, because people who like a film look for others of its director. Prolific directors get less: `Rarity`."""

    collection: float = 0.105
    """High enough to rank the other films of a collection first."""

    language: float = 0.075
    """Original language, unless more than `common_share` of the films share it."""

    country: float = 0.036
    """Production countries, with the same exception. They tell Argentine from Spanish films."""

    likes: float = 0.0
    """Users who like both films; 0 trains without ratings."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much less a term counts that many films have, beyond its inverse document frequency.

    What two films get for a shared term of n films is multiplied by (film_count / n) ** power, at most 1. A field of
    one term per film needs this, because the similarity of two films with the same term is otherwise 1 for any term.
    """

    film_count: int
    """Number of films up to which a term counts fully."""

    power: float
    """0 has no effect; 1 makes all terms of more films count the same in total."""


@dataclass(frozen=True, slots=True)
class Years:
    """Score of close release years: people tend to like films of the same period."""

    weight: float = 0.081
    """Score of two films released in the same year."""

    scale_years: float = 18.0
    """Difference in years that divides the score by e."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Score of a recommended film by itself: its number of votes relative to films of its time, and its mean vote."""

    weight: float = 0.232
    """Maximum prior; the minimum is 0."""

    range_logs: float = 12.0
    """Width of the range around 0, in natural logarithms of votes, that is mapped to [0, `weight`]."""

    era_share: float = 0.84
    """How much votes are compared with those of the film's time, 0 to 1. Old films have few votes."""

    era_years: int = 3
    """The film's time is its release year plus or minus this many years."""

    era_films: int = 100
    """Number of films of that time, those with the most votes, that the film is compared with."""

    vote_mean_weight: float = 0.59
    """Value of one point of the mean vote, in natural logarithms of votes."""

    assumed_vote_count: int = 50
    """Number of votes of `assumed_vote_mean` added to each film, so that a mean of few votes counts little."""

    assumed_vote_mean: float = 6.0
    """About the mean vote of all films, 0 to 10."""

    known_vote_count: float = 1000
    """Number of votes of a seed film from which the priors of other films count fully."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """Keeps the best known films out of most lists: each film's prior is reduced until few enough lists show it.

    See recommender/exposure.py.
    """

    max_list_share: float = 0.055
    """Share of the lists that may show the same film."""

    list_length: int = 10
    """Number of films per list."""

    seed_films: int = 1000
    """Number of films whose lists are counted, those with the most votes. A catalog of fewer films has no penalties."""

    candidates: int = 60
    """Number of films that compete for a place in a list."""

    passes: int = 20
    """Number of corrections of the penalties; the last half of them are half as large."""

    step: float = 0.01
    """Change of a penalty per pass, in units of the score, if a film is in e times as many lists as it may be."""


@dataclass(frozen=True, slots=True)
class Config:
    """All hyperparameters. The same configuration and films give the same tables, bit for bit."""

    weights: FieldWeights = FieldWeights()
    years: Years = Years()
    prior: Prior = Prior()
    exposure: Exposure = Exposure()

    director_rarity: Rarity = Rarity(film_count=4, power=0.5)
    """A prolific director has enough films to be in the list anyway."""

    place_rarity: Rarity = Rarity(film_count=100, power=0.25)
    """For languages and countries: an Argentine film says more about a taste than a French one."""

    least_content: float = 0.02
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

    cast_billing_power: float = 0.75
    """The person in position n of the billing counts n ** -power."""

    common_share: float = 0.25
    """Languages and countries of a larger share of the films are ignored."""

    liked_rating: float = 4.0
    """Minimum MovieLens rating that counts as a like, 0.5 to 5."""

    likes_limit: int = 500_000
    """Maximum number of likes, those of the users with the lowest ids. The full MovieLens file has 25 times as many;
    they would triple the size of the warehouse and add little about well-known films."""

    likes_shrinkage: float = 80.0
    """Number of unshared likes added to each film, so that a few common likes count little."""

    @property
    def rarities(self) -> dict[str, Rarity]:
        """The fields whose frequent terms count less."""
        return {"director": self.director_rarity, "language": self.place_rarity, "country": self.place_rarity}


CONTENT = Config()
"""Trained without ratings."""

BLEND = Config(
    weights=FieldWeights(
        text=0.035, genre=0.025, keyword=0.08, cast=0.046, director=0.06, collection=0.15, language=0.041,
        country=0.022, likes=0.41,
    ),
    years=Years(weight=0.031, scale_years=7.7),
    prior=Prior(weight=0.1, era_share=0.77, vote_mean_weight=0.635),
    likes_shrinkage=52.0,
)  # fmt: skip
"""Trained with ratings: each MovieLens user is a term of the films they like. Years and priors have smaller weights,
because likes already reflect both."""
