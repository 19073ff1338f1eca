"""Search under /v1."""

from typing import Annotated

from litestar import Controller
from litestar.di import NamedDependency
from msgspec import Meta

from api.http.context import RequestContext
from api.v1.explain import ExplainParams, explainable_get
from api.v1.search.schemas import SearchHit, SearchResults
from search.documents import KINDS, Kind
from search.index import SearchIndex


class SearchParams(ExplainParams, frozen=True, kw_only=True):
    """What to search for."""

    q: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=200,
            description="Words of titles, names, years and collections, in any order and script.",
            examples=["matrix", "jonh wick", "spielberg jaws", "rocky 4", "神隠し"],
        ),
    ]
    kind: Annotated[list[Kind], Meta(description="Kinds, separated by commas; all by default.")] | None = None
    limit: Annotated[int, Meta(ge=1, le=50, description="Maximum number of hits.")] = 10


class SearchController(Controller):
    """Searches films, people, collections, companies, genres and keywords."""

    path = "/search"
    tags = ("Search",)

    @explainable_get("/", "Films, people and more by words", SearchResults, parameters=SearchParams)
    def search(self, context: NamedDependency[RequestContext]) -> SearchResults:
        """Find films by words of their title, people, year and collection, and everything else by its name.

        Numbers and numerals are the same, and a sequel is found by its number. Typos are allowed if nothing better
        matches. `matched` says what matched each word. Reads an index in memory, so `explain=sql` lists no query.
        """
        params: SearchParams = context.parameters
        hits = context.snapshot.resource(SearchIndex).search(params.q, params.kind or KINDS, params.limit)
        return SearchResults(data=[SearchHit.from_hit(hit) for hit in hits])
