"""One person with the parts of `include`."""

from collections.abc import Iterable
from typing import Any

import msgspec

from api.db.queries import Queries, Row
from api.http.problems import not_found
from api.v1.people.schemas import PersonDetail

PARTS = ("acted", "directed", "crew", "returns")


def get_person(queries: Queries, person_id: int, parts: Iterable[str] = PARTS) -> PersonDetail:
    """Return the person with these parts. Raises ProblemError 404 if there is no person with this id."""
    row = find_person(queries, person_id)
    return msgspec.convert(row | {part: _fetch_part(queries, part, person_id) for part in parts}, PersonDetail)


def find_person(queries: Queries, person_id: int) -> Row:
    """Return the row of a person. Raises ProblemError 404 if there is no person with this id."""
    if row := queries.first("get_person", person_id=person_id):
        return row
    raise not_found(f"No person with TMDB id {person_id}. Search by name: /v1/people?q=…")


def _fetch_part(queries: Queries, part: str, person_id: int) -> Any:
    if part == "returns":
        return {
            "as_actor": queries.rows("person_returns_as_actor", person_id=person_id),
            "as_director": queries.first("person_returns_as_director", person_id=person_id),
        }
    return queries.rows(f"person_{part}", person_id=person_id)
