"""From words, names and people to one TF-IDF vector per film. Pure: no SQL, no files."""

from dataclasses import asdict, dataclass, fields

import numpy as np
from scipy.sparse import csr_matrix, diags_array, hstack
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer, TfidfVectorizer

from recommender.config import Config, FieldWeights
from recommender.structures import Corpus, Entries, Floats, Integers, Objects, Vectors
from recommender.words import WORD, fold

FIELDS = tuple(field.name for field in fields(FieldWeights))

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
    key: Objects
    term: Objects
    idf: Floats


def vectorize(corpus: Corpus, config: Config) -> Vectors:
    """Weigh the terms of each field, and bring each film's to the length that the field's weight gives.

    A field that a film lacks adds nothing to any of its scores; one of weight 0 has no terms. Terms of one film only
    are kept: nothing matches them, but they take their part of the length, and so keep a film from being near all that
    share one word of its many.
    """
    used = {field: weight for field, weight in asdict(config.weights).items() if weight > 0}
    blocks = {field: _block(corpus, field, config) for field in used}
    matrix = hstack([_scaled(block.matrix, field, config) for field, block in blocks.items()], format="csr")
    matrix.sort_indices()
    sizes = [block.term.size for block in blocks.values()]
    return Vectors(
        matrix=matrix,
        field=np.repeat(np.array(list(blocks), dtype=object), sizes),
        key=np.concatenate([block.key for block in blocks.values()]),
        term=np.concatenate([block.term for block in blocks.values()]),
        document_count=np.bincount(matrix.indices, minlength=matrix.shape[1]),
        idf=np.concatenate([block.idf for block in blocks.values()]),
    )


def _block(corpus: Corpus, field: str, config: Config) -> Block:
    films = corpus.movie_ids.size
    if field == "text":
        return _text_block(corpus.texts)
    entries = corpus.entries[field]
    if field == "cast":
        return _entity_block(entries, films, _billing_frequency(entries.list_position, config))
    if field == "language":
        return _entity_block(entries, films, _rarity(entries, films, config))
    return _entity_block(entries, films, is_weighed=field != "likes")


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
    words = vectorizer.get_feature_names_out()
    return Block(matrix, words, words, vectorizer.idf_.astype(np.float32))


def _entity_block(entries: Entries, films: int, frequency: Floats | None = None, *, is_weighed: bool = True) -> Block:
    """One term per distinct key, in key order; `frequency` (entries,) is what a word's count is to a text.

    What is not weighed has an idf of 1.
    """
    frequency = np.ones(entries.row.size, dtype=np.float32) if frequency is None else frequency
    counted = frequency > 0
    if not counted.any():
        return _empty_block(films)
    keys, first, column = np.unique(entries.key[counted], return_index=True, return_inverse=True)
    counts = csr_matrix((frequency[counted], (entries.row[counted], column)), shape=(films, keys.size))
    transformer = TfidfTransformer(norm=None, use_idf=is_weighed).fit(counts)
    idf = transformer.idf_.astype(np.float32) if is_weighed else np.ones(keys.size, dtype=np.float32)
    return Block(transformer.transform(counts), keys.astype(str).astype(object), entries.name[counted][first], idf)


def _empty_block(films: int) -> Block:
    nothing = np.empty(0, dtype=object)
    return Block(csr_matrix((films, 0), dtype=np.float32), nothing, nothing, np.empty(0, dtype=np.float32))


def _billing_frequency(billing: Integers, config: Config) -> Floats:
    decayed = billing.astype(np.float32) ** -config.cast_billing_power
    return np.where(billing <= config.cast_limit, decayed, np.float32(0))


def _rarity(languages: Entries, films: int, config: Config) -> Floats:
    """1 for a language that few films have, 0 for a common one."""
    _, language, counts = np.unique(languages.key, return_inverse=True, return_counts=True)
    return (counts <= config.common_language_share * films)[language].astype(np.float32)


def _scaled(matrix: csr_matrix, field: str, config: Config) -> csr_matrix:
    """Bring each row that is not empty to the squared length that the field's weight gives."""
    squared = matrix.astype(np.float64).power(2).sum(axis=1).A1
    is_filled = squared > 0
    wanted = np.where(is_filled, getattr(config.weights, field), 0)
    if field == "genre" and is_filled.any():
        wanted *= np.minimum(1, np.sqrt(squared / np.median(squared[is_filled])))
    if field == "likes":
        wanted *= squared / (squared + config.likes_shrinkage)
    factors = np.sqrt(np.divide(wanted, squared, out=np.zeros_like(squared), where=is_filled))
    return csr_matrix(diags_array(factors) @ matrix, dtype=np.float32)
