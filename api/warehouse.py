"""The builds of the warehouse that the service answers from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from api.caching import KeptAnswers, entity_tag
from api.queries import Queries
from warehouse.connection import open_read_only
from warehouse.settings import Settings

MEMORY_LIMIT = "256MB"
THREADS = 1


@dataclass
class Build:
    build_id: str
    queries: Queries
    answers: KeptAnswers = field(default_factory=KeptAnswers)

    @cached_property
    def etag(self) -> str:
        return entity_tag(self.build_id)


class Warehouse:
    def __init__(self, settings: Settings) -> None:
        queries = Queries(open_read_only(settings.published_file, memory_limit=MEMORY_LIMIT, threads=THREADS))
        self._build = Build(str(queries.rows("ready")[0]["build_id"]), queries)

    @contextmanager
    def pinned(self) -> Iterator[Build]:
        yield self._build

    def close(self) -> None:
        self._build.queries.close()
