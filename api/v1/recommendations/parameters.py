"""Query parameters of recommendations: what is liked, and how to rank the films."""

from typing import Annotated

import msgspec
from msgspec import Meta

from api.http.parameters import filters_of, query_parameter
from api.lists.schemas import add_row_params
from api.v1.explain import ExplainParams
from api.v1.movies.filters import MAX_VALUES, MovieId, Names, movie_filters_except
from api.v1.recommended_movies import DEFAULT_REASONS, MAX_RECOMMENDATIONS, RECOMMENDATIONS

MAX_REASONS = 1000

SEEDS = ("like", "q", "like_person", "like_genre")
"""The parameters that say what is liked; at least one is required."""

_NAMES = "Names or ids, separated by commas; a name of several people or genres means all of them."
_TEXT = (
    "What is wanted, in words: genres, nationalities, themes, moods, decades, people, and `movies like X`, "
    "`something like X but Y` and `without Z`. Films that match everything come first."
)
_DISLIKE = "Ids of disliked films. A term shared with them subtracts half of what it adds if shared with a liked film."

TasteParams = filters_of(
    "TasteParams",
    {
        "like": query_parameter(list[MovieId], "Ids of liked films.", [862, 597], max_length=MAX_VALUES),
        "q": query_parameter(str, _TEXT, "a heist in Paris", min_length=1, max_length=1000),
        "like_person": query_parameter(Names, f"Liked people. {_NAMES}", ["Tom Hanks"], max_length=MAX_VALUES),
        "like_genre": query_parameter(Names, f"Liked genres. {_NAMES}", ["Thriller"], max_length=MAX_VALUES),
        "dislike": query_parameter(list[MovieId], _DISLIKE, [550], max_length=MAX_VALUES),
        "exclude": query_parameter(list[MovieId], "Ids of films already seen.", [863], max_length=1000),
    },
)

_DIVERSITY = "How much the films should differ: 0 ranks by score alone; the first film is always the same."
_NOVELTY = "How much to ignore a film's popularity: 0 not at all, 1 completely."
_COLLECTIONS = "Whether to recommend one film per collection."
_REASONS = "Reasons per film. The contribution of other shared terms is `other_terms_score`."


class RankingParams(msgspec.Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=MAX_RECOMMENDATIONS, description="Films to recommend.")] = 10
    diversity: Annotated[float, Meta(ge=0, le=1, description=_DIVERSITY)] = 0.0
    novelty: Annotated[float, Meta(ge=0, le=1, description=_NOVELTY)] = 0.0
    one_per_collection: Annotated[bool, Meta(description=_COLLECTIONS)] = False
    reasons: Annotated[int, Meta(ge=0, le=MAX_REASONS, description=_REASONS)] = DEFAULT_REASONS
    sort: str
    fields: list[str] | None = None


def recommendation_params(*used_names: str) -> type[msgspec.Struct]:
    """Return the class of the query parameters: the groups `taste`, `filters` and `ranking`.

    Args:
        used_names: Names of film filters that the operation uses otherwise.
    """
    ranking = add_row_params(RankingParams, RECOMMENDATIONS)
    groups = [("taste", TasteParams), ("filters", movie_filters_except(*used_names)), ("ranking", ranking)]
    return msgspec.defstruct("RecommendationParams", groups, bases=(ExplainParams,), frozen=True, kw_only=True)
