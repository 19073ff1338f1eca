"""What a film of the sources is, and what is wrong with an entry that is none."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.sample.vocabulary import Vocabulary

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

    `cast` holds (person, character) in billing order, `crew` (job, person); persons as people.yaml has them.
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

    def people(self) -> Iterator[str]:
        """Yields the names in cast and crew, as often as they stand there."""
        yield from (name for name, _ in self.cast)
        yield from (name for _, name in self.crew)


def film_of(entry: Mapping[str, Any]) -> Film:
    """Returns the film of an entry in which `faults_of` finds nothing wrong."""
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    fields["cast"] = tuple(pair for credit in entry.get("cast", []) for pair in credit.items())
    fields["crew"] = tuple((job, name) for job, names in entry.get("crew", {}).items() for name in names)
    return Film(**fields)


def faults_of(entry: Any, vocabulary: Vocabulary) -> Iterator[str]:
    """Yields all that is wrong with an entry of films/*.yaml, and what would be right, a sentence each."""
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
        yield from _unlisted_names(film_of(entry), vocabulary)


def _unlisted_names(film: Film, vocabulary: Vocabulary) -> Iterator[str]:
    suffixed = [name for name in film.people() if name.endswith(")")]
    listed: Sequence[tuple[str, Sequence[str], Mapping[str, object]]] = (
        ("genres.yaml", film.genres, vocabulary.genre_ids),
        ("countries.yaml", film.countries, vocabulary.country_names),
        ("languages.yaml", (film.original_language, *film.spoken_languages), vocabulary.language_names),
        ("people.yaml", suffixed, vocabulary.people),
    )
    for file_name, names, known in listed:
        for name in names:
            if name not in known:
                yield f"{name} is not in {file_name}; add it there, or mend it"


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
_TEXTS = (_is_texts, "a list of different texts, like [Drama, War]; quote what YAML takes for a yes/no")
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
