"""Keyset pagination: cursors with the position after the last row of a page, and the SQL that continues there.

All names in the SQL come from the code; values of a request are bound as parameters.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec

Position = tuple[Any, tuple[Any, ...]]
"""The sort value and the key of a row."""


def rows_after(
    position: Position, column: str, keys: Sequence[str], *, is_descending: bool
) -> tuple[str, dict[str, Any]]:
    """Return the `where` clause for the rows after a position, and its parameters.

    The rows are sorted by the column, nulls last, then by their keys.
    """
    value, key = position
    parameters = {"after_value": value, **{f"after_key_{at}": part for at, part in enumerate(key)}}
    is_key_after = f"({', '.join(keys)}) > ({', '.join(f'$after_key_{at}' for at in range(len(key)))})"
    if value is None:
        return f"where {column} is null and {is_key_after}", parameters
    is_after = f"{column} {'<' if is_descending else '>'} $after_value"
    return f"where {is_after} or {column} is null or ({column} = $after_value and {is_key_after})", parameters


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
