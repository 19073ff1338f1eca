"""Whether ad-hoc SQL is answered, and how much of the machine one query may take."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.environment import read_choice, read_int

SWITCH = "FILMOTECA_SQL"
MAX_QUERY_LENGTH = 10_000
"""Characters of a query."""
MAX_ROWS = 10_000
"""Rows that a query may ask for."""
MAX_RESULT_BYTES = 16 * 1024 * 1024
"""Bytes of a result, in whichever form."""


@dataclass(frozen=True, slots=True)
class SqlSettings:
    """The limits of ad-hoc SQL in one process of the service."""

    is_on: bool = False
    """FILMOTECA_SQL: `on`, `off`, or `local`: on, but only for requests to this machine by its own names."""
    is_local: bool = False
    seconds: float = 2
    """FILMOTECA_SQL_SECONDS: time that a query may take."""
    rows: int = 1000
    """FILMOTECA_SQL_ROWS: rows of an answer where the request does not say how many."""
    memory_mb: int = 256
    """FILMOTECA_SQL_MEMORY_MB: memory that a query may take."""
    concurrency: int = 2
    """FILMOTECA_SQL_CONCURRENCY: queries that run at a time, each in a process of its own."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "SqlSettings":
        """Read the settings; what is not set keeps its default. Raises FilmotecaError for values that cannot be."""
        switch = read_choice(environment, SWITCH, "off", "on", "local")
        default = cls()
        return cls(
            is_on=switch != "off",
            is_local=switch == "local",
            seconds=read_int(environment, f"{SWITCH}_SECONDS", int(default.seconds), maximum=600),
            rows=read_int(environment, f"{SWITCH}_ROWS", default.rows, maximum=MAX_ROWS),
            memory_mb=read_int(environment, f"{SWITCH}_MEMORY_MB", default.memory_mb, minimum=64, maximum=65_536),
            concurrency=read_int(environment, f"{SWITCH}_CONCURRENCY", default.concurrency, maximum=64),
        )
