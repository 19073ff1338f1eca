"""`python -m benchmarks.shapes`: measures the published warehouse's shapes, numbers alone, for `benchmarks.generate`.

`benchmarks/shapes.json` holds those of the real data: how many of each thing there are and how unevenly they are used,
how long lists and texts are, how numbers are distributed, how much is unknown, and how often each defect occurs.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import msgspec

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

SHAPES_FILE = Path(__file__).with_name("shapes.json")
QUANTILES = [number / 40 for number in range(41)]
CUT_CAST = 3
"""Public slices cut most casts after so many names: lists of that length are no measure of whole ones."""

USES = {
    "people": "select movie_id, person_id as key from marts.fct_cast_credits",
    "companies": "select movie_id, company_id as key from marts.fct_movie_companies",
    "keywords": "select movie_id, keyword_id as key from marts.fct_movie_keywords",
    "collections": "select movie_id, collection_id as key from marts.dim_movies where collection_id is not null",
    "genres": "select movie_id, genre_id as key from marts.fct_movie_genres",
    "countries": "select movie_id, country_code as key from marts.fct_movie_countries",
    "spoken_languages": "select movie_id, language_code as key from marts.fct_movie_spoken_languages",
    "original_languages": """
        select movie_id, original_language_code as key from marts.dim_movies where original_language_code is not null
    """,
    "other_jobs": "select movie_id, job as key from marts.fct_crew_credits where job <> 'Director'",
    "words": """
        select movie_id, unnest(string_split(lower(overview), ' ')) as key from marts.dim_movies
        where overview is not null
    """,
    "rated_movies": "select user_id as movie_id, movie_id as key from marts.fct_ratings",
}
"""By vocabulary: which film uses what (a user stands for the film where users use films)."""

LENGTHS = {
    "cast": f"""
        select count(*) as n from marts.fct_cast_credits group by movie_id having count(*) > {CUT_CAST}
    """,
    "companies": "select count(*) as n from marts.fct_movie_companies group by movie_id",
    "keywords": "select count(*) as n from marts.fct_movie_keywords group by movie_id",
    "genres": "select count(*) as n from marts.fct_movie_genres group by movie_id",
    "countries": "select count(*) as n from marts.fct_movie_countries group by movie_id",
    "spoken_languages": "select count(*) as n from marts.fct_movie_spoken_languages group by movie_id",
    "overview": "select len(string_split(overview, ' ')) as n from marts.dim_movies where overview is not null",
    "tagline": "select len(string_split(tagline, ' ')) as n from marts.dim_movies where tagline is not null",
    "title": "select len(string_split(title, ' ')) as n from marts.dim_movies",
    "ratings": "select count(*) as n from marts.fct_ratings group by user_id",
}
"""By list or text: the entries or words of each that is not empty."""

NUMBERS = {
    "budget": "budget_usd",
    "revenue": "revenue_usd",
    "runtime": "runtime_minutes",
    "popularity": "tmdb_popularity",
    "vote_count": "tmdb_vote_count",
    "vote_average": "tmdb_vote_mean",
    "release_day": "release_date - date '1900-01-01'",
}
KNOWN = {
    "budget": "budget_usd",
    "revenue": "revenue_usd",
    "runtime": "runtime_minutes",
    "vote_average": "tmdb_vote_mean",
    "overview": "overview",
    "tagline": "tagline",
    "homepage": "homepage_url",
    "poster_path": "poster_path",
    "collections": "collection_id",
    "imdb_id": "imdb_id",
    "status": "status",
}


class Vocabulary(msgspec.Struct, frozen=True):
    """How many different things there are, and how unevenly they are used."""

    size: int
    growth: float
    """Of size with films: twice the films have 2 ** growth times as many."""
    shares: list[float]
    """Share of all uses that the most used 1, 2, 4, 8… things have, the last of them all: 1."""


class Shapes(msgspec.Struct, frozen=True):
    """What is measured of a warehouse. Quantiles are 41, from the least to the greatest."""

    films: int
    users: int
    vocabularies: dict[str, Vocabulary]
    lengths: dict[str, list[float]]
    numbers: dict[str, list[float]]
    known: dict[str, float]
    """Share of the films of which something is known, by column or list."""
    rejected: dict[str, float]
    """Rejected records of each source and reason, for each film."""
    placeholder_dates: float
    """Share of the films that are dated 1 January."""


def load_shapes() -> Shapes:
    """Those of the real data."""
    return msgspec.json.decode(SHAPES_FILE.read_bytes(), type=Shapes)


def measure(connection: duckdb.DuckDBPyConnection) -> Shapes:
    """Measures a published warehouse; ratings may be empty."""
    films = _one(connection, "select count(*) from marts.dim_movies")
    lengths = {name: _quantiles(connection, "n", f"({sql})") for name, sql in LENGTHS.items()}
    known = {name: _share(connection, f"count({column})") for name, column in KNOWN.items()}
    for name in ("cast", "companies", "keywords", "genres", "countries", "spoken_languages"):
        known[name] = _one(connection, f"select count(distinct movie_id) from ({_uses_of(name)})") / films
    return Shapes(
        films=films,
        users=_one(connection, "select count(distinct user_id) from marts.fct_ratings"),
        vocabularies={name: _vocabulary(connection, sql) for name, sql in USES.items()},
        lengths=lengths,
        numbers={name: _quantiles(connection, column, "marts.dim_movies") for name, column in NUMBERS.items()},
        known={name: round(share, 5) for name, share in known.items()},
        rejected={
            f"{source}.{reason}": round(count / films, 7)
            for source, reason, count in connection.execute(
                "select source_name, reason, count(*) from quality.rejected_rows group by all order by all"
            ).fetchall()
        },
        placeholder_dates=round(_share(connection, "count(*) filter (where is_placeholder_date)"), 5),
    )


def _uses_of(name: str) -> str:
    return USES["people" if name == "cast" else name]


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    [(value,)] = connection.execute(sql).fetchall()
    return int(value)


def _share(connection: duckdb.DuckDBPyConnection, count: str) -> float:
    [(share,)] = connection.execute(f"select {count} / count(*) from marts.dim_movies").fetchall()
    return float(share)


def _quantiles(connection: duckdb.DuckDBPyConnection, value: str, table: str) -> list[float]:
    [(quantiles,)] = connection.execute(f"select quantile_cont({value}, {QUANTILES}) from {table}").fetchall()
    return [float(f"{quantile:.4g}") for quantile in quantiles or [0.0] * len(QUANTILES)]


def _vocabulary(connection: duckdb.DuckDBPyConnection, uses: str) -> Vocabulary:
    counts = [
        count
        for (count,) in connection.execute(f"select count(*) from ({uses}) group by key order by 1 desc").fetchall()
    ]
    half = _one(connection, f"select count(distinct key) from ({uses}) where hash(movie_id) % 2 = 0")
    ranks = [min(2**power, len(counts)) for power in range(math.ceil(math.log2(max(len(counts), 1))) + 1)]
    total = sum(counts) or 1
    return Vocabulary(
        size=len(counts),
        growth=round(math.log2(len(counts) / half), 3) if half else 0.0,
        shares=[round(sum(counts[:rank]) / total, 5) for rank in ranks],
    )


def main(arguments: Sequence[str]) -> int:
    """Measures, and writes the numbers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shapes", description=__doc__)
    parser.add_argument("--to", type=Path, default=SHAPES_FILE, metavar="FILE", help="(default: %(default)s)")
    options = parser.parse_args(arguments)
    with open_read_only(Settings.from_environment().published_file, memory_limit="2GB") as connection:
        shapes = measure(connection)
    if not shapes.users:
        raise FilmotecaError("the warehouse holds no ratings to measure; expected: one built with ratings and links")
    options.to.write_bytes(msgspec.json.format(msgspec.json.encode(shapes), indent=0) + b"\n")
    print(f"wrote {options.to}: {shapes.films:,} films")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
