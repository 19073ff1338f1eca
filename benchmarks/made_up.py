"""Names and words that nobody bears: from a number, always the same one."""

from functools import lru_cache

from recommender.vectorize import STOP_WORDS

_BEGINNINGS = (
    "b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "pr", "r", "s", "st",
    "t", "tr", "v", "z",
)  # fmt: skip
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ei", "au")
_ENDS = ("", "n", "r", "s", "l")
SYLLABLES = [begin + middle + end for begin in _BEGINNINGS for middle in _MIDDLES for end in _ENDS]
SHUFFLED_BY = 11
"""Shares no factor with their number, so that neighbours begin differently and none is left out."""
FIRST_NAMES, LAST_NAMES = 4_001, 1_000_003
"""Primes, so that two people share both names only where there are billions."""
PLAIN_STOP_WORDS: list[str] = [word for word in STOP_WORDS if word.isalpha()]
ALL_STOP_WORDS_BELOW, SOME_STOP_WORDS_BELOW = 32, 2 * len(PLAIN_STOP_WORDS) - 32


@lru_cache(1 << 18)
def word(number: int) -> str:
    """A pronounceable word, longer for greater numbers."""
    parts = []
    number += len(SYLLABLES) // 4
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[syllable * SHUFFLED_BY % len(SYLLABLES)])
    return "".join(parts)


@lru_cache(1 << 18)
def text_word(rank: int) -> str:
    """The word of a rank by use, from 0: most of the first ones are English stop words, as in English texts."""
    if rank < ALL_STOP_WORDS_BELOW:
        return PLAIN_STOP_WORDS[rank]
    if rank < SOME_STOP_WORDS_BELOW and rank % 2 == 0:
        return PLAIN_STOP_WORDS[ALL_STOP_WORDS_BELOW + (rank - ALL_STOP_WORDS_BELOW) // 2]
    return word(rank)


@lru_cache(1 << 18)
def person(number: int) -> str:
    return f"{word(number % FIRST_NAMES).title()} {word(number * 7_919 % LAST_NAMES).title()}"


@lru_cache(1 << 16)
def company(number: int) -> str:
    return f"{word(number).title()} {('Films', 'Pictures', 'Productions', 'Studio', 'Entertainment')[number % 5]}"


@lru_cache(1 << 16)
def keyword(number: int) -> str:
    return word(number) if number % 3 else f"{word(number)} {word(number // 3)}"


def code(number: int) -> str:
    """Two letters, different for the first 676 numbers."""
    return chr(97 + number // 26 % 26) + chr(97 + number % 26)
