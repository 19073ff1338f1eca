"""Finds the tables that a query reads, directly or through macros."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_TABLE = re.compile(r"\b((?:marts|quality|recommender)\.\w+)\b(?! *\()")
_MACRO = re.compile(r"^create or replace temp macro (\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1024)
def tables_read(text: str, macros: tuple[str, ...]) -> tuple[str, ...]:
    """Return the public tables that a query reads, as sorted `schema.table` names.

    Args:
        macros: The contents of the macro files.
    """
    bodies = _split_macros(macros)
    seen: set[str] = set()
    tables: set[str] = set()
    pending = [text]
    while pending:
        part = pending.pop()
        tables.update(_TABLE.findall(part))
        called = set(_WORD.findall(part)) & bodies.keys() - seen
        seen |= called
        pending += [bodies[name] for name in called]
    return tuple(sorted(tables))


def _split_macros(macros: Iterable[str]) -> Mapping[str, str]:
    """Return the text of each macro by name."""
    pieces = [_MACRO.split(file)[1:] for file in macros]
    return {name: body for piece in pieces for name, body in zip(piece[::2], piece[1::2], strict=True)}
