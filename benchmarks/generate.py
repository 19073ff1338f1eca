"""`python -m benchmarks.generate --films N --to DIR`: raw files of any size, of the real shapes, with all the defects.

How much there is of everything and how unevenly it is used is drawn from `benchmarks/shapes.json`, each thing by
itself; names and words are made up. Vocabularies grow with the films as the real one does. Casts and crews have the
lengths of whole ones: about 4 kB a film. The same seed and size give the same bytes; memory stays the same with any.
"""

import argparse
import datetime as dt
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.made_up import code, company, keyword, person, text_word, word
from benchmarks.shapes import Shapes, load_shapes
from warehouse.errors import FilmotecaError, run_command
from warehouse.screen import Screen

Numbers = npt.NDArray[np.float64]

FILMS_PER_CHUNK = 5_000
CAST_TIMES, CREW_TIMES = 0.83, 0.69
"""Lengths of the lists compared with those of the casts that are whole in public slices, which are those of well-known
films: in the original credits a film has 12.4 entries in the cast and 10.2 in the crew, of which slices keep directors.
"""
FIRST_DAY = dt.date(1900, 1, 1)
RATED_FROM, RATED_SECONDS = 800_000_000, 690_000_000
ESCAPED = 1 / 1_300
"""Share of the films with a character whose literal needs Python's own reading."""
UNREADABLE = 1 / 10_000
"""Share of the films with a literal that breaks off, or a number that is none."""
INVALID_DATES = 1 / 20_000
QUOTE = '"'
RANKS_PER_BLOCK = 4_096
SPREAD = 7_919
"""A prime, so that the films that are rated most do not stand at the beginning."""
FEWEST_FILMS = 200
JOBS = (
    ("Director", "Directing"),
    ("Screenplay", "Writing"),
    ("Writer", "Writing"),
    ("Story", "Writing"),
    ("Novel", "Writing"),
    ("Producer", "Production"),
    ("Executive Producer", "Production"),
    ("Director of Photography", "Camera"),
    ("Editor", "Editing"),
    ("Original Music Composer", "Sound"),
    ("Production Design", "Art"),
    ("Costume Design", "Costume & Make-Up"),
)
"""Jobs of crew members with their departments."""
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
"""Columns of the generated files, in the order of the real ones."""
MOVIE_LISTS: dict[str, Callable[[int], str]] = {
    "genres": lambda number: f"{{'id': {number + 1}, 'name': '{word(number).title()}'}}",
    "companies": lambda number: f"{{'name': '{company(number)}', 'id': {number + 1}}}",
    "countries": lambda number: f"{{'iso_3166_1': '{code(number).upper()}', 'name': '{word(number).title()}'}}",
    "spoken_languages": lambda number: f"{{'iso_639_1': '{code(number)}', 'name': '{word(number).title()}'}}",
}
Record = list[str]


def _collection(number: int) -> str:
    name = f"{word(number).title()} Collection"
    return f"{{'id': {number + 1}, 'name': '{name}', 'poster_path': None, 'backdrop_path': None}}"


