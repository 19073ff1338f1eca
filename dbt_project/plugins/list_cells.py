"""A DuckDB function that reads the lists that SQL cannot read exactly."""

import ast
import json
import re
import warnings
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

NUMPY_NOTATION = re.compile(
    r"""
    (?P<item> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | \} ) (?P<gap> \s+ (?= ['"{] ))?
    | \b(?:np\.\w+|array) (?= \( )
    | ,\s*dtype=[^,)]+
    | (?P<unknown> \bnan\b )
    """,
    re.VERBOSE | re.DOTALL,
)
"""What numpy prints differently from Python: no commas between items, types, and nan."""


def list_cell_as_json(cell: str | None) -> str | None:
    """Return a list of dictionaries or names as a JSON list of dictionaries, with every value as text and None as null.

    The cell is JSON, a Python literal or printed by numpy. A single dictionary is returned as a list, a name as a
    dictionary. Returns None for a cell that is anything else, or whose text cannot be encoded in UTF-8.
    """
    if cell is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an unknown escape such as \d is still a literal
            entries = _parse(cell)
        text = json.dumps(entries, ensure_ascii=False)
        text.encode()
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return text


def _parse(cell: str) -> list[dict[str, str | None]]:
    try:
        return _as_entries(json.loads(cell))
    except (ValueError, TypeError):
        pass
    try:
        value = ast.literal_eval(cell)
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            return _as_entries(value)
    except (ValueError, SyntaxError, TypeError):
        pass
    # Python reads the list ['a' 'b'] of numpy, too, but as ['ab'].
    return _as_entries(ast.literal_eval(NUMPY_NOTATION.sub(_as_python, cell)))


def _as_python(match: re.Match[str]) -> str:
    if match["item"]:
        return match["item"] + ("," if match["gap"] else "")
    return "None" if match["unknown"] else ""


def _as_entries(value: Any) -> list[dict[str, str | None]]:
    """Raises TypeError for anything but dictionaries and names."""
    if isinstance(value, dict):
        return [{str(key): None if item is None else str(item) for key, item in value.items()}]
    if isinstance(value, str):
        return [{"name": value}]
    if not isinstance(value, list | tuple) or not all(isinstance(entry, dict | str) for entry in value):
        raise TypeError(f"{value!r} is no list of dictionaries or names")
    return [_as_entries(entry)[0] for entry in value]


class Plugin(BasePlugin):
    """Registers the function on the connection that dbt-duckdb opens."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Make `list_cell_as_json(varchar) -> varchar` callable in every model."""
        conn.create_function("list_cell_as_json", list_cell_as_json, ["VARCHAR"], "VARCHAR", null_handling="special")
