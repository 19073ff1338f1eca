"""Which tables a query reads, those behind its macros included."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_TABLE = re.compile(r"\b((?:marts|quality|recommender)\.\w+)\b(?! *\()")
_MACRO = re.compile(r"^create or replace temp macro (\w+)", re.MULTILINE)
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1024)
def tables_read(text: str, macros: tuple[str, ...]) -> tuple[str, ...]:
    """The public tables that a query names, or the macros that it calls, each as `schema.table`; sorted.

    `macros` are the files that define them.
    """
    bodies = _bodies(macros)
    seen, rest = {""}, [text]
    tables: set[str] = set()
    while rest:
        part = rest.pop()
        tables.update(_TABLE.findall(part))
        called = set(_WORD.findall(part)) & bodies.keys() - seen
        seen |= called
        rest += [bodies[name] for name in called]
    return tuple(sorted(tables))


def _bodies(macros: Iterable[str]) -> Mapping[str, str]:
    """The text of each macro by its name."""
    pieces = [_MACRO.split(file)[1:] for file in macros]
    return {name: body for piece in pieces for name, body in zip(piece[::2], piece[1::2], strict=True)}
