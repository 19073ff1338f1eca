"""Words and keywords that do not describe a film, so that they are neither terms nor reasons."""

from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

CONTENT_WORDS = frozenset(
    {"alone", "bill", "cry", "empty", "fire", "interest", "mill", "mine", "nobody", "serious", "system"}
    | {"ten", "eleven", "twelve", "fifteen", "twenty", "forty", "fifty", "sixty", "hundred"}
)
"""Words in scikit-learn's list that describe films: Home Alone, Kill Bill, Twelve Monkeys."""

FILLER_WORDS = frozenset(Path(__file__).with_name("filler_words.txt").read_text("utf-8").split())
"""Words of many overviews that could be about any film: finds, life, story."""

STOP_WORDS = sorted((ENGLISH_STOP_WORDS - CONTENT_WORDS) | FILLER_WORDS)

IGNORED_KEYWORDS = ("aftercreditsstinger", "duringcreditsstinger", "independent film", "sequel", "woman director")
"""Keywords that say how a film was made instead of what it is about."""
