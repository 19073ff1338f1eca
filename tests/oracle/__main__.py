"""Writes the tables of the schemas marts and quality: `python -m tests.oracle RAW_DIR DATABASE`."""

import json
import sys
from pathlib import Path

import duckdb
import pandas as pd

from tests.oracle.cells import known_texts
from tests.oracle.eda import make_eda
from tests.oracle.movies import make_entities, make_movies
from tests.oracle.people import make_people, make_recommender_movies
from tests.oracle.search import make_search
from tests.oracle.sources import FLAGS, LITERALS, RANGES, Source, read_sources
from warehouse.raw_finder import find_files

Tables = dict[str, pd.DataFrame]


def make_marts(sources: list[Source]) -> Tables:
    movies, credit_lists, keywords, links, ratings = (source.accepted for source in sources)
    tables = make_movies(movies, keywords)
    tables |= make_people(credit_lists, tables["dim_movies"])
    tables["fct_movie_links"] = links
    tables["fct_ratings"] = ratings
    tables["fct_ratings_by_movie"] = ratings.groupby("movie_id", as_index=False).agg(
        movielens_rating_count=("movielens_rating", "size"), movielens_rating_mean=("movielens_rating", "mean")
    )
    tables["mart_recommender_movies"] = make_recommender_movies(tables)
    tables |= make_entities(tables)
    return tables | make_search(tables) | make_eda(tables)


def make_quality(sources: list[Source]) -> Tables:
    return {
        "rejected_rows": pd.concat([list_rejected_rows(source) for source in sources]),
        "unreadable_cells": pd.concat([list_unreadable_cells(source) for source in sources if source.name in LITERALS]),
        "row_accounting": pd.DataFrame(
            [(source.name, len(source.raw), len(source.accepted), source.reasons.count()) for source in sources],
            columns=["source_name", "rows_read", "rows_kept", "rows_rejected"],
        ),
    }


def list_rejected_rows(source: Source) -> pd.DataFrame:
    is_rejected = source.reasons.notna()
    rejected = source.raw[is_rejected].astype("object")
    records = rejected.where(rejected.notna(), None).to_dict("records")
    return pd.DataFrame(
        {
            "source_name": source.name,
            "row_number": rejected.index + 1,
            "record_key": source.keys[is_rejected],
            "reason": source.reasons[is_rejected],
            "record_json": [json.dumps(record, ensure_ascii=False) for record in records],
        }
    )


def list_unreadable_cells(source: Source) -> pd.DataFrame:
    """Return the cells of accepted rows that have a text but no value."""
    columns = LITERALS[source.name] + ([*RANGES, *FLAGS] if source.name == "movies" else [])
    cells = source.raw.loc[source.accepted.index, columns]
    is_unreadable = source.accepted[columns].isna() & cells.apply(known_texts).notna()
    unreadable = cells.where(is_unreadable).stack().dropna().rename_axis(["row", "column_name"])
    found = unreadable.rename("cell_text").reset_index()
    keys = found["row"].map(source.keys)
    return found.assign(source_name=source.name, row_number=found.pop("row") + 1, record_key=keys)


def main(raw_folder: Path, database: Path) -> None:
    sources = read_sources(find_files(raw_folder))
    with duckdb.connect(str(database)) as connection:
        for schema, tables in {"marts": make_marts(sources), "quality": make_quality(sources)}.items():
            connection.execute(f"create schema if not exists {schema}")
            for name, frame in tables.items():
                connection.register("frame", frame)
                connection.execute(f"create or replace table {schema}.{name} as select * from frame")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