@dataclass(frozen=True, slots=True)
class Defects:
    """Which films, by number, have which defect: each at its rate, but once at least, and no film two."""

    by_kind: dict[str, frozenset[int]]

    @classmethod
    def spread(cls, shapes: Shapes, films: int) -> "Defects":
        rates = dict(shapes.rejected)
        # What else is rejected, or not kept for the sake of these, follows from them.
        rates["movies.missing_release_date"] -= rates["movies.malformed_row"]
        rates["links.unknown_movie"] -= rates["credits.unknown_movie"]
        for follows in ("credits.unknown_movie", "keywords.unknown_movie", "ratings.unknown_movie"):
            del rates[follows]
        rates |= {"movies.invalid_release_date": INVALID_DATES, "escaped": ESCAPED, "unreadable": UNREADABLE}
        by_kind: dict[str, frozenset[int]] = {}
        taken: set[int] = set()
        for place, (kind, rate) in enumerate(sorted(rates.items())):
            count = max(1, round(rate * films))
            chosen = set()
            for number in range(count):
                film = (number * films // count + place * 7) % films
                while film in taken:
                    film = (film + 1) % films
                taken.add(film)
                chosen.add(film)
            by_kind[kind] = frozenset(chosen)
        return cls(by_kind)

    def has(self, kind: str, film: int) -> bool:
        return film in self.by_kind[kind]


class Draw:
    """Draws from the shapes. Only plain uniform numbers are taken from the generator: their sequence is stable."""

    def __init__(self, shapes: Shapes, films: int, seed: Sequence[int]) -> None:
        self.shapes, self._times = shapes, films / shapes.films
        self._random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(list(seed))))

    def chances(self, count: int) -> Numbers:
        return self._random.random(count)

    def of(self, quantiles: Sequence[float], count: int) -> Numbers:
        """Numbers that have these quantiles."""
        return np.interp(self.chances(count), np.linspace(0, 1, len(quantiles)), quantiles)

    def number(self, name: str, count: int) -> list[float | None]:
        """A column of numbers, None where nothing is known."""
        known = self.chances(count) < self.shapes.known.get(name, 1)
        numbers = self.of(self.shapes.numbers[name], count)
        return [float(number) if is_known else None for number, is_known in zip(numbers, known, strict=True)]

    def lengths(self, name: str, count: int, times: float = 1.0) -> list[int]:
        """Lengths of lists or texts, 0 where there is none."""
        lengths = np.maximum(np.rint(self.of(self.shapes.lengths[name], count) * times), 1).astype(np.int64)
        lengths[self.chances(count) >= self.shapes.known.get(name, 1)] = 0
        return list(map(int, lengths))

    def ranks(self, name: str) -> Iterator[int]:
        """Things of a vocabulary, without end, as their ranks by use from 0.

        Between the measured ranks the share of all uses grows with the logarithm of the rank, which is stretched to the
        size that the vocabulary has with so many films: the most used thing keeps its share, and the tail gets longer.
        """
        vocabulary = self.shapes.vocabularies[name]
        ranks = np.minimum(2.0 ** np.arange(len(vocabulary.shares)), vocabulary.size)
        # The k-th thing has the shares from k - 1 to k: ranks from 0, as if they were continuous, and one added.
        logs = np.log1p(np.concatenate([[0.0], ranks]))
        size = max(1.0, vocabulary.size * self._times**vocabulary.growth)
        stretch = math.log1p(size) / math.log1p(vocabulary.size) if size > ranks[-1] else 1.0
        while True:
            drawn = np.interp(self.chances(RANKS_PER_BLOCK), [0.0, *vocabulary.shares], logs)
            yield from map(int, np.expm1(drawn * stretch).astype(np.int64))


def make_files(folder: Path, films: int, seed: int, screen: Screen) -> None:
    """Writes the five raw files, a chunk of films at a time."""
    shapes = load_shapes()
    defects = Defects.spread(shapes, films)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        files = {
            name: opened.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline="\n"))
            for name in COLUMNS
        }
        for name, columns in COLUMNS.items():
            files[name].write(_csv_line(columns))
        for chunk, start in enumerate(range(0, films, FILMS_PER_CHUNK)):
            numbers = range(start, min(start + FILMS_PER_CHUNK, films))
            draw = Draw(shapes, films, (seed, chunk))
            files["movies_dataset"].writelines(map(_csv_line, movie_records(numbers, draw, defects)))
            files["credits"].writelines(map(_csv_line, credits_records(numbers, draw, defects)))
            files["keywords"].writelines(map(_csv_line, keywords_records(numbers, draw, defects)))
            files["links"].writelines(map(_csv_line, link_records(numbers, defects)))
            screen.count("films", numbers.stop, films)
        ratings = rating_records(films, Draw(shapes, films, (seed, films)))
        files["ratings_small"].writelines(map(_csv_line, ratings))


def _csv_line(cells: Sequence[str]) -> str:
    """As Python's csv writes it, which takes twice as long over such cells."""
    return (
        ",".join(f'"{cell.replace(QUOTE, QUOTE * 2)}"' if "," in cell or QUOTE in cell else cell for cell in cells)
        + "\n"
    )


