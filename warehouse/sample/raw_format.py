"""The raw format of The Movies Dataset: which columns its files have and how a film is written into them."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping

from warehouse.sample.film import DEPARTMENTS, Film
from warehouse.sample.vocabulary import Vocabulary, synthetic_id

_MOVIE_COLUMNS = (
    "adult belongs_to_collection budget genres homepage id imdb_id original_language original_title overview "
    "popularity poster_path production_companies production_countries release_date revenue runtime spoken_languages "
    "status tagline title video vote_average vote_count"
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "movies_dataset": tuple(_MOVIE_COLUMNS.split()),
    "credits": ("cast", "crew", "id"),
    "keywords": ("id", "keywords"),
    "links": ("movieId", "imdbId", "tmdbId"),
    "ratings_small": ("userId", "movieId", "rating", "timestamp"),
}

Record = dict[str, str]


def movie_record(film: Film, vocabulary: Vocabulary) -> Record:
    """Returns the film's record of movies_dataset: lists are Python literals, unknown money is 0."""
    collection = film.collection and {
        "id": synthetic_id(film.collection),
        "name": film.collection,
        "poster_path": None,
        "backdrop_path": None,
    }
    return {
        "adult": "False",
        "belongs_to_collection": repr(collection) if collection else "",
        "budget": str(film.budget or 0),
        "genres": repr([{"id": vocabulary.genre_ids[name], "name": name} for name in film.genres]),
        "homepage": film.homepage or "",
        "id": str(film.id),
        "imdb_id": film.imdb_id or "",
        "original_language": film.original_language,
        "original_title": film.original_title or film.title,
        "overview": film.overview or "",
        "popularity": str(float(film.popularity)),
        "poster_path": "",
        "production_companies": repr([{"name": name, "id": synthetic_id(name)} for name in film.companies]),
        "production_countries": repr(
            [{"iso_3166_1": code, "name": vocabulary.country_names[code]} for code in film.countries]
        ),
        "release_date": film.release_date.isoformat(),
        "revenue": str(film.revenue or 0),
        "runtime": str(float(film.runtime)) if film.runtime else "",
        "spoken_languages": repr(
            [{"iso_639_1": code, "name": vocabulary.language_names[code]} for code in film.spoken_languages]
        ),
        "status": "Released",
        "tagline": film.tagline or "",
        "title": film.title,
        "video": "False",
        "vote_average": str(float(film.vote_average)),
        "vote_count": str(film.vote_count),
    }


def credits_record(film: Film, vocabulary: Vocabulary) -> Record:
    """Returns the film's record of credits; people stand in the order of the source."""
    cast: list[dict[str, object]] = []
    for order, (name, character) in enumerate(film.cast):
        person = vocabulary.person(name)
        cast.append(
            {
                "cast_id": order + 1,
                "character": character,
                "credit_id": _credit_id(film, "cast", order, name),
                "gender": person.gender,
                "id": person.person_id,
                "name": person.name,
                "order": order,
                "profile_path": None,
            }
        )
    crew: list[dict[str, object]] = []
    for order, (job, name) in enumerate(film.crew):
        person = vocabulary.person(name)
        crew.append(
            {
                "credit_id": _credit_id(film, job, order, name),
                "department": DEPARTMENTS[job],
                "gender": person.gender,
                "id": person.person_id,
                "job": job,
                "name": person.name,
                "profile_path": None,
            }
        )
    return {"cast": repr(cast), "crew": repr(crew), "id": str(film.id)}


def _credit_id(film: Film, *parts: object) -> str:
    text = "|".join(map(str, (film.id, *parts)))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def keywords_record(film: Film) -> Record:
    keywords = [{"id": synthetic_id(name), "name": name} for name in film.keywords]
    return {"id": str(film.id), "keywords": repr(keywords)}


def link_record(film: Film) -> Record:
    """Returns the record of links of a film that has a MovieLens id and an IMDb id."""
    return {
        "movieId": str(film.movielens_id),
        "imdbId": (film.imdb_id or "").removeprefix("tt"),
        "tmdbId": str(film.id),
    }


def csv_text(file_name: str, records: Iterable[Record]) -> str:
    """Returns the whole file: a header, minimal quotes, lines that end with a line feed."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS[file_name], lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return buffer.getvalue()
