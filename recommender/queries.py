"""Loads the SQL files of this package."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def load_query(name: str) -> str:
    """Return the text of `queries/<name>.sql`."""
    return (PACKAGE / "queries" / f"{name}.sql").read_text("utf-8")
