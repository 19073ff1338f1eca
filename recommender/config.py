"""Every hyperparameter of the recommender, with its unit and its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What each field may add to a score, relative to the others; the order here is the order of term ids.

    A field's terms are scaled to this squared length before a film's fields are joined and brought to length 1.
    So between two films that have every field, a field with a tenth of the sum adds at most 0.1 to the cosine.
    """

    text: float = 0.18
    genre: float = 0.02
    keyword: float = 0.18
    cast: float = 0.26
    director: float = 0.14
    collection: float = 0.22


@dataclass(frozen=True, slots=True)
class Config:
    """One frozen set of choices; the same one and the same films give the same tables, bit for bit."""

    weights: FieldWeights = FieldWeights()

    # Films kept per film. The API shows 5 and pages to 50.
    neighbor_count: int = 50

    # People per film, in billing order. Beyond them stand walk-on parts, which say little of a film.
    cast_limit: int = 12

    # A person's weight falls with this power of the billing: the 4th name counts half of the first.
    cast_billing_power: float = 0.5
