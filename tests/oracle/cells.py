"""Converts raw cells to values; a cell that is not entirely a value of its column becomes missing."""

import ast
import hashlib
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


def read_rows(path: Path | None, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a CSV file as text, with empty cells missing; return an empty frame without a file."""
    if path is None:
        return pd.DataFrame(columns=list(columns), dtype="str")
    return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], index_col=False)


def known_texts(cells: pd.Series) -> pd.Series:
    """Return texts unchanged, with blank ones missing."""
    texts = cells.astype("str")
    return texts.mask(texts.str.strip() == "")


def text_keys(texts: pd.Series) -> pd.Series:
    return texts.astype("str").map(text_key, na_action="ignore").astype("str")


def text_key(text: str) -> str:
    """Return a text in lower case, without accents and extra white space, composed again for the sake of Hangul."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
    return unicodedata.normalize("NFC", " ".join(bare.split()))


def read_decimals(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells, errors="coerce").replace([np.inf, -np.inf], np.nan).astype("float64")


def read_integers(cells: pd.Series) -> pd.Series:
    """Parse integers in texts or parsed values; `12.0` and `True` are not integers."""
    texts = cells.astype("str").str.strip(" ")
    return pd.to_numeric(texts.where(texts.str.fullmatch("[+-]?[0-9]+")), errors="coerce").astype("Int64")


def read_flags(cells: pd.Series) -> pd.Series:
    return cells.map({"True": True, "False": False}).astype("boolean")


def read_dates(cells: pd.Series) -> pd.Series:
    dates = cells.where(cells.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    return pd.to_datetime(dates, format="%Y-%m-%d", errors="coerce")


def read_literals(cells: pd.Series) -> pd.Series:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an unknown escape such as \d is still a literal
        return cells.astype("object").map(read_literal)


def read_literal(cell: Any) -> list[dict[str, Any]] | None:
    """Parse a list of dictionaries; a single dictionary becomes a list."""
    if not isinstance(cell, str):
        return None
    try:
        value = ast.literal_eval(cell)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    entries = [value] if isinstance(value, dict) else value
    is_list = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    return entries if is_list else None


def unnest(records: pd.DataFrame, column: str, fields: list[str]) -> pd.DataFrame:
    """Return a row per list entry: movie_id, list_position (from 1) and the fields of the entry, as text."""
    entries = records[["movie_id", column]].explode(column).dropna()
    values = pd.DataFrame(entries[column].tolist(), columns=fields, dtype="object").astype("str")
    values.insert(0, "movie_id", entries["movie_id"].to_numpy())
    values.insert(1, "list_position", entries.groupby(level=0).cumcount().to_numpy() + 1)
    return values


def identities(ids: pd.Series, names: pd.Series) -> pd.Series:
    """Return TMDB's id, else a negative id derived from the name, else missing."""
    numbers = read_integers(ids)
    unidentified = known_texts(names[numbers.isna()]).dropna()
    return numbers.fillna(unidentified.map(negative_id).astype("Int64"))


def negative_id(name: str) -> int:
    return -1 - int(hashlib.md5(text_key(name).encode(), usedforsecurity=False).hexdigest()[:12], 16)
