"""What somebody likes, and how to choose among what suits them, as query parameters."""

from typing import Annotated

import msgspec
from litestar.params import QueryParameter

from api.http.parameters import filters_of, query_parameter
from api.lists.schemas import row_params
from api.v1.explain import ExplainParams
from api.v1.movies.filters import MAX_VALUES, MovieId, Names, movie_filters_except
from api.v1.recommendations.listing import RECOMMENDED

MOST_RECOMMENDED = 100
DEFAULT_RECOMMENDED = 10
MOST_REASONS = 1000
DEFAULT_REASONS = 5

SEEDS = ("like", "q", "like_person", "like_genre")
"""The parameters that say what is liked: one of them at least is given."""

_NAMES = "Names or ids, separated by commas; a name that several bear stands for all of them."

_PARAMETERS = {
    "like": query_parameter(
        list[MovieId], "Films that are liked, by their ids.", [862, 597], max_items=MAX_VALUES
    ),
    "q": query_parameter(
        str,
        "What is liked, in any words: those of films' titles, overviews and taglines, and the keywords, genres and "
        "people that they name.",
        "a heist in Paris with a twist",
        min_length=1,
        max_length=1000,
    ),
    "like_person": query_parameter(
        Names, f"Actors and directors who are liked. {_NAMES}", ["Tom Hanks"], max_items=MAX_VALUES
    ),
    "like_genre": query_parameter(Names, f"Genres that are liked. {_NAMES}", ["Thriller"], max_items=MAX_VALUES),
    "dislike": query_parameter(
        list[MovieId], "Films that are disliked, by their ids: what a film shares with them takes away half of what it "
        "would add if they were liked.", [550], max_items=MAX_VALUES,
    ),
    "exclude": query_parameter(
        list[MovieId], "Films not to recommend, by their ids, such as those that are seen already.", [863],
        max_items=1000,
    ),
}  # fmt: skip

TasteAsked = filters_of("TasteAsked", _PARAMETERS)


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """How to choose among the films that suit a taste, and what to say of them."""

    limit: Annotated[int, QueryParameter(ge=1, le=MOST_RECOMMENDED, description="Films to recommend.")] = (
        DEFAULT_RECOMMENDED
    )
    diversity: Annotated[
        float,
        QueryParameter(
            ge=0,
            le=1,
            description="0 recommends the films of the greatest score; the nearer to 1, the less alike they are "
            "(maximal marginal relevance). The first film is the same for any.",
        ),
    ] = 0.0
    novelty: Annotated[
        float,
        QueryParameter(
            ge=0, le=1, description="How much less the fame of a film counts: with 0 wholly, with 1 not at all."
        ),
    ] = 0.0
    one_per_collection: Annotated[
        bool, QueryParameter(description="Whether to recommend only the best film of each collection.")
    ] = False
    reasons: Annotated[
        int,
        QueryParameter(
            ge=0,
            le=MOST_REASONS,
            description="Reasons to give for each film; what the other shared terms add is `other_terms_score`.",
        ),
    ] = DEFAULT_REASONS
    sort: str
    fields: list[str] | None = None


_ROW_PARAMS = row_params(RECOMMENDED)


def recommendation_params(*used_names: str) -> type[msgspec.Struct]:
    """Return the class of the query parameters: the groups `taste`, `filters` and `choice`.

    The filters with the names that the operation uses otherwise are left out.
    """
    choice = msgspec.defstruct(
        "Choice",
        [("sort", _ROW_PARAMS["sort"], RECOMMENDED.default_sort), ("fields", _ROW_PARAMS["fields"], None)],
        bases=(Choice,),
        frozen=True,
        kw_only=True,
    )
    groups = [("taste", TasteAsked), ("filters", movie_filters_except(*used_names)), ("choice", choice)]
    return msgspec.defstruct("RecommendationParams", groups, bases=(ExplainParams,), frozen=True, kw_only=True)
