"""Generates raw files of any size: `python -m benchmarks.generate --films N --to DIR`.

The files have the distributions of the real ones (`benchmarks/distributions.json`) and all their defects; names and
words are synthetic, and vocabularies grow with the number of films as the real ones do. Casts and crews are as long as
in the original data, which takes about 4 kB a film. The same seed and size give the same bytes, in constant memory.
"""

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from benchmarks.distributions import load_distributions
from benchmarks.sampling import Defects, Sampler, draw_distinct
from benchmarks.synthetic_names import (
    make_code,
    make_company,
    make_keyword,
    make_person,
    make_text_word,
    make_title,
    make_word,
)
from warehouse.errors import FilmotecaError, run_command

MIN_FILMS = 200
"""Every kind of defect needs films of its own."""
FILMS_PER_CHUNK = 5_000
CAST_FACTOR, CREW_FACTOR = 0.83, 0.69
"""Lengths of the lists relative to the complete casts of the public extracts, which are those of well-known films; the
original credits have 12.4 entries per cast and 10.2 per crew.
"""
FIRST_DAY = dt.date(1900, 1, 1)
FIRST_RATING, RATING_PERIOD = 800_000_000, 690_000_000
"""Unix time of the first rating, and seconds until the last."""
FILM_STEP = 7_919
"""A prime that distributes the most rated films over the file."""
ESCAPED_CHARACTER = "The \t \"other\" 'one'"
"""A literal that only Python's own parser reads exactly."""

COLUMNS = {
    "movies_dataset": (
        *("adult", "belongs_to_collection", "budget", "genres", "homepage", "id", "imdb_id", "original_language"),
        *("original_title", "overview", "popularity", "poster_path", "production_companies", "production_countries"),
        *("release_date", "revenue", "runtime", "spoken_languages", "status", "tagline", "title", "video"),
        *("vote_average", "vote_count"),
    ),
    "credits": ("cast", "crew", "id"),
    "keywords": ("id", "keywords"),
    "links": ("movieId", "imdbId", "tmdbId"),
    "ratings_small": ("userId", "movieId", "rating", "timestamp"),
}
JOBS = (
    *(("Director", "Directing"), ("Screenplay", "Writing"), ("Writer", "Writing"), ("Story", "Writing")),
    *(("Novel", "Writing"), ("Producer", "Production"), ("Executive Producer", "Production")),
    *(("Director of Photography", "Camera"), ("Editor", "Editing"), ("Original Music Composer", "Sound")),
    *(("Production Design", "Art"), ("Costume Design", "Costume & Make-Up")),
)
MOVIE_LISTS: dict[str, Callable[[int], str]] = {
    "genres": lambda number: f"{{'id': {number + 1}, 'name': '{make_title(number)}'}}",
    "companies": lambda number: f"{{'name': '{make_company(number)}', 'id': {number + 1}}}",
    "countries": lambda number: f"{{'iso_3166_1': '{make_code(number).upper()}', 'name': '{make_title(number)}'}}",
    "spoken_languages": lambda number: f"{{'iso_639_1': '{make_code(number)}', 'name': '{make_title(number)}'}}",
}
Row = list[str]


def write_raw_files(folder: Path, films: int, seed: int) -> None:
    """Write the five raw files into a folder, a chunk of films at a time."""
    distributions = load_distributions()
    defects = Defects.distribute(distributions, films)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {}
        for name, columns in COLUMNS.items():
            file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file, lineterminator="\n")
            writers[name].writerow(columns)
        for chunk, start in enumerate(range(0, films, FILMS_PER_CHUNK)):
            numbers = range(start, min(start + FILMS_PER_CHUNK, films))
            sampler = Sampler(distributions, films, (seed, chunk))
            writers["movies_dataset"].writerows(_movie_rows(numbers, sampler, defects))
            writers["credits"].writerows(_credits_rows(numbers, sampler, defects))
            writers["keywords"].writerows(_keywords_rows(numbers, sampler, defects))
            writers["links"].writerows(_link_rows(numbers, defects))
        writers["ratings_small"].writerows(_rating_rows(films, Sampler(distributions, films, (seed, films))))


