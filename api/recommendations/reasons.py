"""Why a film is recommended: what the shared terms add to its score."""

from collections.abc import Iterable

from api.recommendations.schemas import Reason
from recommender.index import Contribution

LIKES = "likes"
"""The field of a model that was trained with ratings: each user is a term of the films that they like."""


def told(contributions: Iterable[Contribution]) -> list[Reason]:
    """The contributions, greatest first, as reasons; those of users who like both films are one reason together."""
    terms = list(contributions)
    users = [one.contribution for one in terms if one.field == LIKES]
    reasons = [
        Reason(field=one.field, term_key=one.key, term=one.term, contribution=one.contribution)
        for one in terms
        if one.field != LIKES
    ]
    if users:
        reasons.append(Reason(field=LIKES, term_key=None, term=str(len(users)), contribution=sum(users)))
        reasons.sort(key=lambda reason: -reason.contribution)
    return reasons
