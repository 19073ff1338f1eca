"""Keyset cursors: the position after the last row of a page."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec


class Cursor(msgspec.Struct, frozen=True, array_like=True):
    """The sort value and the key of the last row of a page."""

    request_digest: str
    """Digest of the list, its filters and its sort. A cursor is only valid for the same request."""
    sort_value: Any
    key: tuple[Any, ...]

    def encode(self) -> str:
        """Return the cursor as URL-safe text."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, sort_type: Any, key_types: Sequence[Any]) -> "Cursor | None":
        """Parse a cursor whose values must have these types. Return None if it is not valid."""
        try:
            cursor = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=cls)
            sort_value = msgspec.convert(cursor.sort_value, sort_type | None)
            key = tuple(msgspec.convert(part, type_) for part, type_ in zip(cursor.key, key_types, strict=True))
        except (ValueError, binascii.Error, msgspec.MsgspecError):
            return None
        is_valid = all(_fits_in_64_bits(value) for value in (sort_value, *key))
        return cls(cursor.request_digest, sort_value, key) if is_valid else None

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the SQL condition that `SortOrder.after` returns."""
        return {"after_value": self.sort_value, **{f"after_key_{at}": part for at, part in enumerate(self.key)}}


def _fits_in_64_bits(value: Any) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63
