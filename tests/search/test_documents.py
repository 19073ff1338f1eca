"""The number of a film in its collection."""

from typing import Any

from search.documents import number_films


def films(collection: str, *titles: str) -> list[dict[str, Any]]:
    return [
        {"entity_id": position, "name": title, "collection_name": collection, "collection_position": position}
        for position, title in enumerate(titles, 1)
    ]


def test_numbers_in_titles_count_and_the_rest_follows_by_date() -> None:
    prequels = ("Star Wars: Episode I", "Star Wars: Episode II", "Star Wars: Episode III")
    episodes = ("Star Wars", "The Empire Strikes Back", "Return of the Jedi", *prequels)
    assert number_films(films("Star Wars Collection", *episodes)) == {4: 1, 5: 2, 6: 3, 1: 4, 2: 5, 3: 6}


def test_part_of_another_title_and_large_numbers_do_not_count() -> None:
    potter = films("Harry Potter Collection", "Harry Potter and the Chamber", "Harry Potter and the Hallows: Part 1")
    assert number_films(potter) == {1: 1, 2: 2}
    assert number_films(films("Ocean's Collection", "Ocean's Eleven", "Ocean's Twelve")) == {1: 1, 2: 2}
