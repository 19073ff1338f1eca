"""What a word is, wherever words are compared: in the films' texts and in what somebody types."""

import unicodedata

WORD = r"[^\W_]{2,}|[^\W_a-z]"
"""Runs of letters and digits of any script; one alone only if no Latin letter: 7 and 愛, not the s of "it's"."""


def fold(text: str) -> str:
    """Lower case without marks, so that café and cafe are one word. Digits and other scripts stay."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
