"""When a search forgives."""

from collections.abc import Sequence

from api.queries import Queries
from api.search.schemas import Hit

FEW_HITS = 3


def find(queries: Queries, text: str, kinds: Sequence[str], limit: int) -> list[Hit]:
    """The best hits, at most `limit`. Typos and missing spaces are forgiven where what is typed finds little.

    Never where it is somebody's or something's whole name, and where three hits are found as it stands: what is
    meant is most likely among them, and forgiving takes twice the time.
    """
    asked = {"q": text, "kinds": list(kinds), "limit": limit}
    hits = queries.all(Hit, "search", **asked, with_typos=False)
    if len(hits) >= min(limit, FEW_HITS) or any(hit.matched.how == "exact" for hit in hits):
        return hits
    return queries.all(Hit, "search", **asked, with_typos=True)
