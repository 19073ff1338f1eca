"""Writes the raw CSV files of the bundled sample, beside its YAML sources, from these."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from warehouse.errors import FilmotecaError, run_command
from warehouse.sample.defects import apply_defects, load_defects
from warehouse.sample.ratings import make_ratings
from warehouse.sample.raw_format import (
    Record,
    credits_record,
    csv_text,
    keywords_record,
    link_record,
    movie_record,
)
from warehouse.sample.sources import Sources, load_sources

FOLDER = Path(__file__).parent


def make_files(folder: Path) -> dict[str, bytes]:
    """Returns file name → content of the five raw files that the sources in `folder` make.

    Raises SampleError.
    """
    tables = apply_defects(load_defects(folder), _make_tables(load_sources(folder)))
    return {f"{name}.csv": csv_text(name, records).encode() for name, records in tables.items()}


def _make_tables(sources: Sources) -> Mapping[str, Sequence[Record]]:
    films, vocabulary = sources.films, sources.vocabulary
    return {
        "movies_dataset": [movie_record(film, vocabulary) for film in films],
        "credits": [credits_record(film, vocabulary) for film in films],
        "keywords": [keywords_record(film) for film in films],
        "links": [link_record(film) for film in films if film.movielens_id and film.imdb_id],
        "ratings_small": make_ratings(films),
    }


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    """Writes the files, or compares them; raises FilmotecaError when a source is at fault or a file out of date."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.sample.write", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say whether the files are up to date")
    options = parser.parse_args(arguments)
    files = make_files(folder)
    changed = [name for name, content in files.items() if _read(folder / name) != content]
    if options.check and changed:
        raise FilmotecaError(f"{', '.join(changed)}: not what the sources make; run `python -m warehouse.sample.write`")
    for name in changed:
        (folder / name).write_bytes(files[name])
    for name, content in files.items():
        print(f"{'wrote' if name in changed else 'kept':5} {name:18} {len(content):>9,} bytes")
    return 0


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    sys.exit(run_command(main))