def movie_records(films: range, draw: Draw, defects: Defects) -> Iterator[Record]:
    """The films' records, with the records that repeat one or are the second half of one."""
    lengths = {name: draw.lengths(name, len(films)) for name in (*MOVIE_LISTS, "title", "overview", "tagline")}
    ranks = {name: draw.ranks(name) for name in (*MOVIE_LISTS, "collections", "original_languages", "words")}
    numbers = {name: draw.number(name, len(films)) for name in draw.shapes.numbers}
    chances = {name: draw.chances(len(films)) for name in ("collections", "homepage", "status", "placeholder")}

    def text(name: str, place: int) -> str:
        return " ".join(map(text_word, islice(ranks["words"], lengths[name][place])))

    for place, film in enumerate(films):
        lists = {
            name: [entry(number) for number in _distinct(ranks[name], lengths[name][place])]
            for name, entry in MOVIE_LISTS.items()
        }
        has = {name: chances[name][place] < draw.shapes.known[name] for name in ("collections", "homepage", "status")}
        number = {name: values[place] for name, values in numbers.items()}
        day = FIRST_DAY + dt.timedelta(days=int(number["release_day"] or 0))
        if chances["placeholder"][place] < draw.shapes.placeholder_dates:
            day = day.replace(month=1, day=1)
        title = text("title", place).title()
        votes = round(number["vote_count"] or 0)
        record = [
            "False",
            _collection(next(ranks["collections"])) if has["collections"] else "",
            _whole(number["budget"]),
            f"[{', '.join(lists['genres'])}]",
            f"http://www.{word(film)}.com" if has["homepage"] else "",
            str(film + 1),
            f"tt{film + 1:07}",
            code(next(ranks["original_languages"])),
            title,
            text("overview", place).capitalize(),
            f"{number['popularity'] or 0:.6f}",
            f"/{word(film)}.jpg",
            f"[{', '.join(lists['companies'])}]",
            f"[{', '.join(lists['countries'])}]",
            day.isoformat(),
            _whole(number["revenue"]),
            f"{number['runtime'] or 0:.1f}",
            f"[{', '.join(lists['spoken_languages'])}]",
            "Released" if has["status"] else "",
            text("tagline", place).capitalize(),
            title,
            "False",
            f"{number['vote_average'] or 0:.1f}",
            str(votes),
        ]
        yield from _with_defects(film, dict(zip(COLUMNS["movies_dataset"], record, strict=True)), defects)


def _with_defects(film: int, record: dict[str, str], defects: Defects) -> Iterator[Record]:
    if defects.has("movies.malformed_row", film):  # broken in two: what follows the overview stands in the next line
        cells = list(record.values())
        after = list(record).index("overview") + 1
        yield cells[:after] + [""] * (len(cells) - after)
        shifted = [f" - {record['tagline']}", *cells[after:]]
        yield [*shifted, *[""] * (len(cells) - len(shifted))]
        return
    if defects.has("movies.missing_release_date", film):
        record["release_date"] = ""
    if defects.has("movies.invalid_release_date", film):
        record["release_date"] = record["release_date"].replace("-", "/")
    if defects.has("unreadable", film):
        record["genres"] = "[{'id': 18, 'name': 'Cut"
        record["budget"] = record["poster_path"]
    yield list(record.values())
    if defects.has("movies.duplicate_id", film):
        yield list((record | {"popularity": "0"}).values())


def credits_records(films: range, draw: Draw, defects: Defects) -> Iterator[Record]:
    cast_lengths = draw.lengths("cast", len(films), CAST_TIMES)
    crew_lengths = draw.lengths("cast", len(films), CREW_TIMES)
    people, crew_people, jobs, words = (draw.ranks(name) for name in ("people", "people", "other_jobs", "words"))
    for film, cast_length, crew_length in zip(films, cast_lengths, crew_lengths, strict=True):
        cast = [_cast_entry(film, order, number, words) for order, number in enumerate(_distinct(people, cast_length))]
        # One director, then who did something else.
        crew = [_crew_entry(film, order, next(crew_people), order and 1 + next(jobs)) for order in range(crew_length)]
        if defects.has("escaped", film):
            cast.append(_cast_entry(film, len(cast), film, words, character="The \t \"other\" 'one'"))
        yield [f"[{', '.join(cast)}]", f"[{', '.join(crew)}]", str(film + 1)]
        if defects.has("credits.duplicate_id", film):
            yield ["[]", "[]", str(film + 1)]


