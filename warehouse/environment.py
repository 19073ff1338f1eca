"""How a setting is read from the environment: what cannot be is refused in a sentence."""

import difflib
import re
from collections.abc import Mapping
from typing import Final

from warehouse.errors import FilmotecaError

PREFIX: Final = "FILMOTECA_"
SETTINGS: Final = frozenset(
    PREFIX + name
    for name in (
        *("WAREHOUSE", "RAW_DIR", "SCRATCH", "BUILD_MEMORY", "BUILD_THREADS", "SOURCE", "SOURCE_SECONDS", "DATABASE"),
        *("SQL", "SQL_SECONDS", "SQL_ROWS", "SQL_MEMORY_MB", "SQL_CONCURRENCY", "EXPLAIN"),
        *("METRICS", "LOG", "ACCESS_LOG", "OTEL"),
        *("CORS_ORIGINS", "TRUSTED_HOSTS", "TRUSTED_PROXIES", "RATE_LIMIT"),
        *("BODY_KB", "BODY_SECONDS", "HEADER_SECONDS", "QUERY_SECONDS", "MEMORY_MB", "KEPT_MB", "THREADS"),
    )
)
"""Every setting of every command; guide/operations.md says what each does."""
_MEMORY = re.compile(r"[1-9][0-9]{0,5}(?:\.[0-9]+)?[MG]B")


def number(environment: Mapping[str, str], name: str, default: int, *, least: int = 1, most: int) -> int:
    """A whole number within bounds. Raises FilmotecaError for anything else."""
    text = environment.get(name) or str(default)
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
        raise FilmotecaError(f"{name} is {text!r}; right is a whole number from {least} to {most}")
    return int(text)


def memory(environment: Mapping[str, str], name: str, default: str) -> str:
    """So many MB or GB, such as 4GB. Raises FilmotecaError for anything else."""
    text = environment.get(name) or default
    if not _MEMORY.fullmatch(text):
        raise FilmotecaError(f"{name} is {text!r}; expected: a number of MB or GB, such as 4GB")
    return text


def choice(environment: Mapping[str, str], name: str, default: str, *others: str) -> str:
    """One of the given words, the default first. Raises FilmotecaError for anything else."""
    text = environment.get(name) or default
    if text not in (words := (default, *others)):
        raise FilmotecaError(f"{name} is {text!r}; right is {', '.join(words[:-1])} or {words[-1]}")
    return text


def names(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What stands there between commas."""
    return tuple(filter(None, (one.strip() for one in environment.get(name, "").split(","))))


def check_names(environment: Mapping[str, str]) -> None:
    """Raises FilmotecaError for a variable that begins like ours and is none: a misspelt limit would limit nothing."""
    for name in environment:
        if name.startswith(PREFIX) and name not in SETTINGS:
            near = difflib.get_close_matches(name, SETTINGS, 1)
            meant = f"did you mean {near[0]}?" if near else "guide/operations.md lists those that there are"
            raise FilmotecaError(f"{name} is set, and there is no such setting; {meant}")
