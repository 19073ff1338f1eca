"""Labels of columns, codes and groups."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from eda.language import Language
from eda.queries import Row, Rows
from warehouse.names import country_name, genre_name, language_name

_LABELS = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
LABELS: Mapping[str, str] = _LABELS["labels"]
"""English labels by column name or code. Only columns that have one are shown in tables."""
AXES: Mapping[str, str] = _LABELS["axes"]
"""English axis titles by measure."""
KNOWN_VALUES: Mapping[str, str] = _LABELS["known_values"]
"""English noun phrases for a known value, by measure."""
CODE_COLUMNS = ("measure", "other_measure", "fact", "rule", "reason", "source_name", "date_kind")
"""Columns whose values are codes."""


def translate_code(code: str, language: Language) -> str:
    """Return the label of a code, or the code itself if it has none."""
    return language(LABELS[code]) if code in LABELS else code.replace("_", " ")


def localize_groups(rows: Rows, language: Language) -> Rows:
    """Return the rows with translated names of genres, countries and languages."""
    return [{**row, "group_name": group_name(row, language)} if "group_name" in row else row for row in rows]


def group_name(row: Row, language: Language) -> str:
    """Return the translated name of a group of films, or its code if it has no name."""
    code, original = str(row["group_code"]), row["group_name"]
    if row["grouping"] == "country":
        return country_name(code, language.code) or original or code
    if row["grouping"] == "original_language":
        return language_name(code, language.code) or original or code
    return genre_name(original or code, language.code)


def capitalize(text: str) -> str:
    """Return the text with a capital first letter; unlike `str.capitalize`, the rest is unchanged."""
    return text[:1].upper() + text[1:]
