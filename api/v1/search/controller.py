"""Search under /v1."""

from typing import Annotated

from litestar import Controller
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.db.queries import Queries
from api.v1.explain import ExplainParams, explainable_get
from api.v1.search.find import find
from api.v1.search.index import SearchIndex
from api.v1.search.schemas import KINDS, Kind, SearchResults


class SearchParams(ExplainParams, frozen=True, kw_only=True):
    """What to search for."""

    q: Annotated[
        str,
        QueryParameter(
            min_length=1,
            max_length=200,
            description="Words of a title or name, in any script, or their beginnings.",
            examples=[Example(value=text) for text in ("matrix", "jonh wick", "8½", "神隠し")],
        ),
    ]
    kind: Annotated[list[Kind] | None, QueryParameter(description="Kinds, separated by commas; all by default.")] = None
    limit: Annotated[int, QueryParameter(ge=1, le=50, description="Maximum number of hits.")] = 10


class SearchController(Controller):
    """Searches films, people and collections by name."""

    path = "/search"
    tags = ("Search",)

    @explainable_get("/", "Films, people and collections by name", SearchResults, parameters=SearchParams)
    def search(
        self,
        queries: NamedDependency[Queries],
        search_index: NamedDependency[SearchIndex],
        params: NamedDependency[SearchParams],
    ) -> SearchResults:
        """Find names by words or their beginnings, in any order, and explain each match.

        Without a match, typos and missing spaces are allowed.
        """
        return SearchResults(data=find(queries, search_index, params.q, params.kind or KINDS, params.limit))
