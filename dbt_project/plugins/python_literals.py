"""The exact reader of Python literals: a DuckDB function for the few cells that SQL alone cannot read."""

import ast
import json
import warnings
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin


def python_literal_as_json(cell: str | None) -> str | None:
    """The JSON text of a cell that `ast.literal_eval` reads as a list of dictionaries or one dictionary.

    One dictionary becomes a list of one. Values become text, as the fast path leaves them; None becomes null.
    Returns None for a cell that is no literal, or holds anything else, or text that UTF-8 cannot carry.
    """
    if cell is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an unknown escape such as \d is still a literal
            value = ast.literal_eval(cell)
        entries = [value] if isinstance(value, dict) else value
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            return None
        text = json.dumps([_as_text(entry) for entry in entries], ensure_ascii=False)
        text.encode()
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return text


def _as_text(entry: dict[Any, Any]) -> dict[str, str | None]:
    return {str(key): None if value is None else str(value) for key, value in entry.items()}


class Plugin(BasePlugin):
    """Registers the reader on the connection that dbt-duckdb opens."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Make `python_literal_as_json(varchar) -> varchar` callable in every model."""
        conn.create_function(
            "python_literal_as_json", python_literal_as_json, ["VARCHAR"], "VARCHAR", null_handling="special"
        )
