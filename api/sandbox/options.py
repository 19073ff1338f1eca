"""The options and fixed limits of ad-hoc SQL."""

from dataclasses import dataclass

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
    seconds: float = 2
    """Maximum duration of a query, in seconds."""
    rows: int = 1000
    """Rows returned unless the request sets a limit."""
    memory_mb: int = 256
    """Maximum memory of a query, in MB."""
    concurrency: int = 2
    """Queries that run at the same time, each in its own process."""
