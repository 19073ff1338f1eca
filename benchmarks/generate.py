"""Generates raw files of any size: `python -m benchmarks.generate --films N --to DIR`.

The files have the distributions of the real ones (`benchmarks/distributions.json`, numbers only) and all their defects;
names and words are synthetic, and vocabularies grow with the number of films as the real ones do. Casts and crews are
as long as in the original data, which takes about 4 kB a film. The same seed and size give the same files.
"""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from warehouse.errors import FilmotecaError, run_command

DISTRIBUTIONS: dict[str, Any] = json.loads(Path(__file__).with_name("distributions.json").read_text("utf-8"))
"""Counts, vocabularies, 41 quantiles of lengths and numbers, shares of known values, and rates of defects."""
QUERIES = Path(__file__).with_name("raw_files")
FILES = ("movies_dataset", "credits", "keywords", "links", "ratings_small")
MIN_FILMS = 200
"""Every kind of defect needs films of its own."""
OTHER_DEFECTS = {"movies.invalid_release_date": 1 / 20_000, "escaped": 1 / 1_300, "unreadable": 1 / 10_000}
"""Share of the films with each defect that is not a rejection in the real data."""
CAST_FACTOR, CREW_FACTOR = 0.75, 0.62
"""Lengths of the lists relative to the complete casts of the public extracts, which are those of well-known films; the
original credits have 12.4 entries per cast and 10.2 per crew."""
ESCAPED_CHARACTER = "The \t \"other\" 'one'"
"""A literal that only Python's own parser reads exactly."""
JOBS = {
    **{"Director": "Directing", "Screenplay": "Writing", "Writer": "Writing", "Story": "Writing", "Novel": "Writing"},
    **{"Producer": "Production", "Executive Producer": "Production", "Director of Photography": "Camera"},
    **{"Editor": "Editing", "Original Music Composer": "Sound", "Production Design": "Art"},
    "Costume Design": "Costume & Make-Up",
}
"""The most frequent jobs, with their departments."""
ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "pr", "r", "s", "st", "t")
VOWELS, CODAS = ("a", "e", "i", "o", "u", "ai", "ei", "au"), ("", "n", "r", "s", "l")
SYLLABLES = [onset + vowel + coda for onset in (*ONSETS, "tr", "v", "z") for vowel in VOWELS for coda in CODAS]


def write_raw_files(folder: Path, films: int, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    growth = films / DISTRIBUTIONS["films"]
    variables = {
        "seed": seed,
        "films": films,
        "users": max(1, round(DISTRIBUTIONS["users"] * growth)),
        **{f"length of {name}": quantiles for name, quantiles in DISTRIBUTIONS["lengths"].items()},
        **{f"number of {name}": quantiles for name, quantiles in DISTRIBUTIONS["numbers"].items()},
        **{f"known {name}": share for name, share in DISTRIBUTIONS["known"].items()},
        **{f"rank of {name}": spread_ranks(one, growth) for name, one in DISTRIBUTIONS["vocabularies"].items()},
        "placeholder_dates": DISTRIBUTIONS["placeholder_dates"],
        "cast_factor": CAST_FACTOR,
        "crew_factor": CREW_FACTOR,
        "syllables": SYLLABLES,
        "stop_words": sorted(ENGLISH_STOP_WORDS),
        "jobs": list(JOBS),
        "departments": list(JOBS.values()),
        "escaped_literal": repr(ESCAPED_CHARACTER),
        "defects": count_defects(films),
    }
    with duckdb.connect() as connection:
        for name, value in variables.items():
            connection.execute(f'set variable "{name}" = $value', {"value": value})
        connection.execute((QUERIES / "macros.sql").read_text("utf-8"))
        for name in FILES:
            query = (QUERIES / f"{name}.sql").read_text("utf-8")
            connection.sql(query).write_csv(str(folder / f"{name}.csv"))


def split_file(file: Path, parts: int) -> None:
    """Replace a CSV without line breaks in fields by parts of equal size: `credits-001.csv` and so on."""
    size = file.stat().st_size // parts + 1
    with file.open("rb") as source:
        header = source.readline()
        for number, lines in enumerate(iter(lambda: source.readlines(size), []), start=1):
            file.with_name(f"{file.stem}-{number:03}.csv").write_bytes(header + b"".join(lines))
    file.unlink()


def count_defects(films: int) -> dict[str, int]:
    """Return how many films get each kind of defect, at least one each; a film has one defect at most."""
    rates = DISTRIBUTIONS["rejected"] | OTHER_DEFECTS
    # These rejections follow from others.
    rates["movies.missing_release_date"] -= rates["movies.malformed_row"]
    rates["links.unknown_movie"] -= rates["credits.unknown_movie"]
    for kind in ("credits.unknown_movie", "keywords.unknown_movie", "ratings.unknown_movie"):
        del rates[kind]
    return {kind: max(1, round(rate * films)) for kind, rate in sorted(rates.items())}


def spread_ranks(vocabulary: dict[str, Any], growth: float) -> list[float]:
    """Return 1,025 quantiles of ln(1 + rank) of the things that are drawn from a vocabulary.

    Between the measured ranks, the share of all uses grows with the logarithm of the rank. That scale is stretched to
    the size that the vocabulary has with so many films: the most used thing keeps its share, and the tail grows.
    """
    shares, old_size = vocabulary["shares"], vocabulary["size"]
    ranks = np.minimum(2.0 ** np.arange(len(shares)), old_size)
    size = max(1.0, old_size * growth ** vocabulary["growth"])
    stretch = math.log1p(size) / math.log1p(old_size) if size > ranks[-1] else 1.0
    logs = np.log1p([0.0, *ranks]) * stretch
    spread: list[float] = np.interp(np.linspace(0, 1, 1_025), [0.0, *shares], logs).tolist()
    return spread


def main(arguments: Sequence[str]) -> int:
    """Write the files into an empty folder and print their sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--films", type=int, required=True, metavar="N", help=f"number of films, at least {MIN_FILMS}")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="(default: %(default)s)")
    parser.add_argument("--credits-parts", type=int, default=1, metavar="N", help="files of credits (default: 1)")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    options = parser.parse_args(arguments)
    if options.films < MIN_FILMS:
        raise FilmotecaError(f"--films must be at least {MIN_FILMS}; got {options.films}.")
    if options.to.exists() and any(options.to.iterdir()):
        raise FilmotecaError(f"The folder {options.to} is not empty. Name a new one with --to.")
    write_raw_files(options.to, options.films, options.seed)
    if options.credits_parts > 1:
        split_file(options.to / "credits.csv", options.credits_parts)
    for path in sorted(options.to.iterdir()):
        print(f"{path.name:20}{path.stat().st_size / 1e6:>10,.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
