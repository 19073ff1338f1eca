"""Pages of anything that can be listed: chosen fields, any sort, keyset pages, totals; or the whole, for export.

A listing is a query whose rows have a key.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Annotated, Any, get_type_hints

import msgspec
from litestar.di import Provide
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import UNSET, Meta, UnsetType

from api.db.queries import Queries, Row
from api.http.parameters import list_of, one_of, provide_from
from api.http.problems import ProblemError
from api.lists.cursors import Order, Place, rows_of
from api.lists.export import Export

MAX_LIMIT = 1000
DEFAULT_LIMIT = 50
MOST_LOOKUPS = 200
"""Rows up to which looking each up by an index is quicker than a scan of them all."""

Limit = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=MAX_LIMIT,
        description=f"Rows of a page; {DEFAULT_LIMIT} unless given. CSV, NDJSON, Parquet and Arrow answer all rows "
        "unless it is given.",
    ),
]
Cursor = Annotated[
    str | None,
    QueryParameter(
        min_length=1,
        max_length=2000,
        description="Where the page begins: `next_cursor` of the page before, with the same filters and sort.",
    ),
]
Total = Annotated[bool, QueryParameter(description="Whether to count all rows under the filters in force, as `total`.")]


class PageAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a listing, in which order, with which fields."""

    limit: Limit = None
    cursor: Cursor = None
    sort: str
    fields: list[str] | None = None
    total: Total = False


