"""The documents of the search index, made from the rows of `marts.mart_search_documents`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from typing import Any, Literal

import msgspec
from duckdb import DuckDBPyConnection, DuckDBPyRelation

from search.text import NUMBERING_WORDS, fold, indexed_words, query_words
from warehouse.names import country_name, language_name

Kind = Literal["movie", "person", "collection", "company", "genre", "keyword"]
KINDS: tuple[Kind, ...] = ("movie", "person", "collection", "company", "genre", "keyword")
SuggestedKind = Kind | Literal["country", "language"]
"""The kinds that can be suggested for a misspelt name."""
BATCH_ROWS = 10_000
ARTICLES = frozenset(["the", "a", "an", "el", "la", "los", "las", "le", "les", "l", "il", "lo", "der", "die", "das"])
_COLLECTION_SUFFIX = " Collection"
_PUNCTUATION = re.compile(r"[\W_]+")


class Document(msgspec.Struct, array_like=True, frozen=True, kw_only=True, eq=False):
    """What the index stores about an entity."""

    kind: SuggestedKind
    entity_id: int
    names: list[str]
    """The name; the original title of a film if it differs; English and Spanish names of countries and languages."""
    release_year: int | None
    movie_count: int | None
    known_for_titles: list[str]
    vote_count: float
    name_words: list[tuple[str, ...]]
    """The indexed words of each name."""
    joined_names: list[str]
    """Each name without spaces, and without its article."""
    people_words: list[str]
    collection_words: tuple[str, ...]
    number: int | None
    """Number of a film in its collection."""
    initials: list[str]
    """Initials of the name and of the collection, with and without an article."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Document) and (self.kind, self.entity_id) == (other.kind, other.entity_id)

    def __hash__(self) -> int:
        return hash((self.kind, self.entity_id))


def read_documents(connection: DuckDBPyConnection) -> Iterator[Document]:
    """Yield the documents, those with most votes first."""
    documents = connection.table("marts.mart_search_documents")
    numbers = number_films(_read_rows(documents.filter("collection_position is not null")))
    for row in _read_rows(documents.order("vote_count desc, kind, entity_id")):
        yield _create_document(row, numbers.get(row["entity_id"]) if row["kind"] == "movie" else None)


def _read_rows(relation: DuckDBPyRelation) -> Iterator[dict[str, Any]]:
    names = relation.columns
    while rows := relation.fetchmany(BATCH_ROWS):
        yield from [dict(zip(names, values, strict=True)) for values in rows]


def number_films(films: Iterable[dict[str, Any]]) -> dict[int, int]:
    """Return the number of each film of collections in its collection.

    A number in a title counts if it follows the name of the collection. The other films get the remaining numbers by
    release date: Star Wars is number 4, because its prequels are Episode I to III.
    """
    films = sorted(films, key=lambda row: (row["collection_name"], row["collection_position"]))
    numbers: dict[int, int] = {}
    for _, group in groupby(films, key=lambda row: row["collection_name"]):
        collection = list(group)
        taken: dict[int, int] = {}
        for film in collection:
            number = _number_in_title(film["name"], film["collection_name"])
            if number and number <= len(collection) + 1:
                taken.setdefault(number, film["entity_id"])
        numbers |= {movie_id: number for number, movie_id in taken.items()}
        free = (number for number in count(1) if number not in taken)
        numbers |= {film["entity_id"]: next(free) for film in collection if film["entity_id"] not in numbers}
    return numbers


def _number_in_title(title: str, collection_name: str) -> int | None:
    """Return the first number that only words of the collection's name precede."""
    expected = {*query_words(collection_name), *NUMBERING_WORDS, "and", "the"}
    for word in query_words(title):
        if word.isdecimal() and len(word) < 3:
            return int(word)
        if word not in expected:
            return None
    return None


def _create_document(row: dict[str, Any], number: int | None) -> Document:
    names = _distinct(filter(None, [row["name"], row["original_title"], *_translations(row)]))
    is_collection = row["kind"] == "collection"
    searched = [name.removesuffix(_COLLECTION_SUFFIX) if is_collection else name for name in names]
    collection = (row["collection_name"] or "").removesuffix(_COLLECTION_SUFFIX)
    return Document(
        kind=row["kind"],
        entity_id=row["entity_id"],
        names=names,
        release_year=row["release_year"],
        movie_count=row["movie_count"],
        known_for_titles=row["known_for_titles"] or [],
        vote_count=row["vote_count"],
        name_words=[indexed_words(name) for name in searched],
        joined_names=_distinct(filter(None, _joined_names(searched))),
        people_words=_distinct(word for name in row["people_names"] or [] for word in indexed_words(name)),
        collection_words=indexed_words(collection),
        number=number,
        initials=[] if row["kind"] != "movie" else _distinct(_initials([*searched, collection])),
    )


def _translations(row: dict[str, Any]) -> list[str | None]:
    name_in = {"country": country_name, "language": language_name}.get(row["kind"])
    return [name_in(row["entity_code"], locale) for locale in ("en", "es")] if name_in else []


def _joined_names(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        words = query_words(name)
        yield "".join(words) or name.strip()
        yield _PUNCTUATION.sub("", fold(name))  # V/H/S, whose V is not a number
        if len(words) > 1 and words[0] in ARTICLES:
            yield "".join(words[1:])


def _initials(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        for part in (name, name.partition(":")[0]):
            words = query_words(part)
            for initials in (words, words[1:] if words and words[0] in ARTICLES else []):
                if len(initials) > 2:
                    yield "".join(word[0] for word in initials)


def _distinct(words: Any) -> list[str]:
    return list(dict.fromkeys(words))
