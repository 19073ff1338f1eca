"""HTTP caching: a published warehouse never changes, so one entity tag, and one answer to each question, is enough."""

import asyncio
from dataclasses import dataclass

from cachetools import LRUCache

# A new warehouse may be published at any moment: keep the answer, but ask whether it still holds.
CACHE_CONTROL = b"public, no-cache"
KEPT_BYTES = 32 * 2**20
LARGEST_KEPT = 256 * 2**10
LONGEST_KEPT = 4 * 2**10
"""Bytes of a question: its path, query and headers."""
OVERHEAD = 4 * 2**10
"""Bytes that an answer takes besides what is in it, about."""

Question = tuple[bytes | str | None, ...]
"""What an answer depends on."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A good answer as it went out."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    operation: str
    """Which operation made it."""


class KeptAnswers:
    """The good answers that were asked for last, of one build; at most so many bytes with headers and questions.

    Of one event loop. What many ask at once is made once, and the others wait for it: so they do when a build is new.
    """

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._answers: LRUCache[Question, tuple[KeptAnswer, int]] = LRUCache(most_bytes, getsizeof=lambda kept: kept[1])
        self._under_way: dict[Question, asyncio.Event] = {}

    def get(self, question: Question) -> KeptAnswer | None:
        """The answer to a question; None if it is not kept."""
        kept = self._answers.get(question)
        return kept[0] if kept else None

    async def awaited(self, question: Question) -> KeptAnswer | None:
        """The answer to a question that is kept, or will be once somebody else who asks the same has it; else None."""
        kept = self.get(question)
        if kept is None and (done := self._under_way.get(question)):
            await done.wait()
            return self.get(question)
        return kept

    def begin(self, question: Question) -> bool:
        """Let others wait for the answer to a question until `end`; False if they wait for somebody else's already."""
        done = asyncio.Event()
        return self._under_way.setdefault(question, done) is done

    def end(self, question: Question) -> None:
        """Let nobody wait any longer: the answer is kept, or will not be."""
        self._under_way.pop(question).set()

    def keep(self, question: Question, answer: KeptAnswer) -> None:
        """Keep an answer, unless it or its question is large; what nobody asked for longest goes."""
        asked = sum(len(part) for part in question if part)
        if len(answer.body) <= LARGEST_KEPT and asked <= LONGEST_KEPT:
            said = sum(len(name) + len(value) for name, value in answer.headers)
            self._answers[question] = (answer, len(answer.body) + said + asked + OVERHEAD)


def entity_tag(build_id: str) -> str:
    """The entity tag of all answers of a build: weak, since an answer has as many bytes as formats and codings."""
    return f'W/"{build_id}"'


def holds(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names the entity tag (weak comparison, as RFC 9110 asks for it)."""
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
