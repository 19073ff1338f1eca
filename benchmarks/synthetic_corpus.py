"""Films made up from real ones, to see how the recommender grows. Pure."""

import numpy as np
import numpy.typing as npt

from recommender.structures import Corpus, Entries, Integers, Objects

COMMON = ("genre", "keyword", "language")
"""Fields of a fixed vocabulary. The others grow with the films: twice as many films have twice as many people."""
SEED = 0


def synthetic_corpus(real: Corpus, films: int) -> Corpus:
    """So many films: each takes words, genres, people and the rest each from another real film, drawn by lot.

    As many words as the text that it takes the place of, drawn one by one from all words of all texts; so the
    vocabulary is the real one, as unevenly used. Everybody is as often credited as a real person, and there are more
    people.
    """
    random = np.random.default_rng(SEED)
    like = random.integers(real.movie_ids.size, size=films)
    return Corpus(
        movie_ids=np.arange(1, films + 1),
        texts=_texts(real.texts, like, random),
        entries={
            field: _entries(field, entries, real.movie_ids.size, films, random)
            for field, entries in real.entries.items()
        },
        years=real.years[like],
        vote_counts=real.vote_counts[like],
        vote_means=real.vote_means[like],
    )


def _texts(texts: Objects, like: Integers, random: np.random.Generator) -> Objects:
    """A text for each film, as long as that of the film that it is like."""
    split = [text.split() for text in texts]
    words = np.array([word for text in split for word in text], dtype=object)
    made = np.empty(like.size, dtype=object)
    for film, real in enumerate(like):
        made[film] = " ".join(words[random.integers(words.size, size=len(split[real]))])
    return made


def _entries(field: str, entries: Entries, real_films: int, films: int, random: np.random.Generator) -> Entries:
    """Whole lists of real films; of a growing field, of another population for each `real_films` films."""
    like = random.integers(real_films, size=films)
    first = np.searchsorted(entries.row, np.arange(real_films + 1))
    lengths = np.diff(first)[like]
    taken = np.repeat(first[like], lengths) + _counted(lengths)
    row = np.repeat(np.arange(films), lengths)
    key, name = entries.key[taken], entries.name[taken]
    if field not in COMMON:
        _, number = np.unique(entries.key, return_inverse=True)
        key = number[taken] + (row // real_films) * (number.max(initial=0) + 1)
    return Entries(row=row, key=key, name=name, list_position=entries.list_position[taken])


def _counted(lengths: Integers) -> npt.NDArray[np.int64]:
    """0, 1, 2 … for each length, one after the other."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if ends.size else 0) - np.repeat(ends - lengths, lengths)
