"""Synthetic names and words, derived from a number: the same number always gives the same name."""

from functools import lru_cache

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

_ONSETS = (
    *("b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l"),
    *("m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z"),
)
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ei", "au"]
_CODAS = ("", "n", "r", "s", "l")
SYLLABLES = [onset + vowel + coda for onset in _ONSETS for vowel in _VOWELS for coda in _CODAS]
SYLLABLE_STEP = 11
"""Shares no factor with the number of syllables, so that consecutive numbers begin differently."""
FIRST_NAMES, LAST_NAMES = 4_001, 1_000_003
"""Primes, so that two people share both names only if there are billions of people."""
STOP_WORDS: list[str] = sorted(ENGLISH_STOP_WORDS)
ONLY_STOP_WORDS = 32
"""Ranks below which every word is a stop word; above it, every other word, until there are none left."""
COMPANY_TYPES = ("Films", "Pictures", "Productions", "Studio", "Entertainment")


@lru_cache(1 << 18)
def make_word(number: int) -> str:
    """Return a pronounceable word; greater numbers have longer words."""
    parts = []
    number += len(SYLLABLES) // 4
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[syllable * SYLLABLE_STEP % len(SYLLABLES)])
    return "".join(parts)


@lru_cache(1 << 18)
def make_text_word(rank: int) -> str:
    """Return the word with a rank by frequency, from 0: the first ones are mostly English stop words."""
    stop_word = rank if rank < ONLY_STOP_WORDS else (rank + ONLY_STOP_WORDS) // 2
    if (rank < ONLY_STOP_WORDS or rank % 2 == 0) and stop_word < len(STOP_WORDS):
        return STOP_WORDS[stop_word]
    return make_word(rank)


def make_title(number: int) -> str:
    """Return a capitalized word."""
    return make_word(number).title()


@lru_cache(1 << 18)
def make_person(number: int) -> str:
    """Return a first and a last name."""
    return f"{make_title(number % FIRST_NAMES)} {make_title(number * 7_919 % LAST_NAMES)}"


def make_company(number: int) -> str:
    """Return the name of a production company."""
    return f"{make_title(number)} {COMPANY_TYPES[number % len(COMPANY_TYPES)]}"


def make_keyword(number: int) -> str:
    """Return a keyword of one word or two."""
    return make_word(number) if number % 3 else f"{make_word(number)} {make_word(number // 3)}"


def make_code(number: int) -> str:
    """Return two letters, different for the first 676 numbers."""
    return chr(97 + number // 26 % 26) + chr(97 + number % 26)