@dataclass(frozen=True)
class Listing:
    """What can be listed: a query, and how its rows are told apart and put in order."""

    query: str
    item: type[msgspec.Struct]
    """A row: its fields are columns of the query."""
    key: str | tuple[str, ...]
    """The column that no two rows share, or the columns that they do not share together."""
    default_sort: str
    sorts: tuple[str, ...]
    """The fields that rows can be sorted by."""
    orders: Mapping[str, str] = field(default_factory=dict)
    """Of a field whose order is not its own, the column that has it: a name is sorted by its key, without accents."""
    is_wide: bool = False
    """Whether a page's keys are chosen first and its rows then looked up by them, a key being of one column."""

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row."""
        return tuple(found.name for found in msgspec.structs.fields(self.item))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns of the key."""
        return (self.key,) if isinstance(self.key, str) else self.key

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.item, include_extras=True)

    def page_schema(self, **beside: Any) -> type[msgspec.Struct]:
        """The answer's type: rows of which `fields` may leave out all but the key, and what may stand beside them."""
        hints = self._hints
        optional = [
            (name, hints[name]) if name in self.keys else (name, hints[name] | UnsetType, UNSET) for name in self.fields
        ]
        name = self.item.__name__
        row = msgspec.defstruct(f"{name}Row", optional, kw_only=True, namespace={"__doc__": self.item.__doc__})
        return msgspec.defstruct(
            f"{name}Page",
            [
                ("data", Annotated[list[row], Meta(description="The rows of this page.")]),  # type: ignore[valid-type]
                (
                    "next_cursor",
                    Annotated[str | None, Meta(description="Where the next page begins; null at the end.")],
                ),
                ("total", Annotated[int, Meta(description="Rows of all pages, if asked.")] | UnsetType, UNSET),
                *((part, kind | UnsetType, UNSET) for part, kind in beside.items()),
            ],
            kw_only=True,
        )

    @cached_property
    def row_parameters(self) -> dict[str, Any]:
        """The types of the query parameters that choose the order and the fields of rows."""
        orders = tuple(order for name in self.sorts for order in (name, f"-{name}"))
        key = " with ".join(f"`{name}`" for name in self.keys)
        sort = QueryParameter(
            description="What to sort by; with `-` in front, from high to low. Unknown values come last, and "
            f"{key} decides among equals.",
            examples=[Example(value=self.default_sort)],
        )
        chosen = QueryParameter(description=f"The fields to answer, separated by commas; {key} always comes along.")
        return {
            "sort": Annotated[one_of(orders), sort],
            "fields": Annotated[list_of(self.fields) | None, chosen],
        }

    @cached_property
    def parameters(self) -> Provide:
        """The dependency `page`: PageAsked from the query parameters."""
        return provide_from(PageAsked, self.row_parameters, {"sort": self.default_sort})

    def page(self, queries: Queries, asked: PageAsked, parameters: Mapping[str, Any]) -> Row:
        """The answer to a request for a page: `data`, `next_cursor` and, if asked, `total`.

        Raises ProblemError 422 for a cursor of another question.
        """
        limit, columns = asked.limit or DEFAULT_LIMIT, self.keys if self.is_wide else self._fields(asked)
        found = self._found(asked, parameters, [*columns, f"{self._order(asked).column} as sort_value"], limit + 1)
        rows = queries.run(found.query, found.parameters, found.around)
        last = rows[limit - 1] if len(rows) > limit else None
        cursor = self._place_of(last, asked, parameters).cursor if last else None
        data = [{name: row[name] for name in columns} for row in rows[:limit]]
        if self.is_wide:
            data = self._looked_up(queries, asked, [row[self.keys[0]] for row in data])
        total = {"total": self.count(queries, parameters)} if asked.total else {}
        return {"data": data, "next_cursor": cursor, **total}

    def count(self, queries: Queries, parameters: Mapping[str, Any]) -> int:
        """How many rows there are under these parameters."""
        counted = queries.run(self.query, parameters, lambda text: rows_of(text, "count(*) as row_count"))
        return int(counted[0]["row_count"])

    def export(self, queries: Queries, asked: PageAsked, parameters: Mapping[str, Any]) -> Export:
        """All rows, or as many as asked, from the cursor on: what to run to have them one after another.

        Raises ProblemError 422 for a cursor of another question.
        """
        return self._found(asked, parameters, self._fields(asked), asked.limit)

    def _found(
        self, asked: PageAsked, parameters: Mapping[str, Any], columns: Sequence[str], limit: int | None
    ) -> Export:
        """The rows in the order asked, from the cursor on."""
        order, place = self._order(asked), self._place(asked, parameters)
        clauses = (order.after(place), order.by, "limit $row_limit" if limit else "")

        def around(text: str) -> str:
            return rows_of(text, ", ".join(columns), *clauses)

        bound = {**parameters, "row_limit": limit, **(place.parameters if place else {})}
        return Export(self.query, bound, around)

    def _looked_up(self, queries: Queries, asked: PageAsked, keys: Sequence[Any]) -> list[Row]:
        """The rows with these keys, in the order asked."""
        if not keys:
            return []
        bound, among = {"keys": list(keys)}, "$keys"
        if len(keys) <= MOST_LOOKUPS:
            bound = {f"key_{at}": value for at, value in enumerate(keys)}
            among = f"({', '.join(f'${name}' for name in bound)})"
        columns, clauses = ", ".join(self._fields(asked)), (f"where {self.key} in {among}", self._order(asked).by)
        return queries.run(self.query, bound, lambda text: rows_of(text, columns, *clauses))

    def _fields(self, asked: PageAsked) -> list[str]:
        chosen = asked.fields or self.fields
        return [name for name in self.fields if name in chosen or name in self.keys]

    def _order(self, asked: PageAsked) -> "Order":
        field_ = asked.sort.removeprefix("-")
        return Order(self.orders.get(field_, field_), self.keys, is_descending=asked.sort.startswith("-"))

    def _question(self, asked: PageAsked, parameters: Mapping[str, Any]) -> str:
        given = {name: value for name, value in sorted(parameters.items()) if value is not None}
        known = msgspec.json.encode([self.query, asked.sort, given])
        return hashlib.blake2b(known, digest_size=6).hexdigest()

    def _place_of(self, row: Row, asked: PageAsked, parameters: Mapping[str, Any]) -> Place:
        return Place(self._question(asked, parameters), row["sort_value"], tuple(row[name] for name in self.keys))

    def _place(self, asked: PageAsked, parameters: Mapping[str, Any]) -> Place | None:
        if asked.cursor is None:
            return None
        place = Place.of(
            asked.cursor, self._hints[asked.sort.removeprefix("-")], [self._hints[name] for name in self.keys]
        )
        if place is None or place.question != self._question(asked, parameters):
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "`cursor` is not one of this listing under these filters and this sort; right is the `next_cursor` "
                "of an answer, with the other parameters as they were. Without it, the listing begins anew.",
            )
        return place
