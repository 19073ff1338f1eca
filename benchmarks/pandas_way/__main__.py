"""`python -m benchmarks.pandas_way RAW_DIR DATABASE` writes the tables of the schemas marts and quality."""

import sys
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.pandas_way.catalog import make_catalog
from benchmarks.pandas_way.people import make_people, make_recommender_movies
from benchmarks.pandas_way.quality import make_quality
from benchmarks.pandas_way.sources import Source, read_sources
from warehouse import raw_files


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
    return tables


def main(raw_folder: Path, database: Path) -> None:
    """Reads the raw files, makes every table, writes them as `marts.<name>` and `quality.<name>`."""
    sources = read_sources(raw_files.find_files(raw_folder))
    schemas = {"marts": make_marts(sources), "quality": make_quality(sources)}
    with duckdb.connect(str(database)) as connection:
        for schema, tables in schemas.items():
            connection.execute(f"create schema {schema}")
            for name, frame in tables.items():
                connection.register("frame", frame)
                connection.execute(f"create table {schema}.{name} as select * from frame")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
