"""Turns texts, names and people into one TF-IDF vector per film. Pure functions."""

from dataclasses import asdict, dataclass, fields

import numpy as np
from scipy.sparse import csr_matrix, diags_array, hstack
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer

from recommender.config import Config, FieldWeights
from recommender.stop_words import IGNORED_KEYWORDS, STOP_WORDS
from recommender.structures import Corpus, Entries, Floats, Integers, Objects, Vectors
from recommender.vocabulary import WORD, fold

FIELDS = tuple(field.name for field in fields(FieldWeights))


@dataclass(frozen=True, slots=True)
class FieldVectors:
    """The unscaled TF-IDF of one field, float32 (films, terms), and the meaning of its columns as in `Vectors`."""

    matrix: csr_matrix
    key: Objects
    term: Objects
    idf: Floats


def vectorize(corpus: Corpus, config: Config) -> Vectors:
    """Return the TF-IDF vectors of all films, each field scaled to its weight.

    Fields with weight 0 have no terms. Terms of a single film match no other film, but they count in the length of the
    vector, so that a film with many words is not similar to every film that shares one of them.
    """
    used = {field: weight for field, weight in asdict(config.weights).items() if weight > 0}
    blocks = {field: _vectorize_field(corpus, field, config) for field in used}
    matrix = hstack([_scale(block.matrix, field, config) for field, block in blocks.items()], format="csr")
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


def _vectorize_field(corpus: Corpus, field: str, config: Config) -> FieldVectors:
    film_count = corpus.movie_ids.size
    if field == "text":
        return _vectorize_texts(corpus.texts)
    entries = corpus.entries[field]
    if field == "cast":
        return _vectorize_entries(entries, film_count, _billing_frequency(entries.list_position, config))
    if field in ("language", "country"):
        return _vectorize_entries(entries, film_count, _is_uncommon(entries, film_count, config))
    if field == "keyword":
        is_theme = ~np.isin(entries.key.astype(str), IGNORED_KEYWORDS)
        return _vectorize_entries(entries, film_count, is_theme.astype(np.float32))
    return _vectorize_entries(entries, film_count, use_idf=field != "likes")


def _vectorize_texts(texts: Objects) -> FieldVectors:
    vectorizer = TfidfVectorizer(
        preprocessor=fold, token_pattern=WORD, stop_words=STOP_WORDS, sublinear_tf=True, norm=None, dtype=np.float32
    )
    analyze = vectorizer.build_analyzer()
    if not any(analyze(text) for text in texts):
        return _empty_field(texts.size)
    matrix = vectorizer.fit_transform(texts)
    words = vectorizer.get_feature_names_out()
    return FieldVectors(matrix, words, words, vectorizer.idf_.astype(np.float32))


def _vectorize_entries(
    entries: Entries, film_count: int, frequency: Floats | None = None, *, use_idf: bool = True
) -> FieldVectors:
    """Return one term per distinct key, in key order; `frequency` (entries,) is the term frequency, 1 if None."""
    frequency = np.ones(entries.row.size, dtype=np.float32) if frequency is None else frequency
    is_used = frequency > 0
    if not is_used.any():
        return _empty_field(film_count)
    keys, first, column = np.unique(entries.key[is_used], return_index=True, return_inverse=True)
    counts = csr_matrix((frequency[is_used], (entries.row[is_used], column)), shape=(film_count, keys.size))
    transformer = TfidfTransformer(norm=None, use_idf=use_idf).fit(counts)
    idf = transformer.idf_.astype(np.float32) if use_idf else np.ones(keys.size, dtype=np.float32)
    names = entries.name[is_used][first]
    return FieldVectors(transformer.transform(counts), keys.astype(str).astype(object), names, idf)


def _empty_field(film_count: int) -> FieldVectors:
    empty = np.empty(0, dtype=object)
    return FieldVectors(csr_matrix((film_count, 0), dtype=np.float32), empty, empty, np.empty(0, dtype=np.float32))


def _billing_frequency(billing: Integers, config: Config) -> Floats:
    decayed = billing.astype(np.float32) ** -config.cast_billing_power
    return np.where(billing <= config.cast_limit, decayed, np.float32(0))


def _is_uncommon(entries: Entries, film_count: int, config: Config) -> Floats:
    """Return 1 for the entries of uncommon languages or countries and 0 for those of common ones."""
    _, column, counts = np.unique(entries.key, return_inverse=True, return_counts=True)
    return (counts <= config.common_share * film_count)[column].astype(np.float32)


def _scale(matrix: csr_matrix, field: str, config: Config) -> csr_matrix:
    """Scale each row that has terms to the squared length given by the field's weight, and then frequent terms."""
    squared = matrix.astype(np.float64).power(2).sum(axis=1).A1
    has_terms = squared > 0
    target = np.where(has_terms, getattr(config.weights, field), 0)
    if field == "genre" and has_terms.any():
        target *= np.minimum(1, np.sqrt(squared / np.median(squared[has_terms])))
    if field == "likes":
        target *= squared / (squared + config.likes_shrinkage)
    factors = np.sqrt(np.divide(target, squared, out=np.zeros_like(squared), where=has_terms))
    scaled = diags_array(factors) @ matrix
    if rarity := config.rarities.get(field):
        film_counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
        shares = np.minimum(1, rarity.film_count / np.maximum(film_counts, 1)) ** rarity.power
        scaled = scaled @ diags_array(np.sqrt(shares))  # both films have the term, so each has the root
    return csr_matrix(scaled, dtype=np.float32)
