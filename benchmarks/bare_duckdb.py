"""The floor: the least that reads, casts and writes the raw files with DuckDB, and nothing else.

No rules, no keys, no tests, no exactness: literals are cast as they stand.
"""

import sys
from pathlib import Path

import duckdb

from warehouse import raw_files

CASTS = {
    "movies": """
        * replace (
            try_cast(id as integer) as id,
            try_cast(release_date as date) as release_date,
            try_cast(budget as bigint) as budget,
            try_cast(revenue as bigint) as revenue,
            try_cast(runtime as double) as runtime,
            try_cast(popularity as double) as popularity,
            try_cast(vote_average as double) as vote_average,
            try_cast(vote_count as bigint) as vote_count,
            try_cast(genres as struct(id varchar, name varchar)[]) as genres,
            try_cast(production_companies as struct(name varchar, id varchar)[]) as production_companies,
            try_cast(production_countries as struct(iso_3166_1 varchar, name varchar)[]) as production_countries,
            try_cast(spoken_languages as struct(iso_639_1 varchar, name varchar)[]) as spoken_languages
        )""",
    "credits": """
        try_cast(id as integer) as id,
        try_cast("cast" as struct(
            cast_id varchar, "character" varchar, credit_id varchar, gender varchar,
            id varchar, name varchar, "order" varchar, profile_path varchar
        )[]) as cast_entries,
        try_cast(crew as struct(
            credit_id varchar, department varchar, gender varchar,
            id varchar, job varchar, name varchar, profile_path varchar
        )[]) as crew_entries""",
    "keywords": "try_cast(id as integer) as id, try_cast(keywords as struct(id varchar, name varchar)[]) as keywords",
    "links": """
        try_cast(movieId as integer) as movie_lens_id, imdbId as imdb_id, try_cast(tmdbId as integer) as movie_id""",
    "ratings": """
        try_cast(userId as integer) as user_id, try_cast(movieId as integer) as movie_lens_id,
        try_cast(rating as double) as rating, to_timestamp(try_cast("timestamp" as bigint)) as rated_at""",
}


def main(raw_folder: Path, database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        for source, path in raw_files.find_files(raw_folder).items():
            reader = connection.read_csv(str(path), all_varchar=True, quotechar='"', escapechar='"', header=True)
            reader.create_view("raw_records")
            connection.execute(f"create table {source} as select {CASTS[source]} from raw_records")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
