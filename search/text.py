"""Splits texts into words for the search: of queries and of documents alike."""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

import jellyfish

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
"""Abbreviations with dots, such as E.T."""
_UNSPACED = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])")
"""Letters of scripts without spaces, each of which is a word."""
_REPLACED = str.maketrans(
    {
        **dict.fromkeys("'’‘`´", ""),
        **{".": " ", "·": "-", "&": " and ", "½": " 1/2", "²": " 2", "³": " 3"},
        **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"},
    }
)
_CARDINALS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
)
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
_ROMAN_NUMERALS = ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii"]
NUMBERS = {
    **{word: str(number) for number, word in enumerate(_CARDINALS)},
    **{word: str(number) for number, word in enumerate(_ORDINALS, 1)},
    **{word: str(number) for number, word in enumerate(_ROMAN_NUMERALS, 2)},
    **{"1st": "1", "2nd": "2", "3rd": "3", "20th": "20", "twenty": "20", "hundred": "100"},
}
"""Digits for number words and Roman numerals. `i` is a number only after a word such as `part`."""
NUMBERING_WORDS = frozenset(["chapter", "episode", "part", "parte", "vol", "volume"])
"""Words before the number of a film, which a title may lack."""
_FIRST_PART = re.compile(rf"\b({'|'.join(NUMBERING_WORDS)}) +i\b")
_DIGITS_AS_LETTERS = [str.maketrans("013457", letters) for letters in ("oieast", "oieasv")]
"""Digits that stand for letters, as in Se7en."""
MIN_SOUND_LETTERS = 5


def fold(text: str) -> str:
    """Return the text in lower case, without accents and apostrophes."""
    if "." in text:
        text = _ABBREVIATION.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = text.lower().translate(_REPLACED)
    if text.isascii():
        return text
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFC", "".join(letters).lower()))


@lru_cache(2**16)
def split_words(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a text, each with its parts: a hyphenated word has several. Numbers become digits."""
    folded = fold(text)
    if " i" in folded:
        folded = _FIRST_PART.sub(r"\1 1", folded)
    return tuple([tuple([NUMBERS.get(part, part) for part in word.split("-")]) for word in _WORD.findall(folded)])


def query_words(text: str) -> list[str]:
    """Return the words of a query in order."""
    return list(chain.from_iterable(split_words(text)))


@lru_cache(2**16)
def indexed_words(text: str) -> tuple[str, ...]:
    """Return the distinct words by which a text is found.

    Hyphenated words are also joined, numbers also as they are written, and digits also as letters.
    """
    words: list[str] = []
    for parts in split_words(text):
        words += parts
        if len(parts) > 1:
            words.append("".join(parts))
        for part in parts:
            if not part.isalpha() and not part.isdecimal():
                for table in _DIGITS_AS_LETTERS:
                    letters = part.translate(table)
                    words.append(NUMBERS.get(letters, letters))
    if any(word.isdecimal() for word in words):
        words += [word for word in _WORD.findall(fold(text)) if word in NUMBERS]
    return tuple(dict.fromkeys(words))


@lru_cache(2**17)
def sound_of(word: str) -> str | None:
    """Return the NYSIIS code of a word, equal for words that sound alike; None for short words and other scripts."""
    is_codable = len(word) >= MIN_SOUND_LETTERS and word.isascii() and word.isalpha()
    return jellyfish.nysiis(word) if is_codable else None
