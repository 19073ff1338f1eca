"""What the films refer to by name or code: genres, countries, languages, people; and ids for the rest."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.sample.yaml_files import SampleError, read_yaml

# TMDB's own ids of 2017 are all below two million; ids made here lie far above them and still fit 32 bits.
SYNTHETIC_ID_START = 1_000_000_000
SYNTHETIC_ID_COUNT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the raw files write one. `gender` is TMDB's: 0 unknown, 1 woman, 2 man."""

    person_id: int | None
    name: str
    gender: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Genre ids by name; country and language names by ISO code; people by the name that the films use."""

    genre_ids: Mapping[str, int]
    country_names: Mapping[str, str]
    language_names: Mapping[str, str]
    people: Mapping[str, Person]

    def person(self, name: str) -> Person:
        """Returns the person listed under `name`, or one with a synthetic id."""
        return self.people.get(name) or Person(synthetic_id(name), name, 0)


def synthetic_id(name: str) -> int:
    """Returns an id that depends on the name alone, so that it is the same in every version of the sample."""
    return SYNTHETIC_ID_START + zlib.crc32(name.encode()) % SYNTHETIC_ID_COUNT


def load_vocabulary(folder: Path) -> Vocabulary:
    """Reads genres.yaml, countries.yaml, languages.yaml and people.yaml; raises SampleError."""
    return Vocabulary(
        genre_ids=_read_names(folder / "genres.yaml", int, "a whole number (TMDB's id)"),
        country_names=_read_names(folder / "countries.yaml", str, "TMDB's English name"),
        language_names=_read_names(folder / "languages.yaml", str, "the name in the language itself"),
        people=_read_people(folder / "people.yaml"),
    )


def _read_names(path: Path, value_type: type, right: str) -> dict[str, Any]:
    names = read_yaml(path, dict)
    if problems := [
        f"{path.name}: {key!r}: {value!r} must be text: {right}; quote what YAML takes for yes/no, like 'NO'"
        for key, value in names.items()
        if not isinstance(key, str) or type(value) is not value_type
    ]:
        raise SampleError(problems)
    return dict(names)


def _read_people(path: Path) -> dict[str, Person]:
    content = read_yaml(path, dict)
    people: dict[str, Person] = {name: Person(None, name, 0) for name in content.get("without_id", [])}
    problems: list[str] = []
    holders: dict[int, str] = {}
    for name, entry in content.get("people", {}).items():
        person_id, gender = entry.get("id", synthetic_id(name)), entry.get("gender", 0)
        is_known_shape = set(entry) <= {"id", "name", "gender"}
        if not is_known_shape or type(person_id) is not int or gender not in (0, 1, 2):
            problems.append(f"{path.name}: {name}: write {{id: TMDB's id, gender: 0, 1 or 2}}, not {entry!r}")
            continue
        if other := holders.get(person_id):
            problems.append(f"{path.name}: {name}: the id {person_id} is that of {other} already")
        if name in people:
            problems.append(f"{path.name}: {name}: stands under without_id as well")
        holders[person_id] = name
        people[name] = Person(person_id, entry.get("name", name), gender)
    if problems:
        raise SampleError(problems)
    return people
