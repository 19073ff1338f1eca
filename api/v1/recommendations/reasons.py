"""Why a film is recommended: what the shared terms add to its score."""

from collections.abc import Iterable

from api.v1.recommendations.schemas import Reason
from recommender.taste import Contribution

LIKES = "likes"
"""The field of a model that was trained with ratings: each user is a term of the films that they like."""


def group_contributions(contributions: Iterable[Contribution]) -> list[Reason]:
    """Return the contributions as reasons, largest first; users who like both films form one reason."""
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
