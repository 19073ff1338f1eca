"""How texts are split into words."""

import pytest

from search.text import indexed_words, query_words, sound_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ocean's Eleven", ["oceans", "11"]),
        ("Rocky IV", ["rocky", "4"]),
        ("Star Wars: Episode I", ["star", "wars", "episode", "1"]),
        ("I, Robot", ["i", "robot"]),
        ("E.T. the Extra-Terrestrial", ["et", "the", "extra", "terrestrial"]),
        ("Mr. & Mrs. Smith", ["mr", "and", "mrs", "smith"]),
        ("8½", ["8", "1", "2"]),
        ("Alien³", ["alien", "3"]),
        ("WALL·E", ["wall", "e"]),
        ("Œuvre d'Ærø", ["oeuvre", "daero"]),
        ("千と", ["千", "と"]),
        ("", []),
        ("$", []),
    ],
)
def test_query_words(text: str, words: list[str]) -> None:
    assert query_words(text) == words


@pytest.mark.parametrize(
    ("text", "word"), [("Spider-Man", "spiderman"), ("Spider-Man", "man"), ("Se7en", "7"), ("Se7en", "se7en")]
)
def test_name_is_also_found_by_another_form(text: str, word: str) -> None:
    assert word in indexed_words(text)


def test_sound_of_misspelt_name_equals_that_of_the_name() -> None:
    assert sound_of("swarzeneger") == sound_of("schwarzenegger")
    assert sound_of("bond") is None
    assert sound_of("ベン") is None
