"""The usual way: the same ETL in pandas with `ast.literal_eval`, one DataFrame a mart, written to a DuckDB file."""

import ast
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from warehouse import raw_files

LISTS = ("genres", "production_companies", "production_countries", "spoken_languages", "belongs_to_collection")


def read_literal(cell: Any) -> list[dict[str, Any]]:
    if not isinstance(cell, str):
        return []
    value = ast.literal_eval(cell)
    return [value] if isinstance(value, dict) else value


def unnest(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row per entry of a column of lists of dictionaries, the film's id beside it."""
    entries = frame[["movie_id", column]].explode(column).dropna()
    return pd.DataFrame(entries[column].tolist()).assign(movie_id=entries["movie_id"].to_numpy())


def load_movies(path: Path) -> pd.DataFrame:
    movies = pd.read_csv(path, dtype=str)
    movies["movie_id"] = pd.to_numeric(movies["id"], errors="coerce")
    for column in ("budget", "revenue", "runtime", "popularity", "vote_average", "vote_count"):
        movies[column] = pd.to_numeric(movies[column], errors="coerce")
    movies["release_date"] = pd.to_datetime(movies["release_date"], errors="coerce")
    movies = movies.dropna(subset=["movie_id", "release_date"]).sort_values("vote_count", ascending=False)
    movies = movies.drop_duplicates("movie_id").sort_values("movie_id")
    movies[["budget", "revenue", "runtime"]] = movies[["budget", "revenue", "runtime"]].replace(0, float("nan"))
    movies["return_ratio"] = movies["revenue"] / movies["budget"]
    for column in LISTS:
        movies[column] = movies[column].map(read_literal)
    return movies


def load_lists(path: Path, columns: list[str], movies: pd.DataFrame) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str)
    frame["movie_id"] = pd.to_numeric(frame["id"], errors="coerce")
    for column in columns:
        frame[column] = frame[column].map(read_literal)
    frame["entry_count"] = frame[columns].map(len).sum(axis=1)
    frame = frame.sort_values("entry_count", ascending=False, kind="stable").drop_duplicates("movie_id")
    return frame[frame["movie_id"].isin(movies["movie_id"])]


def summarize_returns(casts: pd.DataFrame, movies: pd.DataFrame) -> pd.DataFrame:
    films = casts[["id", "movie_id"]].drop_duplicates().merge(movies[["movie_id", "return_ratio"]], on="movie_id")
    return films.groupby("id")["return_ratio"].agg(["size", "count", "sum", "mean", "median"]).reset_index()


def main(raw_folder: Path, database: Path) -> None:
    files = raw_files.find_files(raw_folder)
    movies = load_movies(files["movies"])
    tables = {column: unnest(movies, column) for column in LISTS}
    credit_lists = load_lists(files["credits"], ["cast", "crew"], movies)
    tables["cast_credits"] = unnest(credit_lists, "cast")
    tables["crew_credits"] = unnest(credit_lists, "crew")
    if "keywords" in files:
        tables["keywords"] = unnest(load_lists(files["keywords"], ["keywords"], movies), "keywords")
    for name in ("links", "ratings"):
        if name in files:
            tables[name] = pd.read_csv(files[name])
    tables["movies"] = movies.drop(columns=list(LISTS))
    tables["actor_returns"] = summarize_returns(tables["cast_credits"], movies)
    directors = tables["crew_credits"][tables["crew_credits"]["job"] == "Director"]
    tables["director_returns"] = summarize_returns(directors, movies)
    with duckdb.connect(str(database)) as connection:
        for name, frame in tables.items():
            connection.register("frame", frame)
            connection.execute(f"create table {name} as select * from frame")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
