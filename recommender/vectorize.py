"""From words, names and people to one TF-IDF vector of length 1 per film. Pure: no SQL, no files."""

import unicodedata
from dataclasses import astuple, dataclass, fields

import numpy as np
from scipy.sparse import csr_matrix, diags_array, hstack
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer, TfidfVectorizer

from recommender.config import Config, FieldWeights
from recommender.structures import Corpus, Entries, Floats, Integers, Objects, Vectors

FIELDS = tuple(field.name for field in fields(FieldWeights))

# Runs of letters and digits of any script; one alone only if no Latin letter: 7 and 愛, not the s of "it's".
WORD = r"[^\W_]{2,}|[^\W_a-z]"

# scikit-learn's list also holds words that films are about: Home Alone, Kill Bill, Twelve Monkeys.
CONTENT_WORDS = frozenset(
    {"alone", "bill", "cry", "empty", "fire", "interest", "mill", "mine", "nobody", "serious", "system"}
    | {"ten", "eleven", "twelve", "fifteen", "twenty", "forty", "fifty", "sixty", "hundred"}
)
STOP_WORDS = sorted(ENGLISH_STOP_WORDS - CONTENT_WORDS)


@dataclass(frozen=True, slots=True)
class Block:
    """One field's terms: TF-IDF as float32 (films, terms), not yet scaled, and what the columns mean."""

    matrix: csr_matrix
    term: Objects
    idf: Floats


def vectorize(corpus: Corpus, config: Config) -> Vectors:
    """Bring each field of a film to its weight, and all fields together to length 1.

    A field that a film lacks leaves its share to the others. Terms of one film only are kept: nothing matches
    them, but they take their part of the length, and so keep a film from being near all that share its genre.
    """
    blocks = [_block(corpus, field, config) for field in FIELDS]
    lengths = np.sqrt(astuple(config.weights))
    weighted = [_scale_rows(block.matrix, length) for block, length in zip(blocks, lengths, strict=True)]
    matrix = _scale_rows(hstack(weighted, format="csr"), 1.0)
    matrix.sort_indices()
    return Vectors(
        matrix=matrix,
        field=np.repeat(np.array(FIELDS, dtype=object), [block.term.size for block in blocks]),
        term=np.concatenate([block.term for block in blocks]),
        document_count=np.bincount(matrix.indices, minlength=matrix.shape[1]),
        idf=np.concatenate([block.idf for block in blocks]),
    )


def fold(text: str) -> str:
    """Lower case without marks, so that café and cafe are one word. Digits and other scripts stay."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))


def _block(corpus: Corpus, field: str, config: Config) -> Block:
    films = corpus.movie_ids.size
    if field == "text":
        return _text_block(corpus.texts)
    entries = corpus.entries[field]
    if field == "cast":
        return _entity_block(entries, _billing_frequency(entries.list_position, config), films)
    return _entity_block(entries, np.ones(entries.row.size, dtype=np.float32), films)


def _billing_frequency(billing: Integers, config: Config) -> Floats:
    decayed = billing.astype(np.float32) ** -config.cast_billing_power
    return np.where(billing <= config.cast_limit, decayed, np.float32(0))


def _text_block(texts: Objects) -> Block:
    vectorizer = TfidfVectorizer(
        preprocessor=fold,
        token_pattern=WORD,
        stop_words=STOP_WORDS,
        sublinear_tf=True,
        norm=None,
        dtype=np.float32,
    )
    analyze = vectorizer.build_analyzer()
    if not any(analyze(text) for text in texts):
        return _empty_block(films=texts.size)
    matrix = vectorizer.fit_transform(texts)
    return Block(matrix, vectorizer.get_feature_names_out(), vectorizer.idf_.astype(np.float32))


def _entity_block(entries: Entries, frequency: Floats, films: int) -> Block:
    """One term per distinct key, in key order; `frequency` (entries,) is what a word's count is to a text."""
    counted = frequency > 0
    if not counted.any():
        return _empty_block(films)
    keys, first, column = np.unique(entries.key[counted], return_index=True, return_inverse=True)
    counts = csr_matrix((frequency[counted], (entries.row[counted], column)), shape=(films, keys.size))
    transformer = TfidfTransformer(norm=None)
    matrix = transformer.fit_transform(counts)
    return Block(matrix, entries.name[counted][first], transformer.idf_.astype(np.float32))


def _empty_block(films: int) -> Block:
    no_columns = csr_matrix((films, 0), dtype=np.float32)
    return Block(no_columns, np.empty(0, dtype=object), np.empty(0, dtype=np.float32))


def _scale_rows(matrix: csr_matrix, length: float) -> csr_matrix:
    """Give every row that is not empty the Euclidean `length`."""
    squared = matrix.astype(np.float64).power(2).sum(axis=1).A1
    factors = np.divide(length, np.sqrt(squared), out=np.zeros_like(squared), where=squared > 0)
    return csr_matrix(diags_array(factors) @ matrix, dtype=np.float32)
