"""The six kinds of entities that films list, and their differences."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import msgspec

from api.db.queries import Row
from api.lists.endpoint import ListEndpoint
from api.v1.entities import schemas


@dataclass(frozen=True)
class EntityKind:
    """A kind of entity; one set of queries serves them all."""

    name: str
    plural: str
    """The path under /v1 as well."""
    title: str
    """The name in a sentence."""
    movie_filter: str
    """The filter of /v1/movies that finds the films in `movie_count`."""
    schema: type[msgspec.Struct]

    @property
    def key(self) -> str:
        """The public field that identifies an entity."""
        return self.schema.__struct_fields__[0]

    @property
    def key_type(self) -> type[int] | type[str]:
        """The type of the key."""
        return str if self.key.endswith("_code") else int

    @property
    def key_column(self) -> str:
        """The column of `mart_entities` that holds the key."""
        return "entity_code" if self.key_type is str else "entity_id"

    @cached_property
    def listing(self) -> ListEndpoint:
        """The list of all entities of the kind; names are sorted by their keys, without accents."""
        fields = self.schema.__struct_fields__
        return ListEndpoint(
            query="list_entities",
            name=f"list_{self.plural}",
            item=self.schema,
            key=self.key,
            default_sort="-movie_count",
            sorts=fields,
            sort_columns={f"{self.name}_name": f"{self.name}_name_key"},
            renamed_columns={**self._public_names, "entity_name_key": f"{self.name}_name_key"},
        )

    @property
    def _public_names(self) -> dict[str, str]:
        return {self.key_column: self.key, "entity_name": f"{self.name}_name"}

    def to_code(self, text: str) -> str | None:
        """Return the code that a text may be, or None if entities of this kind have ids."""
        if self.key_type is int:
            return None
        return text.upper() if self.name == "country" else text.lower()

    def select(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows of this kind. The index finds the rows of all kinds with an id faster than those of one."""
        return [row for row in rows if row["entity_kind"] == self.name]

    def to_public(self, row: Row) -> Row:
        """Return the row with the public names of its columns."""
        return {self._public_names.get(name, name): value for name, value in row.items()}


KINDS = (
    EntityKind("genre", "genres", "genre", "genre", schemas.GenreTotals),
    EntityKind("company", "companies", "production company", "company", schemas.CompanyTotals),
    EntityKind("country", "countries", "production country", "country", schemas.CountryTotals),
    EntityKind("language", "languages", "language", "original_language", schemas.LanguageTotals),
    EntityKind("collection", "collections", "collection", "collection", schemas.CollectionTotals),
    EntityKind("keyword", "keywords", "keyword", "keyword", schemas.KeywordTotals),
)
KINDS_BY_NAME = {kind.name: kind for kind in KINDS}
