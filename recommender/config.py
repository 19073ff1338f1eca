"""Every hyperparameter of the recommender, with its unit and its reason.

The score of a film for another is a sum: a cosine for each field of terms, the closeness of their years, and a prior
of the recommended film. The weights say what each part adds at most and add up to 1, so a score lies in [0, 1].

`python -m recommender tune` searches for the weights and finds those below; `evaluate` measures them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What each field adds at most: the cosine of two films' terms times this. The order is that of the term ids."""

    text: float = 0.131
    """Words of title, overview and tagline. Most are a film's own, so two films share little of this."""

    genre: float = 0.101
    """Thousands share a genre. A film of fewer than usual has less of it: little is said by "drama" alone."""

    keyword: float = 0.123
    """Themes, set by hand: they say most of what a film is like."""

    cast: float = 0.031
    """Low: a star plays in everything, so the search may take a quarter of what keywords have."""

    director: float = 0.031
    """Low as well: one name as a rule, so all of it counts at once."""

    collection: float = 0.13
    """All at once as well: enough to bring a saga together before anything else."""

    language: float = 0.1
    """The original language, unless it is one that most films have: it says little of a film."""

    likes: float = 0.0
    """Users who like both films: 0 leaves ratings out."""


@dataclass(frozen=True, slots=True)
class Years:
    """Films of the same years are liked together, whatever they are about."""

    weight: float = 0.102
    """What two films of the same year get."""

    scale_years: float = 20.4
    """Each so many years between them divide it by e."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What speaks for a film whoever asks: how many voted for it, compared with its years, and how well."""

    weight: float = 0.251
    """What a film at the top of the range gets; one at its bottom gets 0."""

    range_logs: float = 12.0
    """The range: from half of it below 0 to half of it above, in natural logarithms of votes."""

    era_share: float = 0.702
    """How far votes are compared with those of the film's years: 0 not at all, 1 wholly. Few people have voted for old
    films, and those that they did vote for are the ones to recommend."""

    era_years: int = 3
    """The years of a film reach so far before and after its own."""

    era_films: int = 100
    """So many films of these years, those with most votes, are what it is compared with."""

    vote_mean_weight: float = 0.479
    """What a point of the mean vote counts, in natural logarithms of votes."""

    assumed_vote_count: int = 50
    """So many votes of `assumed_vote_mean` are added to each film's, so that few votes say little."""

    assumed_vote_mean: float = 6.0
    """About the mean vote of all films, 0 to 10."""

    known_vote_count: float = 1000
    """For a film with so many votes the priors of others count wholly, for one with fewer less."""


@dataclass(frozen=True, slots=True)
class Config:
    """One frozen set of choices; the same one and the same films give the same tables, bit for bit."""

    weights: FieldWeights = FieldWeights()
    years: Years = Years()
    prior: Prior = Prior()

    least_content: float = 0.028
    """What a film must share to be recommended, as a part of the score: fame and years alone recommend nothing."""

    least_content_share: float = 0.5
    """Of a film of which little is known, this share of what is known of it suffices."""

    neighbor_count: int = 50
    """Films kept per film."""

    neighbor_films: int = 50_000
    """Films whose neighbours are stored, those with the most votes: finding them takes time that grows with these films
    times all films, so of all it would be the square. Any other film's are found when it is asked for."""

    cast_limit: int = 12
    """People per film, in billing order. Behind them stand walk-on parts, which say little of a film."""

    cast_billing_power: float = 0.5
    """A person counts as billing ** -power: the 4th name half as much as the 1st."""

    common_language_share: float = 0.5
    """A language that a greater share of the films has is no term."""

    liked_rating: float = 4.0
    """A user likes a film that they rate so high or higher, 0.5 to 5."""

    likes_limit: int = 500_000
    """Likes read at most, of the users of lowest ids: those of 10,000 people or so. The full MovieLens file holds 25
    times as many; they would make the warehouse three times as large, and say little more of films that many know."""

    likes_shrinkage: float = 80.0
    """Likes that nobody shares, added to each film's own: a few likes in common say little."""


CONTENT = Config()
"""Without ratings."""

BLEND = Config(
    weights=FieldWeights(
        text=0.061, genre=0.053, keyword=0.098, cast=0.011, director=0.025, collection=0.103, language=0.07, likes=0.434
    ),
    years=Years(weight=0.042, scale_years=26.815),
    prior=Prior(weight=0.103, era_share=0.818, vote_mean_weight=0.995),
    least_content=0.012,
)
"""With the likes of MovieLens users as one more field: each user is a term of the films that they like. People's likes
say already what is known and of which years, so both count for less."""
