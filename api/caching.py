"""HTTP caching: a published warehouse never changes, so one entity tag, and one answer to each question, is enough."""

from dataclasses import dataclass

from cachetools import LRUCache

# A new warehouse may be published at any moment: keep the answer, but ask whether it still holds.
CACHE_CONTROL = b"public, no-cache"
KEPT_BYTES = 32 * 2**20
LARGEST_KEPT = 256 * 2**10


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A good answer as it went out."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


class KeptAnswers:
    """The good answers that were asked for last, of one build; at most KEPT_BYTES of bodies and keys."""

    def __init__(self) -> None:
        self._answers: LRUCache[tuple[object, ...], KeptAnswer] = LRUCache(
            KEPT_BYTES, getsizeof=lambda a: len(a.body) + 2048
        )

    def get(self, key: tuple[object, ...]) -> KeptAnswer | None:
        """The answer to a question; None if it is not kept."""
        return self._answers.get(key)

    def keep(self, key: tuple[object, ...], answer: KeptAnswer) -> None:
        """Keep an answer, unless it is large; what nobody asked for longest goes."""
        if len(answer.body) <= LARGEST_KEPT:
            self._answers[key] = answer


def entity_tag(build_id: str) -> str:
    """The entity tag of all answers of a build: weak, since an answer has as many bytes as formats and codings."""
    return f'W/"{build_id}"'


def holds(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names the entity tag (weak comparison, as RFC 9110 asks for it)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
