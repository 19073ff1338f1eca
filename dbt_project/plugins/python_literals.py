"""A DuckDB function that reads the Python literals that SQL cannot read exactly."""

import ast
import json
import warnings
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin


def python_literal_as_json(cell: str | None) -> str | None:
    """Return a Python list of dictionaries as JSON, with every value as text and None as null.

    A single dictionary is returned as a list. Returns None for a cell that `ast.literal_eval` cannot read, that is
    anything else, or whose text cannot be encoded in UTF-8.
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
    """Registers the function on the connection that dbt-duckdb opens."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Make `python_literal_as_json(varchar) -> varchar` callable in every model."""
        conn.create_function(
            "python_literal_as_json", python_literal_as_json, ["VARCHAR"], "VARCHAR", null_handling="special"
        )
