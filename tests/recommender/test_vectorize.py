"""Terms and their weights."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.config import Config, FieldWeights, Rarity
from recommender.structures import Corpus, Entries, Vectors
from recommender.vectorize import FIELDS, vectorize

NO_ENTRIES = Entries(np.empty(0, int), np.empty(0, int), np.empty(0, object), np.empty(0, int))


def corpus(*texts: str, **films_by_field: list[list[str]]) -> Corpus:
    """Return one film per text. Names are also keys."""
    entries = dict.fromkeys(FIELDS[1:], NO_ENTRIES)
    for field, films in films_by_field.items():
        flat = [(row, name, place) for row, names in enumerate(films) for place, name in enumerate(names, 1)]
        rows, names, places = (np.array(column) for column in zip(*flat, strict=True))
        entries[field] = Entries(rows, names.astype(object), names.astype(object), places)
    count = len(texts)
    return Corpus(
        movie_ids=np.arange(count) + 100,
        texts=np.array(texts, dtype=object),
        entries=entries,
        years=np.full(count, 2000),
        vote_counts=np.zeros(count, dtype=int),
        vote_means=np.zeros(count),
    )


def weights(vectors: Vectors, row: int) -> dict[str, float]:
    found = vectors.matrix[row]
    return dict(zip(vectors.term[found.indices], found.data.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("300 ships, 8½ and 2001", {"300", "ships", "8½", "2001"}),
        ("千と千尋の神隠し 愛", {"千と千尋の神隠し", "愛"}),
        ("Amélie's café: a CAFÉ", {"amelie", "cafe"}),
        ("Apollo 7, the 7", {"apollo", "7"}),
        ("Иван Грозныи́", {"иван", "грозныи"}),
        ("_snake_case_ ... -- a b c", {"snake", "case"}),
        ("ÀÉÎõü Ñandú", {"aeiou", "nandu"}),
        ("Home Alone with Bill and the Twelve", {"home", "alone", "bill", "twelve"}),
        ("the and of", set()),
        ("In a great city a man named Year finds a place", set()),
    ],
)
def test_words_of_all_scripts_and_digits_are_terms(text: str, words: set[str]) -> None:
    assert set(weights(vectorize(corpus(text), Config()), 0)) == words


def test_columns_are_ordered_by_field_and_key() -> None:
    vectors = vectorize(
        corpus("a ship sinks", "the ship", "", genre=[["Drama"], ["Drama", "War"], []], cast=[["Ann"], [], []]),
        Config(),
    )
    assert vectors.matrix.dtype == np.float32
    assert all((np.diff(vectors.matrix[row].indices) > 0).all() for row in range(3))
    assert vectors.field.tolist() == ["text", "text", "genre", "genre", "cast"]
    assert vectors.term.tolist() == ["ship", "sinks", "Drama", "War", "Ann"]
    assert vectors.document_count.tolist() == [2, 1, 2, 1, 1]
    np.testing.assert_allclose(vectors.idf, np.log(4 / (1 + vectors.document_count)) + 1, rtol=1e-6)


def test_field_adds_weight_times_cosine() -> None:
    config = Config(weights=FieldWeights(text=0.3, genre=0, keyword=0.2, cast=0, director=0, collection=0.1))
    films = corpus("ship iceberg", "ship", keyword=[["sea", "ice"], ["ice", "snow"]], collection=[["Saga"], ["Saga"]])
    first, second = weights(vectorize(films, config), 0), weights(vectorize(films, config), 1)
    # Of two films, a term of both has an idf of 1, a term of one ln(3 / 2) + 1.
    rare = np.log(3 / 2) + 1
    assert first["ship"] * second["ship"] == pytest.approx(0.3 / np.sqrt(1 + rare**2), abs=1e-6)
    assert first["ice"] * second["ice"] == pytest.approx(0.2 / (1 + rare**2), abs=1e-6)
    assert first["Saga"] * second["Saga"] == pytest.approx(0.1, abs=1e-6)


def test_film_with_few_genres_gets_less_genre_weight() -> None:
    config = Config(weights=FieldWeights(genre=0.4))
    films = corpus("", "", "", genre=[["Drama"], ["Drama", "War", "Crime"], ["Drama", "War", "Crime"]])
    squared = vectorize(films, config).matrix.power(2).sum(axis=1).A1
    assert squared[1:].tolist() == pytest.approx([0.4, 0.4], abs=1e-6)
    # Drama has an idf of 1, the others ln(4 / 3) + 1: the film of Drama alone has so much of the usual length.
    rare = np.log(4 / 3) + 1
    assert squared[0] == pytest.approx(0.4 / np.sqrt(1 + 2 * rare**2), abs=1e-6)


def test_common_language_or_country_is_not_a_term() -> None:
    config = Config(common_share=0.5)
    films = corpus("", "", "", language=[["en"], ["en"], ["ja"]], country=[["USA"], ["Chile", "USA"], []])
    assert vectorize(films, config).term.tolist() == ["ja", "Chile"]


def test_keyword_about_the_making_is_not_a_term() -> None:
    films = corpus("", keyword=[["ship", "aftercreditsstinger", "independent film"]])
    assert vectorize(films, Config()).term.tolist() == ["ship"]


@pytest.mark.parametrize("field", ["director", "language", "country"])
def test_frequent_term_counts_less(field: str) -> None:
    rarity = Rarity(film_count=2, power=0.5)
    config = Config(common_share=1, director_rarity=rarity, place_rarity=rarity)
    films = corpus(*[""] * 11, **{field: [["Ann"]] * 8 + [["Bob"]] * 2 + [["Ann", "Bob"]]})
    # Two films of Ann, who has nine, share (2 / 9) ** 0.5 of the weight; Bob has three.
    shared = (vectorize(films, config).matrix @ vectorize(films, config).matrix.T).toarray()
    weight = getattr(config.weights, field)
    assert shared[0, 1] == pytest.approx(weight * (2 / 9) ** 0.5, rel=1e-5)
    assert shared[8, 9] == pytest.approx(weight * (2 / 3) ** 0.5, rel=1e-5)


def test_likes_have_no_idf_and_are_shrunk() -> None:
    config = Config(weights=FieldWeights(likes=0.5), likes_shrinkage=2)
    films = corpus("", "", likes=[["1", "2"], ["2"]])
    vectors = vectorize(films, config)
    assert vectors.idf.tolist() == [1, 1]
    # likes / (likes + shrinkage) of the weight
    assert vectors.matrix.power(2).sum(axis=1).A1.tolist() == pytest.approx([0.5 * 2 / 4, 0.5 * 1 / 3], abs=1e-6)
    assert set(vectorize(films, replace(config, weights=FieldWeights(likes=0))).field) == set()


def test_cast_weight_decays_with_billing_up_to_limit() -> None:
    config = Config(cast_limit=4, cast_billing_power=0.5)
    film = weights(vectorize(corpus("", cast=[["Ann", "Bob", "Cid", "Dan", "Eve"]]), config), 0)
    assert "Eve" not in film
    assert film["Dan"] / film["Ann"] == pytest.approx(1 / 2, abs=1e-6)


def test_namesakes_are_different_terms() -> None:
    films = corpus("", "")
    people = Entries(np.array([0, 1]), np.array([7, 8]), np.array(["Ann", "Ann"], dtype=object), np.array([1, 1]))
    vectors = vectorize(replace(films, entries={**films.entries, "cast": people}), Config())
    assert vectors.term.tolist() == ["Ann", "Ann"]
    assert vectors.document_count.tolist() == [1, 1]
