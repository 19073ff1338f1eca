"""Sort orders as SQL. All column names come from the code; values of a request are bound as parameters."""

from dataclasses import dataclass

from api.lists.cursor import Cursor


@dataclass(frozen=True, slots=True)
class SortOrder:
    """A total order of rows: by a column, nulls last, then by the key."""

    column: str
    keys: tuple[str, ...]
    is_descending: bool

    @property
    def clause(self) -> str:
        """The `order by` clause."""
        direction = "desc" if self.is_descending else "asc"
        return f"order by {self.column} {direction} nulls last, {', '.join(self.keys)}"

    def after(self, cursor: Cursor | None) -> str:
        """Return the `where` clause for the rows after the cursor; empty without a cursor."""
        if cursor is None:
            return ""
        parameters = ", ".join(f"$after_key_{at}" for at, _ in enumerate(self.keys))
        is_key_after = f"({', '.join(self.keys)}) > ({parameters})"
        if cursor.sort_value is None:
            return f"where {self.column} is null and {is_key_after}"
        operator = "<" if self.is_descending else ">"
        return (
            f"where {self.column} {operator} $after_value or {self.column} is null "
            f"or ({self.column} = $after_value and {is_key_after})"
        )


def select_from(query: str, columns: str, *clauses: str) -> str:
    """Return SQL that selects columns from the rows of a query, with these clauses."""
    lines = [f"select {columns} from (", f"{query})", "as list_rows", *filter(None, clauses)]  # noqa: S608 - our own names
    return "\n".join(lines) + "\n"
