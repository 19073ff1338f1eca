"""The six kinds of entities that films list, and their differences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from api.db.queries import Row
from api.http.examples import described
from warehouse.names import find_code


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
    name_description: str
    example: tuple[Any, ...]
    """A key, its name and its totals: films, films with a known revenue, and the sum of their revenues."""
    key_description: str = "TMDB id; negative if TMDB gave none."

    @property
    def key_type(self) -> type[int] | type[str]:
        """The type of the key."""
        return str if self.key.endswith("_code") else int

    @property
    def fields(self) -> list[tuple[str, Any]]:
        """The fields of the key and the name."""
        key, name, *_ = self.example
        return [
            (self.key, Annotated[self.key_type, described(self.key_description, key)]),
            (f"{self.name}_name", Annotated[str | None, described(self.name_description, name)]),
        ]

    @property
    def public_names(self) -> dict[str, str]:
        """The public names of the columns of `mart_entities`."""
        key_column = "entity_code" if self.key_type is str else "entity_id"
        return {key_column: self.key, "entity_name": f"{self.name}_name"}

    def to_code(self, text: str) -> str | None:
        """Return the code that a text may be, or None if entities of this kind have ids."""
        if self.key_type is int:
            return None
        return find_code(self.name, text) or (text.upper() if self.name == "country" else text.lower())

    def select(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows of this kind. The index finds the rows of all kinds with an id faster than those of one."""
        return [row for row in rows if row["entity_kind"] == self.name]

    def to_public(self, row: Row) -> Row:
        """Return the row with the public names of its columns."""
        return {self.public_names.get(name, name): value for name, value in row.items()}


KINDS = (
    EntityKind(
        "genre", "genres", "genre", "genre_id", "genre",
        "Name, in English.", (18, "Drama", 20_234, 3675, 160_803_769_337),
    ),
    EntityKind(
        "company", "companies", "production company", "company_id", "company",
        "The name that most of its films give.", (3, "Pixar Animation Studios", 52, 18, 11_188_533_734),
    ),
    EntityKind(
        "country", "countries", "production country", "country_code", "country",
        "Name, in English.", ("AR", "Argentina", 254, 15, 212_219_548), "ISO 3166-1 alpha-2 code, upper case.",
    ),
    EntityKind(
        "language", "languages", "language", "language_code", "original_language",
        "Name, in the language itself.", ("es", "Español", 992, 95, 1_079_643_285),
        "ISO 639-1 code, lower case; xx means no language.",
    ),
    EntityKind(
        "collection", "collections", "collection", "collection_id", "collection",
        "Name.", (10194, "Toy Story Collection", 3, 3, 1_937_890_605),
    ),
    EntityKind(
        "keyword", "keywords", "keyword", "keyword_id", "keyword",
        "The keyword, in lower-case English.", (10051, "heist", 99, 36, 4_085_415_219),
    ),
)  # fmt: skip
KINDS_BY_NAME = {kind.name: kind for kind in KINDS}