def _movie_rows(films: range, sampler: Sampler, defects: Defects) -> Iterator[Row]:
    lengths = {name: sampler.draw_lengths(name, len(films)) for name in (*MOVIE_LISTS, "title", "overview", "tagline")}
    ranks = {name: sampler.draw_ranks(name) for name in (*MOVIE_LISTS, "collections", "original_languages", "words")}
    numbers = {name: sampler.draw_numbers(name, len(films)) for name in sampler.distributions.numbers}
    known = {name: sampler.draw_known(name, len(films)) for name in ("collections", "homepage", "status")}
    is_placeholder = sampler.uniform(len(films)) < sampler.distributions.placeholder_dates

    for index, film in enumerate(films):
        texts = {
            name: " ".join(map(make_text_word, islice(ranks["words"], lengths[name][index])))
            for name in ("title", "overview", "tagline")
        }
        lists = {
            name: f"[{', '.join(map(make_entry, draw_distinct(ranks[name], lengths[name][index])))}]"
            for name, make_entry in MOVIE_LISTS.items()
        }
        number = {name: values[index] for name, values in numbers.items()}
        day = FIRST_DAY + dt.timedelta(days=int(number["release_day"]))
        row = {
            "adult": "False",
            "belongs_to_collection": _make_collection(next(ranks["collections"]))
            if known["collections"][index]
            else "",
            "budget": f"{number['budget']:.0f}",
            "genres": lists["genres"],
            "homepage": f"http://www.{make_word(film)}.com" if known["homepage"][index] else "",
            "id": str(film + 1),
            "imdb_id": f"tt{film + 1:07}",
            "original_language": make_code(next(ranks["original_languages"])),
            "original_title": texts["title"].title(),
            "overview": texts["overview"].capitalize(),
            "popularity": f"{number['popularity']:.6f}",
            "poster_path": f"/{make_word(film)}.jpg",
            "production_companies": lists["companies"],
            "production_countries": lists["countries"],
            "release_date": (day.replace(month=1, day=1) if is_placeholder[index] else day).isoformat(),
            "revenue": f"{number['revenue']:.0f}",
            "runtime": f"{number['runtime']:.1f}",
            "spoken_languages": lists["spoken_languages"],
            "status": "Released" if known["status"][index] else "",
            "tagline": texts["tagline"].capitalize(),
            "title": texts["title"].title(),
            "video": "False",
            "vote_average": f"{number['vote_average']:.1f}",
            "vote_count": f"{number['vote_count']:.0f}",
        }
        yield from _apply_defects(film, row, defects)


def _make_collection(number: int) -> str:
    return (
        f"{{'id': {number + 1}, 'name': '{make_title(number)} Collection', 'poster_path': None, 'backdrop_path': None}}"
    )


def _apply_defects(film: int, row: dict[str, str], defects: Defects) -> Iterator[Row]:
    """Yield a row with its defects: changed cells, a second row with the same id, or a row broken in two."""
    if defects.has("movies.malformed_row", film):  # the cells after the overview are in the next line
        cells = list(row.values())
        end = list(row).index("overview") + 1
        yield cells[:end] + [""] * (len(cells) - end)
        yield [f" - {row['tagline']}", *cells[end:], *[""] * (end - 1)]
        return
    if defects.has("movies.missing_release_date", film):
        row["release_date"] = ""
    if defects.has("movies.invalid_release_date", film):
        row["release_date"] = row["release_date"].replace("-", "/")
    if defects.has("unreadable", film):
        row |= {"genres": "[{'id': 18, 'name': 'Cut", "budget": row["poster_path"]}
    yield list(row.values())
    if defects.has("movies.duplicate_id", film):
        yield list((row | {"popularity": "0"}).values())


