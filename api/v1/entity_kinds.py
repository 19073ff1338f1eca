"""The six kinds of entities that films list, and their differences."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.db.queries import Row


@dataclass(frozen=True)
class EntityKind:
    """A kind of entity; one set of queries serves them all."""

    name: str
    plural: str
    """The path under /v1 as well."""
    title: str
    """The name in a sentence."""
    key: str
    """The public field that identifies an entity."""
    movie_filter: str
    """The filter of /v1/movies that finds the films in `movie_count`."""

    @property
    def key_type(self) -> type[int] | type[str]:
        """The type of the key."""
        return str if self.key.endswith("_code") else int

    @property
    def public_names(self) -> dict[str, str]:
        """The public names of the columns of `mart_entities`."""
        key_column = "entity_code" if self.key_type is str else "entity_id"
        return {key_column: self.key, "entity_name": f"{self.name}_name"}

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
        return {self.public_names.get(name, name): value for name, value in row.items()}


KINDS = (
    EntityKind("genre", "genres", "genre", "genre_id", "genre"),
    EntityKind("company", "companies", "production company", "company_id", "company"),
    EntityKind("country", "countries", "production country", "country_code", "country"),
    EntityKind("language", "languages", "language", "language_code", "original_language"),
    EntityKind("collection", "collections", "collection", "collection_id", "collection"),
    EntityKind("keyword", "keywords", "keyword", "keyword_id", "keyword"),
)
KINDS_BY_NAME = {kind.name: kind for kind in KINDS}
