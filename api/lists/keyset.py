"""Keyset pagination: sort orders as SQL, and cursors with the position after the last row of a page.

All names in the SQL come from the code; values of a request are bound as parameters.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

Position = tuple[Any, tuple[Any, ...]]
"""The sort value and the key of a row."""


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

    def after(self, position: Position) -> tuple[str, dict[str, Any]]:
        """Return the `where` clause for the rows after a position, and its parameters."""
        value, key = position
        parameters = {"after_value": value, **{f"after_key_{at}": part for at, part in enumerate(key)}}
        is_key_after = f"({', '.join(self.keys)}) > ({', '.join(f'$after_key_{at}' for at in range(len(key)))})"
        if value is None:
            return f"where {self.column} is null and {is_key_after}", parameters
        operator = "<" if self.is_descending else ">"
        condition = (
            f"where {self.column} {operator} $after_value or {self.column} is null "
            f"or ({self.column} = $after_value and {is_key_after})"
        )
        return condition, parameters


def encode_cursor(request_digest: str, position: Position) -> str:
    """Return a cursor as URL-safe text. It is only valid for requests with this digest."""
    return base64.urlsafe_b64encode(msgspec.json.encode([request_digest, *position])).decode().rstrip("=")


def decode_cursor(text: str, request_digest: str, sort_type: Any, key_types: Sequence[Any]) -> Position | None:
    """Return the position of a cursor, whose values must have these types. Return None if the cursor is not valid."""
    type_ = tuple[str, sort_type | None, tuple[tuple(key_types)]]  # type: ignore[misc, valid-type]
    try:
        digest, value, key = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=type_)
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        return None
    fits_in_64_bits = all(not isinstance(part, int) or -(2**63) <= part < 2**63 for part in (value, *key))
    return (value, key) if digest == request_digest and fits_in_64_bits else None