def _cast_entry(film: int, order: int, number: int, words: Iterator[int], character: str | None = None) -> str:
    character = character or f"{text_word(next(words))} {text_word(next(words))}".title()
    return (
        f"{{'cast_id': {order + 1}, 'character': {character!r}, 'credit_id': '{film:012x}{order:012x}', "
        f"'gender': {number % 3}, 'id': {number + 1}, 'name': '{person(number)}', 'order': {order}, "
        f"'profile_path': '/{number:027x}.jpg'}}"
    )


def _crew_entry(film: int, order: int, number: int, job: int) -> str:
    title, department = JOBS[job] if job < len(JOBS) else (f"{word(job).title()} Worker", "Crew")
    return (
        f"{{'credit_id': '{film:012x}c{order:011x}', 'department': '{department}', 'gender': {number % 3}, "
        f"'id': {number + 1}, 'job': '{title}', 'name': '{person(number)}', 'profile_path': None}}"
    )


def keywords_records(films: range, draw: Draw, defects: Defects) -> Iterator[Record]:
    ranks = draw.ranks("keywords")
    for film, length in zip(films, draw.lengths("keywords", len(films)), strict=True):
        entries = [f"{{'id': {number + 1}, 'name': '{keyword(number)}'}}" for number in _distinct(ranks, length)]
        record = [str(film + 1), f"[{', '.join(entries)}]"]
        yield record
        if defects.has("keywords.duplicate_id", film):
            yield record


def link_records(films: range, defects: Defects) -> Iterator[Record]:
    for film in films:
        unknown = defects.has("links.unknown_movie", film)
        yield [str(film + 1), f"{film + 1:07}", "" if unknown else str(film + 1)]


def rating_records(films: int, draw: Draw) -> Iterator[Record]:
    """By user and film, a few of films that nobody knows."""
    users = max(1, round(draw.shapes.users * films / draw.shapes.films))
    ranks = draw.ranks("rated_movies")
    for user, length in enumerate(draw.lengths("ratings", users), start=1):
        rated = sorted({number * SPREAD % films for number in _distinct(ranks, min(length, films))})
        stars, moments = draw.chances(len(rated)), draw.chances(len(rated))
        for film, star, moment in zip(rated, stars, moments, strict=True):
            yield [
                str(user),
                str(film + 1),
                f"{0.5 + int(star * 10) / 2:.1f}",
                str(RATED_FROM + int(moment * RATED_SECONDS)),
            ]


def _distinct(ranks: Iterator[int], count: int) -> list[int]:
    """Up to so many different ones, in the order drawn; fewer where a few are drawn again and again."""
    found: dict[int, None] = {}
    for number in islice(ranks, 4 * count):
        if len(found) == count:
            break
        found[number] = None
    return list(found)


def _whole(number: float | None) -> str:
    return str(round(number or 0))


def main(arguments: Sequence[str]) -> int:
    """Writes the files into a folder that holds none; says how many bytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--films", type=int, required=True, metavar="N", help=f"{FEWEST_FILMS:,} at least")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="(default: %(default)s)")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder of the files, a new one")
    options = parser.parse_args(arguments)
    if options.films < FEWEST_FILMS or options.seed < 0:
        raise FilmotecaError(
            f"expected: --films {FEWEST_FILMS} or more, as every defect has films of its own, --seed 0 or more"
        )
    if options.to.exists() and any(options.to.iterdir()):
        raise FilmotecaError(f"{options.to} is not empty; expected: a new folder")
    screen = Screen()
    with screen.step(f"{options.films:,} films"):
        make_files(options.to, options.films, options.seed, screen)
    for path in sorted(options.to.iterdir()):
        screen.say(f"  {path.name:20}{path.stat().st_size / 1e6:>10,.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
