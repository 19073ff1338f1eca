"""Splits text into words: the texts of films, and the texts that users type."""

import unicodedata

WORD = r"[^\W_]{2,}|[^\W_a-z]"
"""Letters and digits of any script. A single character is a word unless it is a Latin letter: 7 and 愛, but not the s
of "it's"."""


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, so that café matches cafe; other scripts stay as they are."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
