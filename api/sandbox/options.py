"""The options and fixed limits of ad-hoc SQL."""

from dataclasses import dataclass

SWITCH = "FILMOTECA_SQL"
"""The environment variable that turns ad-hoc SQL on."""
MAX_QUERY_LENGTH = 10_000
"""Maximum length of a query, in characters."""
MAX_ROWS = 10_000
"""Maximum number of rows that a request can ask for."""
MAX_RESULT_BYTES = 16 * 1024 * 1024
"""Maximum size of a result in any format, in bytes."""


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Whether ad-hoc SQL is on, and the limits of a query."""

    is_on: bool = False
    """FILMOTECA_SQL: `on`, `off`, or `local` for requests to this machine by one of its own names."""
    is_local_only: bool = False
    """Whether only requests to this machine by one of its own names are answered."""
    seconds: float = 2
    """FILMOTECA_SQL_SECONDS: maximum duration of a query."""
    rows: int = 1000
    """FILMOTECA_SQL_ROWS: number of rows returned unless the request sets a limit."""
    memory_mb: int = 256
    """FILMOTECA_SQL_MEMORY_MB: maximum memory of a query."""
    concurrency: int = 2
    """FILMOTECA_SQL_CONCURRENCY: maximum number of queries that run at the same time, each in its own process."""
