"""Reads the films of the sample, films/*.yaml, and checks them against the vocabulary and each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.sample.film import Film, faults_of, film_of
from warehouse.sample.vocabulary import Vocabulary, load_vocabulary, synthetic_id
from warehouse.sample.yaml_files import SampleError, read_yaml


@dataclass(frozen=True, slots=True)
class Sources:
    """What the sample is made of. `films` are in the raw files' order: by MovieLens id, then by TMDB id."""

    films: tuple[Film, ...]
    vocabulary: Vocabulary


def load_sources(folder: Path) -> Sources:
    """Reads the vocabulary and every film below `folder`; raises SampleError with all problems at once."""
    vocabulary = load_vocabulary(folder)
    problems: list[str] = []
    films: list[Film] = []
    paths = sorted((folder / "films").glob("*.yaml"))
    if not paths:
        raise SampleError([f"{folder / 'films'}: there is no .yaml file in this folder"])
    for path in paths:
        for number, entry in enumerate(read_yaml(path, list), start=1):
            faults = list(faults_of(entry, vocabulary))
            problems += [f"{path.name}: film {number} ({_title_of(entry)}): {fault}" for fault in faults]
            if not faults:
                films.append(film_of(entry))
    problems += _shared_ids(films)
    problems += _clashing_synthetic_ids(films, vocabulary)
    if problems:
        raise SampleError(problems)
    return Sources(tuple(sorted(films, key=_raw_file_order)), vocabulary)


def _title_of(entry: Any) -> str:
    return str(entry.get("title", "without a title")) if isinstance(entry, dict) else "not a mapping"


def _raw_file_order(film: Film) -> tuple[bool, int, int]:
    return film.movielens_id is None, film.movielens_id or 0, film.id


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
        "people": {name for film in films for name in film.people()} - set(vocabulary.people),
        "companies": {name for film in films for name in film.companies},
        "collections": {film.collection for film in films if film.collection},
        "keywords": {name for film in films for name in film.keywords},
    }
    for kind, names in kinds.items():
        holders: dict[int, str] = {}
        for name in sorted(names):
            other = holders.setdefault(synthetic_id(name), name)
            if other != name:
                yield f"films: the {kind} {other} and {name} get the same synthetic id; respell one"
