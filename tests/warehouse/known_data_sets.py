"""Generated raw files in the shapes of other data sets."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

GENRES = ("Animation", "Comedy", "Drama", "Crime")
PEOPLE = ("Ana Torrent", "Bo Ek", "Cid D'Arc", 'Dee "Dot" Li')
DAILY_EXPORT_COLUMNS = (
    *("id", "title", "vote_average", "vote_count", "status", "release_date", "revenue", "runtime", "adult"),
    *("backdrop_path", "budget", "homepage", "imdb_id", "original_language", "original_title", "overview"),
    *("popularity", "poster_path", "tagline", "genres", "production_companies", "production_countries"),
    *("spoken_languages", "keywords"),
)


def _films(count: int) -> Iterable[dict[str, object]]:
    """Yield the columns that all shapes have."""
    for number in range(1, count + 1):
        genre = GENRES[number % len(GENRES)]
        yield {
            "id": number,
            "title": f"Film {number}",
            "original_title": f'El "film", {number}',
            "original_language": "es",
            "overview": f"A {genre.lower()} about the lighthouse of number {number},\nand its keeper.",
            "release_date": f"{1960 + number % 50}-03-{1 + number % 28:02}",
            "budget": 1_000_000 * number,
            "revenue": 2_500_000 * number,
            "runtime": 80 + number % 60,
            "popularity": number / 7,
            "vote_average": 5 + number % 5,
            "vote_count": 10 * number,
            "status": "Released",
            "tagline": "",
            "homepage": "",
        }


def _write(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_tmdb_5000(folder: Path, count: int = 40) -> None:
    """Write two files like those of the TMDB 5000 data set: JSON lists, keywords with the films, and `movie_id`."""
    films, credit_rows = [], []
    for film in _films(count):
        number = int(str(film["id"]))
        lists = {
            "genres": [{"id": 1 + number % 4, "name": GENRES[number % 4]}],
            "keywords": [{"id": number % 7, "name": f"keyword {number % 7}"}],
            "production_companies": [{"name": 'Estudio "Uno"', "id": 5}],
            "production_countries": [{"iso_3166_1": "ES", "name": "Spain"}],
            "spoken_languages": [{"iso_639_1": "es", "name": "Español"}],
        }
        films.append({**film, **{name: json.dumps(entries) for name, entries in lists.items()}})
        person = number % 4
        entry = {"credit_id": f"c{number}", "gender": 1, "id": 10 + person, "name": PEOPLE[person]}
        cast = [{"cast_id": 1, "character": "", **entry, "order": 0}]
        crew = [{**entry, "department": "Directing", "job": "Director"}]
        credit_rows.append(
            {"movie_id": number, "title": film["title"], "cast": json.dumps(cast), "crew": json.dumps(crew)}
        )
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "tmdb_5000_movies.csv", films)
    _write(folder / "tmdb_5000_credits.csv", credit_rows)


def write_daily_export(folder: Path, count: int = 40) -> None:
    """Write a file like the daily export of TMDB: 24 columns, lists as names with commas, and keywords."""
    folder.mkdir(parents=True, exist_ok=True)
    lists = {
        "production_companies": "Estudio Uno, Estudio Dos",
        "production_countries": "Spain, France",
        "spoken_languages": "Spanish, French",
        "adult": "False",
        "imdb_id": "tt0000001",
        "backdrop_path": "",
        "poster_path": "/p.jpg",
    }
    rows = [
        {
            **film,
            **lists,
            "genres": f"{GENRES[number % 4]}, {GENRES[(number + 1) % 4]}",
            "keywords": f"keyword {number % 7}, sea",
        }
        for number, film in enumerate(_films(count))
    ]
    _write(folder / "TMDB_movie_dataset_v11.csv", [{name: row[name] for name in DAILY_EXPORT_COLUMNS} for row in rows])


def write_least(folder: Path, count: int = 40) -> None:
    """Write a file with an unknown name and nothing but the required columns, after an index without a name."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {"": number, "ID": film["id"], "release_date": film["release_date"], "title": film["title"]}
        for number, film in enumerate(_films(count))
    ]
    _write(folder / "peliculas.csv", rows)
