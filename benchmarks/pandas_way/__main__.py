"""`python -m benchmarks.pandas_way RAW_DIR DATABASE` writes the tables of the schemas marts and quality."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.pandas_way.catalog import make_catalog
from benchmarks.pandas_way.eda import make_eda
from benchmarks.pandas_way.entities import make_entities
from benchmarks.pandas_way.people import make_people, make_recommender_movies
from benchmarks.pandas_way.quality import make_quality
from benchmarks.pandas_way.search import make_search
from benchmarks.pandas_way.sources import Source, read_sources
from warehouse import raw_files
from warehouse.errors import run_command


def make_marts(sources: list[Source]) -> dict[str, pd.DataFrame]:
    movies, credit_lists, keywords, links, ratings = (source.kept for source in sources)
    tables = make_catalog(movies, keywords)
    tables |= make_people(credit_lists, tables["dim_movies"])
    tables["fct_movie_links"] = links
    tables["fct_ratings"] = ratings
    tables["fct_ratings_by_movie"] = ratings.groupby("movie_id", as_index=False).agg(
        movielens_rating_count=("movielens_rating", "size"), movielens_rating_mean=("movielens_rating", "mean")
    )
    tables["mart_recommender_movies"] = make_recommender_movies(tables)
    return tables | make_entities(tables) | make_search(tables) | make_eda(tables)


def write_tables(database: Path, schemas: dict[str, dict[str, pd.DataFrame]]) -> None:
    with duckdb.connect(str(database)) as connection:
        for schema, tables in schemas.items():
            connection.execute(f"create schema if not exists {schema}")
            for name, frame in tables.items():
                connection.register("frame", frame)
                connection.execute(f"create or replace table {schema}.{name} as select * from frame")


def main(arguments: Sequence[str]) -> int:
    """Reads the raw files, makes every table, writes them as `marts.<name>` and `quality.<name>`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pandas_way", description=__doc__)
    parser.add_argument("raw_folder", type=Path, metavar="RAW_DIR")
    parser.add_argument("database", type=Path, metavar="DATABASE")
    options = parser.parse_args(arguments)
    sources = read_sources(raw_files.find_files(options.raw_folder))
    write_tables(options.database, {"marts": make_marts(sources), "quality": make_quality(sources)})
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
