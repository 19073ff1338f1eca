"""The generic list endpoint: pages and exports of a query with selected fields, any sort and a keyset cursor."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any, get_type_hints

import msgspec

from api.db.queries import Queries, Row
from api.http.problems import ProblemError
from api.lists.export import Export
from api.lists.keyset import Position, decode_cursor, encode_cursor, rows_after
from api.lists.page_params import DEFAULT_LIMIT, PageParams

MAX_INDEX_LOOKUPS = 200
"""Rows up to which an index lookup per row is faster than a scan."""


@dataclass(frozen=True)
class ListEndpoint:
    """A query, by name, whose rows can be listed."""

    query: str
    item: type[msgspec.Struct]
    """The class of a row. Its fields are columns of the query."""
    key: str | tuple[str, ...]
    """The column, or the columns together, that identify a row."""
    default_sort: str
    sorts: tuple[str, ...]
    """The fields that the rows can be sorted by."""
    sort_columns: Mapping[str, str] = field(default_factory=dict)
    """The columns to sort by instead of a field itself: a name is sorted by its key without accents."""
    selects_keys_first: bool = False
    """Whether to select the keys of a page first and then its rows. Faster for wide rows; needs a single key column."""
    file_name: str | None = None
    """Name of exported files without their suffix; by default, the name of the query without `list_`."""
    renamed_columns: Mapping[str, str] = field(default_factory=dict)
    """Public names of the query's columns that have other names in SQL."""
    surrogate_keys: frozenset[str] = frozenset()
    """Parameters that other parameters determine, with keys of a build: a cursor does not depend on them."""

    @cached_property
    def fields(self) -> tuple[str, ...]:
        return self.item.__struct_fields__

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return (self.key,) if isinstance(self.key, str) else self.key

    @cached_property
    def field_types(self) -> dict[str, Any]:
        """The type of each field, with its metadata."""
        return get_type_hints(self.item, include_extras=True)

    def fetch_page(self, queries: Queries, params: PageParams, filters: Mapping[str, Any]) -> Row:
        """Return `data`, `next_cursor` and, if requested, `total`. `filters` are the parameters of the query.

        Raises ProblemError 422 if the cursor belongs to another request.
        """
        limit = params.limit or DEFAULT_LIMIT
        columns = self.keys if self.selects_keys_first else self._selected_fields(params)
        sort_value = f"{self._sort_column(params)} as sort_value"
        export = self._build_export(params, filters, [*columns, sort_value], limit + 1)
        rows = queries.run(export.query, export.parameters, export.wrap)
        page: Row = {"data": rows[:limit], "next_cursor": None}
        sort_values = [row.pop("sort_value") for row in rows]
        if len(rows) > limit:
            position = sort_values[limit - 1], tuple(rows[limit - 1][name] for name in self.keys)
            page["next_cursor"] = encode_cursor(self._digest(params, filters), position)
        if self.selects_keys_first:
            page["data"] = self._fetch_by_key(queries, params, [row[self.keys[0]] for row in page["data"]])
        if params.total:
            (count,) = queries.run(self.query, filters, lambda text: self._select(text, ["count(*) as row_count"]))
            page["total"] = count["row_count"]
        return page

    def export(self, params: PageParams, filters: Mapping[str, Any]) -> Export:
        """Return the export of all rows after the cursor, or of `limit` rows if there is a limit.

        Raises ProblemError 422 if the cursor belongs to another request.
        """
        return self._build_export(params, filters, self._selected_fields(params), params.limit)

    def _build_export(
        self, params: PageParams, filters: Mapping[str, Any], columns: Sequence[str], limit: int | None
    ) -> Export:
        clauses = [self._order_by(params), "limit $row_limit" if limit else ""]
        parameters = {**filters, "row_limit": limit}
        if params.cursor is not None:
            position = self._decode_cursor(params, params.cursor, filters)
            is_descending = params.sort.startswith("-")
            after, values = rows_after(position, self._sort_column(params), self.keys, is_descending=is_descending)
            clauses.insert(0, after)
            parameters |= values
        return Export(self.query, parameters, lambda text: self._select(text, columns, *clauses), self.file_name)

    def _fetch_by_key(self, queries: Queries, params: PageParams, keys: Sequence[Any]) -> list[Row]:
        if not keys:
            return []
        if len(keys) <= MAX_INDEX_LOOKUPS:
            parameters = {f"key_{at}": value for at, value in enumerate(keys)}
            key_list = f"({', '.join(f'${name}' for name in parameters)})"
        else:
            parameters, key_list = {"keys": keys}, "$keys"
        fields, clauses = self._selected_fields(params), (f"where {self.key} in {key_list}", self._order_by(params))
        return queries.run(self.query, parameters, lambda text: self._select(text, fields, *clauses))

    def _select(self, query: str, columns: Sequence[str], *clauses: str) -> str:
        """Return SQL that selects columns, by their public names, from the rows of a query, with these clauses."""
        if self.renamed_columns:
            names = ", ".join(f"{column} as {name}" for column, name in self.renamed_columns.items())
            query = f"select * rename ({names}) from (\n{query}) as list_rows\n"  # noqa: S608 - our own names
        lines = [f"select {', '.join(columns)} from (", f"{query})", "as list_rows", *filter(None, clauses)]  # noqa: S608
        return "\n".join(lines) + "\n"

    def _selected_fields(self, params: PageParams) -> list[str]:
        selected = {*(params.fields or self.fields), *self.keys}
        return [name for name in self.fields if name in selected]

    def _sort_column(self, params: PageParams) -> str:
        name = params.sort.removeprefix("-")
        return self.sort_columns.get(name, name)

    def _order_by(self, params: PageParams) -> str:
        direction = "desc" if params.sort.startswith("-") else "asc"
        return f"order by {self._sort_column(params)} {direction} nulls last, {', '.join(self.keys)}"

    def _decode_cursor(self, params: PageParams, cursor: str, filters: Mapping[str, Any]) -> Position:
        sort_type, *key_types = (self.field_types[name] for name in (params.sort.removeprefix("-"), *self.keys))
        position = decode_cursor(cursor, self._digest(params, filters), sort_type, key_types)
        if position is None:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "`cursor` does not belong to this list with these filters and this sort. Use the `next_cursor` of the "
                "previous page and the same other parameters, or leave `cursor` out to start at the first page.",
            )
        return position

    def _digest(self, params: PageParams, filters: Mapping[str, Any]) -> str:
        """Return a digest of what the rows and their order depend on."""
        names = sorted(filters.keys() - self.surrogate_keys)
        given = {name: filters[name] for name in names if filters[name] is not None}
        return hashlib.blake2b(msgspec.json.encode([self.query, params.sort, given]), digest_size=6).hexdigest()
