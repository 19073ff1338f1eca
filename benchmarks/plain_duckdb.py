"""The least work that any transform has to do: `python -m benchmarks.plain_duckdb RAW_DIR DATABASE`.

Reads, casts and writes the raw files with DuckDB, without rules, keys or tests.
"""

import sys
from pathlib import Path

import duckdb

from warehouse import raw_files

ENTITY = "struct(id varchar, name varchar)[]"
PERSON = "credit_id varchar, gender varchar, id varchar, name varchar, profile_path varchar"
TYPES = {
    "movies": {
        "id": "integer",
        **dict.fromkeys(("runtime", "popularity", "vote_average"), "double"),
        **dict.fromkeys(("budget", "revenue", "vote_count"), "bigint"),
        **dict.fromkeys(("genres", "production_companies"), ENTITY),
        "release_date": "date",
        "production_countries": "struct(iso_3166_1 varchar, name varchar)[]",
        "spoken_languages": "struct(iso_639_1 varchar, name varchar)[]",
    },
    "credits": {
        "id": "integer",
        "cast": f'struct(cast_id varchar, "character" varchar, "order" varchar, {PERSON})[]',
        "crew": f"struct(department varchar, job varchar, {PERSON})[]",
    },
    "keywords": {"id": "integer", "keywords": ENTITY},
    "links": {"movieId": "integer", "tmdbId": "integer"},
    "ratings": {"userId": "integer", "movieId": "integer", "rating": "double", "timestamp": "bigint"},
}
"""Types of the columns that are not text, by source."""


def main(raw_folder: Path, database: Path) -> None:
    """Write one table per raw file."""
    with duckdb.connect(str(database)) as connection:
        for source, path in raw_files.find_files(raw_folder).items():
            reader = connection.read_csv(str(path), all_varchar=True, quotechar='"', escapechar='"', header=True)
            reader.create_view("raw_records")
            casts = ", ".join(f'try_cast("{name}" as {kind}) as "{name}"' for name, kind in TYPES[source].items())
            connection.execute(f"create table {source} as select * replace ({casts}) from raw_records")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
