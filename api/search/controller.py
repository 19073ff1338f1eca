"""One box for films, people and collections."""

from collections.abc import Sequence
from typing import Annotated, Literal

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.documentation import documented
from api.queries import Queries
from api.search.examples import JOHN_WICK
from api.search.schemas import Hit, SearchResults

Kind = Literal["movie", "person", "collection"]
KINDS: tuple[Kind, ...] = ("movie", "person", "collection")

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
    list[Kind] | None,
    QueryParameter(name="kind", description="Only these kinds, separated by commas; all unless given."),
]
Limit = Annotated[int, QueryParameter(ge=1, le=50, description="How many hits at most.")]


class SearchController(Controller):
    """Finds everything that has a name."""

    path = "/search"
    tags = ("Search",)

    @get(
        sync_to_thread=True,
        **documented("Films, people and collections by name", SearchResults, example=JOHN_WICK),
    )
    def search(
        self, queries: NamedDependency[Queries], text: Text, kinds: Kinds = None, limit: Limit = 10
    ) -> SearchResults:
        """Find by words or their beginnings, in any order, and say why each was found.

        Where nothing is found so, typos and missing spaces are forgiven.
        """
        return SearchResults(data=find(queries, text, kinds or KINDS, limit))


def find(queries: Queries, text: str, kinds: Sequence[str], limit: int) -> list[Hit]:
    """The best hits, at most `limit`; where nothing is found as it is typed, what is found with typos forgiven."""
    asked = {"q": text, "kinds": list(kinds), "limit": limit}
    return queries.all(Hit, "search", **asked, with_typos=False) or queries.all(Hit, "search", **asked, with_typos=True)
