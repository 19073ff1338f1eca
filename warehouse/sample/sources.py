"""Reads and checks the films of the sample: films/*.yaml against the vocabulary files beside them."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.sample.vocabulary import Vocabulary, load_vocabulary, synthetic_id
from warehouse.sample.yaml_files import SampleError, read_yaml

# Where TMDB files each job; a job that is not here is a misspelling until it is added.
DEPARTMENTS = {
    "Director": "Directing",
    "Screenplay": "Writing",
    "Writer": "Writing",
    "Story": "Writing",
    "Novel": "Writing",
    "Producer": "Production",
    "Executive Producer": "Production",
    "Director of Photography": "Camera",
    "Editor": "Editing",
    "Original Music Composer": "Sound",
    "Production Design": "Art",
    "Costume Design": "Costume & Make-Up",
}


@dataclass(frozen=True, slots=True)
class Film:
    """A film as its source tells it: unknown is None, money is in US dollars, runtime in minutes.

    `cast` holds (person, character) in billing order, `crew` (job, person); persons as people.yaml names them.
    """

    id: int
    title: str
    original_language: str
    release_date: dt.date
    popularity: float
    vote_average: float
    vote_count: int
    genres: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    spoken_languages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    cast: tuple[tuple[str, str], ...] = ()
    crew: tuple[tuple[str, str], ...] = ()
    imdb_id: str | None = None
    movielens_id: int | None = None
    original_title: str | None = None
    runtime: int | None = None
    budget: int | None = None
    revenue: int | None = None
    collection: str | None = None
    tagline: str | None = None
    homepage: str | None = None
    overview: str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """All that the sample is made of. `films` are in the order of the raw files: by MovieLens id, then by TMDB id."""

    films: tuple[Film, ...]
    vocabulary: Vocabulary


def load_sources(folder: Path) -> Sources:
    """Reads the vocabulary and every film below `folder`; raises SampleError with all problems at once."""
    vocabulary = load_vocabulary(folder)
    problems: list[str] = []
    films: list[Film] = []
    paths = sorted((folder / "films").glob("*.yaml"))
    if not paths:
        raise SampleError([f"films: there is no .yaml file in {folder / 'films'}"])
    for path in paths:
        for number, entry in enumerate(read_yaml(path, list), start=1):
            faults = list(_entry_faults(entry, vocabulary))
            problems += [f"{path.name}: film {number} ({_name_of(entry)}): {fault}" for fault in faults]
            if not faults:
                films.append(_film_of(entry))
    problems += _shared_ids(films)
    problems += _clashing_synthetic_ids(films, vocabulary)
    if problems:
        raise SampleError(problems)
    return Sources(tuple(sorted(films, key=_raw_file_order)), vocabulary)


def _raw_file_order(film: Film) -> tuple[bool, int, int]:
    return film.movielens_id is None, film.movielens_id or 0, film.id


def _name_of(entry: Any) -> str:
    return str(entry.get("title", "without a title")) if isinstance(entry, dict) else "no mapping"


def _film_of(entry: Mapping[str, Any]) -> Film:
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    fields["cast"] = tuple(pair for credit in entry.get("cast", []) for pair in credit.items())
    fields["crew"] = tuple((job, name) for job, names in entry.get("crew", {}).items() for name in names)
    return Film(**fields)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip()


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value)) and len(set(value)) == len(value)


def _is_positive(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_number_up_to(limit: float) -> Callable[[Any], bool]:
    return lambda value: type(value) in (int, float) and 0 <= value <= limit


def _is_cast(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(credit, dict) and len(credit) == 1 and all(map(_is_text, (*credit, *credit.values())))
        for credit in value
    )


def _is_crew(value: Any) -> bool:
    return isinstance(value, dict) and set(value) <= set(DEPARTMENTS) and all(map(_is_texts, value.values()))


_TEXT = (_is_text, "text without blanks at its ends; quote what YAML takes for a number or for yes/no")
_TEXTS = (_is_texts, "a list of different texts, such as [Drama, War]; quote what YAML takes for yes/no, like 'NO'")
_WHOLE = (_is_positive, "a whole number above 0; leave the key out if it is unknown")
_RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": _WHOLE,
    "imdb_id": (lambda value: bool(re.fullmatch(r"tt\d{7,8}", str(value))), "tt and seven or eight digits"),
    "movielens_id": _WHOLE,
    "title": _TEXT,
    "original_title": _TEXT,
    "original_language": _TEXT,
    "release_date": (lambda value: type(value) is dt.date, "a date that exists, as YYYY-MM-DD"),
    "runtime": _WHOLE,
    "budget": _WHOLE,
    "revenue": _WHOLE,
    "popularity": (_is_number_up_to(1000), "a number from 0 to 1000"),
    "vote_average": (_is_number_up_to(10), "a number from 0 to 10"),
    "vote_count": (lambda value: type(value) is int and value >= 0, "a whole number from 0 up"),
    "genres": _TEXTS,
    "collection": _TEXT,
    "companies": _TEXTS,
    "countries": _TEXTS,
    "spoken_languages": _TEXTS,
    "tagline": _TEXT,
    "homepage": _TEXT,
    "overview": _TEXT,
    "keywords": _TEXTS,
    "cast": (_is_cast, "a list of '- person: character' lines, both texts"),
    "crew": (_is_crew, f"a mapping job: [persons] of the jobs {', '.join(DEPARTMENTS)}"),
}
_REQUIRED = ("id", "title", "original_language", "release_date", "popularity", "vote_average", "vote_count")


def _entry_faults(entry: Any, vocabulary: Vocabulary) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "an entry must be a mapping (key: value)"
        return
    missing = [key for key in _REQUIRED if key not in entry]
    unknown = [str(key) for key in entry if key not in _RULES]
    wrong = [key for key in entry if key in _RULES and not _RULES[key][0](entry[key])]
    yield from (f"{key} is missing" for key in missing)
    yield from (f"{key} is no key of a film (keys: {', '.join(_RULES)})" for key in unknown)
    yield from (f"{key} is {entry[key]!r}; it must be {_RULES[key][1]}" for key in wrong)
    if not (missing or unknown or wrong):
        yield from _unlisted_names(_film_of(entry), vocabulary)


def _unlisted_names(film: Film, vocabulary: Vocabulary) -> Iterator[str]:
    listed: Sequence[tuple[str, Sequence[str], Mapping[str, object]]] = (
        ("genres.yaml", film.genres, vocabulary.genre_ids),
        ("countries.yaml", film.countries, vocabulary.country_names),
        ("languages.yaml", (film.original_language, *film.spoken_languages), vocabulary.language_names),
        ("people.yaml", [name for name in people_of(film) if name.endswith(")")], vocabulary.people),
    )
    for file_name, names, known in listed:
        yield from (f"{name} is not in {file_name}; add it there, or mend it" for name in names if name not in known)


def people_of(film: Film) -> Iterator[str]:
    """Yields the names in cast and crew, as often as they stand there."""
    yield from (name for name, _ in film.cast)
    yield from (name for _, name in film.crew)


def _shared_ids(films: Sequence[Film]) -> Iterator[str]:
    for key in ("id", "imdb_id", "movielens_id"):
        holders: dict[object, str] = {}
        for film in films:
            value = getattr(film, key)
            if value in holders:
                yield f"films: {film.title} and {holders[value]} have the same {key}, {value}"
            elif value is not None:
                holders[value] = film.title


def _clashing_synthetic_ids(films: Sequence[Film], vocabulary: Vocabulary) -> Iterator[str]:
    kinds: Mapping[str, set[str]] = {
        "people": {name for film in films for name in people_of(film)} - set(vocabulary.people),
        "companies": {name for film in films for name in film.companies},
        "collections": {film.collection for film in films if film.collection},
        "keywords": {name for film in films for name in film.keywords},
    }
    for kind, names in kinds.items():
        holders: dict[int, str] = {}
        for name in sorted(names):
            other = holders.setdefault(synthetic_id(name), name)
            if other != name:
                yield f"films: the {kind} {other} and {name} get the same synthetic id; spell one in another way"
