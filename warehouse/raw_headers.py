"""Checks the header of a raw file: the names of its columns."""

import difflib
import textwrap
from collections import Counter
from collections.abc import Sequence

from warehouse.raw_sources import Source

MAX_NAMES_SHOWN = 3


def header_problems(header: Sequence[str], source: Source) -> list[str]:
    """Return what is wrong with the names of the columns of a file."""
    found = source.map_columns(header)
    missing = [column for column in source.required if column not in found]
    expected = f"expected a header with {', '.join(source.required if source.is_required else source.columns)}"
    if not found:
        separators = {"semicolons": ";", "tabs": "\t"}
        other = next((name for name, mark in separators.items() if mark in "".join(header)), None)
        start = f"has columns separated by {other}" if other else f"starts with the line '{shorten(','.join(header))}'"
        return [f"{start}; {expected}"]
    if not missing and not source.is_in(header):
        missing = list(source.optional)
    problems = []
    if missing:
        listed = ", ".join(f'"{column}"{_suggest(column, header)}' for column in missing)
        problems.append(f"has no column{'s' * (len(missing) > 1)} {listed}; {expected}")
    names = [name.strip(" ").lower() for name in header]  # DuckDB ignores case
    if repeated := [f'"{shorten(name)}" {count} times' for name, count in Counter(names).items() if count > 1]:
        problems.append(f"has the column {_list_first(repeated)}; expected each column once")
    if quoted := [shorten(name) for name in header if '"' in name]:
        problems.append(f"has a quote in the column name {_list_first(quoted)}; expected names without quotes")
    return problems


def _suggest(column: str, header: Sequence[str]) -> str:
    similar = difflib.get_close_matches(column, header, n=1)
    return f' (did you mean "{shorten(similar[0])}"?)' if similar else ""


def _list_first(names: Sequence[str]) -> str:
    rest = f" and {len(names) - MAX_NAMES_SHOWN:,} more" if len(names) > MAX_NAMES_SHOWN else ""
    return f"{', '.join(names[:MAX_NAMES_SHOWN])}{rest}"


def shorten(text: str) -> str:
    """Shorten untrusted text and escape control characters, which could move a terminal's cursor."""
    return repr(textwrap.shorten(text, 60, placeholder="…"))[1:-1]
