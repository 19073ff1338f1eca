"""One box for films, people and collections."""

from collections.abc import Sequence
from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.queries import Queries
from api.search.documentation import SEARCH_RESPONSES
from api.search.schemas import Hit, SearchResults

KINDS = ("movie", "person", "collection")
ANY_KIND = "|".join(KINDS)

Text = Annotated[
    str,
    QueryParameter(
        name="q",
        min_length=1,
        max_length=200,
        description="What is looked for: words of a title or name, in any script, or beginnings of them.",
        examples=[Example(value="matrix"), Example(value="jonh wick"), Example(value="8½"), Example(value="神隠し")],
    ),
]
Kinds = Annotated[
    str | None,
    QueryParameter(
        name="kind",
        pattern=rf"^({ANY_KIND})(,({ANY_KIND}))*$",
        description="Only these kinds, with commas between: movie, person, collection. Default: all.",
        examples=[Example(value="movie"), Example(value="person,collection")],
    ),
]
Limit = Annotated[int, QueryParameter(ge=1, le=50, description="How many hits at most.")]


PARAMETER_RULES = {
    "q": "`q` must be a text of 1 to 200 characters; for example, ?q=matrix.",
    "kind": "`kind` must be of movie, person and collection, with commas between; for example, ?kind=movie,person.",
    "limit": "`limit` must be a whole number from 1 to 50.",
}


class SearchController(Controller):
    """Finds everything that has a name."""

    path = "/v1/search"
    tags = ("Search",)

    @get(summary="Films, people and collections by name", responses=SEARCH_RESPONSES, sync_to_thread=True)
    def search(
        self, queries: NamedDependency[Queries], text: Text, kinds: Kinds = None, limit: Limit = 10
    ) -> SearchResults:
        """Find by words or their beginnings, in any order, and say why each was found.

        Where nothing is found so, typos and missing spaces are forgiven.
        """
        return SearchResults(data=find(queries, text, kinds.split(",") if kinds else KINDS, limit))


def find(queries: Queries, text: str, kinds: Sequence[str], limit: int) -> list[Hit]:
    """The best hits, at most `limit`; where nothing is found as it is typed, what is found with typos forgiven."""
    asked = {"q": text, "kinds": list(kinds), "limit": limit}
    return queries.all(Hit, "search", **asked, with_typos=False) or queries.all(Hit, "search", **asked, with_typos=True)
