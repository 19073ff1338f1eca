"""Every hyperparameter of the recommender, with its unit and its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """What each field adds at most to the cosine of two films that have every field: shares of 1.

    The order is that of the term ids. Chosen by how well neighbours agree with what MovieLens users like
    together, then by reading the answers for well-known films.
    """

    # Words of title, overview and tagline. Most are a film's own, so two films share little of this.
    text: float = 0.26

    # Low: thousands share a genre, and of many a film without an overview nothing else is known. With 0.1
    # such films crowd out those that have more in common.
    genre: float = 0.06

    # Themes, set by hand; but the most frequent name the production: "woman director", "independent film".
    keyword: float = 0.15

    # Spread over up to `cast_limit` people, so one shared star adds about a quarter of it.
    cast: float = 0.22

    # One name as a rule, so all of it counts at once: more, and a film's neighbours are its director's works.
    director: float = 0.14

    # All at once as well: enough to bring a saga together before anything else.
    collection: float = 0.17


@dataclass(frozen=True, slots=True)
class Config:
    """One frozen set of choices; the same one and the same films give the same tables, bit for bit."""

    weights: FieldWeights = FieldWeights()

    # Films kept per film.
    neighbor_count: int = 50

    # Nearest films of each film whose reasons are kept: as many as the service recommends.
    explained_neighbor_count: int = 5

    # Reasons kept for each: what a reader takes in at a glance.
    reason_count: int = 5

    # People per film, in billing order. Behind them stand walk-on parts, which say little of a film.
    cast_limit: int = 12

    # A person counts as billing ** -power: the 4th name half as much as the 1st.
    cast_billing_power: float = 0.5