def _credits_rows(films: range, sampler: Sampler, defects: Defects) -> Iterator[Row]:
    cast_lengths = sampler.draw_lengths("cast", len(films), CAST_FACTOR)
    crew_lengths = sampler.draw_lengths("cast", len(films), CREW_FACTOR)
    people, crew_people, jobs, words = (
        sampler.draw_ranks(name) for name in ("people", "people", "other_jobs", "words")
    )
    for film, cast_length, crew_length in zip(films, cast_lengths, crew_lengths, strict=True):
        cast = [
            _make_cast_entry(
                film, order, number, f"{make_text_word(next(words))} {make_text_word(next(words))}".title()
            )
            for order, number in enumerate(draw_distinct(people, cast_length))
        ]
        # The first crew entry is the director.
        crew = [
            _make_crew_entry(film, order, next(crew_people), order and 1 + next(jobs)) for order in range(crew_length)
        ]
        if defects.has("escaped", film):
            cast.append(_make_cast_entry(film, len(cast), film, ESCAPED_CHARACTER))
        yield [f"[{', '.join(cast)}]", f"[{', '.join(crew)}]", str(film + 1)]
        if defects.has("credits.duplicate_id", film):
            yield ["[]", "[]", str(film + 1)]


def _make_cast_entry(film: int, order: int, number: int, character: str) -> str:
    return (
        f"{{'cast_id': {order + 1}, 'character': {character!r}, 'credit_id': '{film:012x}{order:012x}', "
        f"'gender': {number % 3}, 'id': {number + 1}, 'name': '{make_person(number)}', 'order': {order}, "
        f"'profile_path': '/{number:027x}.jpg'}}"
    )


def _make_crew_entry(film: int, order: int, number: int, job: int) -> str:
    title, department = JOBS[job] if job < len(JOBS) else (f"{make_title(job)} Worker", "Crew")
    return (
        f"{{'credit_id': '{film:012x}c{order:011x}', 'department': '{department}', 'gender': {number % 3}, "
        f"'id': {number + 1}, 'job': '{title}', 'name': '{make_person(number)}', 'profile_path': None}}"
    )


def _keywords_rows(films: range, sampler: Sampler, defects: Defects) -> Iterator[Row]:
    ranks = sampler.draw_ranks("keywords")
    for film, length in zip(films, sampler.draw_lengths("keywords", len(films)), strict=True):
        numbers = draw_distinct(ranks, length)
        entries = [f"{{'id': {number + 1}, 'name': '{make_keyword(number)}'}}" for number in numbers]
        row = [str(film + 1), f"[{', '.join(entries)}]"]
        yield from [row] * (2 if defects.has("keywords.duplicate_id", film) else 1)


def _link_rows(films: range, defects: Defects) -> Iterator[Row]:
    for film in films:
        yield [str(film + 1), f"{film + 1:07}", "" if defects.has("links.unknown_movie", film) else str(film + 1)]


def _rating_rows(films: int, sampler: Sampler) -> Iterator[Row]:
    users = max(1, round(sampler.distributions.users * films / sampler.distributions.films))
    ranks = sampler.draw_ranks("rated_movies")
    for user, length in enumerate(sampler.draw_lengths("ratings", users), start=1):
        rated = sorted({number * FILM_STEP % films for number in draw_distinct(ranks, min(length, films))})
        for film, stars, moment in zip(rated, sampler.uniform(len(rated)), sampler.uniform(len(rated)), strict=True):
            rating, rated_at = 0.5 + int(stars * 10) / 2, FIRST_RATING + int(moment * RATING_PERIOD)
            yield [str(user), str(film + 1), f"{rating:.1f}", str(rated_at)]


def main(arguments: Sequence[str]) -> int:
    """Write the files into an empty folder and print their sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--films", type=int, required=True, metavar="N", help=f"number of films, at least {MIN_FILMS}")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="(default: %(default)s)")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    options = parser.parse_args(arguments)
    if options.films < MIN_FILMS:
        raise FilmotecaError(f"--films must be at least {MIN_FILMS}; got {options.films}.")
    if options.to.exists() and any(options.to.iterdir()):
        raise FilmotecaError(f"The folder {options.to} is not empty. Name a new one with --to.")
    write_raw_files(options.to, options.films, options.seed)
    for path in sorted(options.to.iterdir()):
        print(f"{path.name:20}{path.stat().st_size / 1e6:>10,.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
