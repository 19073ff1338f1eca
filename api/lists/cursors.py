"""Keyset pages as SQL: a total order, the place where a page ended, and a cursor that holds it.

What is put around a query's text here is taken from names that the code declares; of a request, only values come near
the engine, and those are bound.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended."""

    question: str
    """A digest of the listing, its filters and its sort: a cursor is good for one question."""
    value: Any
    """The last row's value of the sort; null where it is unknown."""
    key: tuple[Any, ...]
    """The last row's key, which decides among equals."""

    @property
    def cursor(self) -> str:
        """The place as a text for whoever asks for the next page."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")

    @property
    def parameters(self) -> dict[str, Any]:
        """What `Order.after` binds."""
        return {"after_value": self.value, **{f"after_key_{at}": part for at, part in enumerate(self.key)}}

    @classmethod
    def of(cls, cursor: str, value_type: Any, key_types: Sequence[Any]) -> "Place | None":
        """The place that a cursor holds, with a value and a key of these types; None if it holds none such."""
        try:
            place = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=cls)
            value = msgspec.convert(place.value, value_type | None)
            key = tuple(msgspec.convert(part, of) for part, of in zip(place.key, key_types, strict=True))
        except (ValueError, binascii.Error, msgspec.MsgspecError):
            return None
        return cls(place.question, value, key) if all(map(_is_storable, (value, *key))) else None


def _is_storable(value: Any) -> bool:
    """Whether a column can hold it: no whole number there has more than 64 bits, nor can one of 128 be bound."""
    return not isinstance(value, int) or -(2**63) <= value < 2**63


@dataclass(frozen=True, slots=True)
class Order:
    """A total order of the rows of a listing: a column, unknown values last, then the key."""

    column: str
    keys: tuple[str, ...]
    is_descending: bool

    @property
    def by(self) -> str:
        """The order as SQL."""
        return f"order by {self.column} {'desc' if self.is_descending else 'asc'} nulls last, {', '.join(self.keys)}"

    def after(self, place: Place | None) -> str:
        """The condition that a row comes after the place, as SQL; empty without a place."""
        if place is None:
            return ""
        key_is_beyond = (
            f"({', '.join(self.keys)}) > ({', '.join(f'$after_key_{at}' for at, _ in enumerate(self.keys))})"
        )
        if place.value is None:
            return f"where {self.column} is null and {key_is_beyond}"
        beyond = "<" if self.is_descending else ">"
        return (
            f"where {self.column} {beyond} $after_value or {self.column} is null "
            f"or ({self.column} = $after_value and {key_is_beyond})"
        )


def rows_of(text: str, select: str, *clauses: str) -> str:
    """A query's text with these columns selected from its rows, and these clauses after them."""
    lines = [f"select {select} from (", f"{text})", "as listing", *filter(None, clauses)]  # noqa: S608 - declared names
    return "\n".join(lines) + "\n"
