"""Readers for settings in environment variables.

Each reader takes the environment, the name of the variable and its default, and raises `FilmotecaError` for a
value that is not accepted.
"""

import difflib
import logging
import re
from collections.abc import Mapping
from typing import Final

from warehouse.errors import FilmotecaError

logger = logging.getLogger("filmoteca.settings")

PREFIX: Final = "FILMOTECA_"
SETTINGS: Final = frozenset(
    PREFIX + name
    for name in (
        *("WAREHOUSE", "RAW_DIR", "SCRATCH", "BUILD_MEMORY", "BUILD_THREADS", "SOURCE", "SOURCE_SECONDS", "DATABASE"),
        *("SPARK_MEMORY", "SPARK_OUTPUT"),
        *("SQL", "SQL_SECONDS", "SQL_ROWS", "SQL_MEMORY_MB", "SQL_CONCURRENCY", "EXPLAIN"),
        *("METRICS", "LOG", "ACCESS_LOG", "OTEL"),
        *("CORS_ORIGINS", "TRUSTED_HOSTS", "TRUSTED_PROXIES", "RATE_LIMIT"),
        *("BODY_KB", "BODY_SECONDS", "HEADER_SECONDS", "QUERY_SECONDS", "MEMORY_MB", "CACHE_MB", "THREADS"),
    )
)
"""Every setting of every command, documented in docs/operations.md."""
RENAMED_SETTINGS: Final = {"FILMOTECA_CACHE_MB": "FILMOTECA_KEPT_MB"}
"""The former names of settings, by current name. A former name works for one release."""
_MEMORY = re.compile(r"[1-9][0-9]{0,5}(?:\.[0-9]+)?[MG]B")
_warned: set[str] = set()


def read_setting(environment: Mapping[str, str], name: str) -> str:
    """Return the value of a setting, or an empty string if it is not set.

    To rename a setting, replace its name in `SETTINGS` and in the code, and add the former name to
    `RENAMED_SETTINGS`. The former name is then still read, with a warning that is logged once per process. If both
    names are set, the current one wins. The typed readers below all read through this function.
    """
    former = RENAMED_SETTINGS.get(name)
    if former and former in environment and former not in _warned:
        _warned.add(former)
        logger.warning("%s was renamed to %s; the old name stops working in the next release", former, name)
    return environment.get(name) or (environment.get(former) if former else None) or ""


def read_int(environment: Mapping[str, str], name: str, default: int, *, minimum: int = 1, maximum: int) -> int:
    """Return a whole number between `minimum` and `maximum`."""
    text = read_setting(environment, name) or str(default)
    if not (text.isascii() and text.isdecimal() and minimum <= int(text) <= maximum):
        raise FilmotecaError(f"{name} must be a whole number from {minimum} to {maximum}; got {text!r}")
    return int(text)


def read_memory(environment: Mapping[str, str], name: str, default: str) -> str:
    """Return an amount of memory with its unit, such as 4GB."""
    text = read_setting(environment, name) or default
    if not _MEMORY.fullmatch(text):
        raise FilmotecaError(f"{name} must be a number of MB or GB, such as 4GB; got {text!r}")
    return text


def read_choice(environment: Mapping[str, str], name: str, default: str, *others: str) -> str:
    """Return one of the given words."""
    text = read_setting(environment, name) or default
    if text not in (words := (default, *others)):
        raise FilmotecaError(f"{name} must be {', '.join(words[:-1])} or {words[-1]}; got {text!r}")
    return text


def read_list(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the items of a comma-separated list, without surrounding spaces."""
    return tuple(filter(None, (item.strip() for item in read_setting(environment, name).split(","))))


def reject_unknown_settings(environment: Mapping[str, str]) -> None:
    """Raise FilmotecaError for a FILMOTECA_ variable that does not exist, such as a misspelt limit."""
    for name in environment:
        if name.startswith(PREFIX) and name not in SETTINGS and name not in RENAMED_SETTINGS.values():
            similar = difflib.get_close_matches(name, SETTINGS, 1)
            hint = f"did you mean {similar[0]}?" if similar else "see the settings in docs/operations.md"
            raise FilmotecaError(f"unknown setting {name}: {hint}")
