"""Raw files are found whatever their names and folders are, or a message says what was found instead."""

import gzip
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import SOURCE
from warehouse import archives
from warehouse.errors import FilmotecaError
from warehouse.raw_files import check_files
from warehouse.raw_finder import find_files, stage_files
from warehouse.raw_tables import duckdb_query

FILMS = b"id,title,release_date\n862,Toy Story,1995-10-30\n"
CREDITS = b"id,cast,crew\n862,[],[]\n"
MOVIELENS = b"movieId,title,genres\n1,Toy Story (1995),Comedy\n"


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.mark.parametrize("copy", [False, True])
@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ({"movies_metadata.csv": FILMS}, ["movies_metadata.csv"]),
        ({"Movies_Metadata.CSV": FILMS, "CREDITS.CSV": CREDITS}, ["Movies_Metadata.CSV", "CREDITS.CSV"]),
        ({"movies_metadata.CSV.GZ": gzip.compress(FILMS)}, ["movies_metadata.CSV.GZ"]),
        ({"movies_metadata (1).csv": FILMS, "._movies_metadata.csv": b"x"}, ["movies_metadata (1).csv"]),
        ({"movies_dataset - Copy.csv": FILMS, "credits.txt": CREDITS}, ["movies_dataset - Copy.csv", "credits.txt"]),
        ({"movies_dataset.csv.txt": FILMS}, ["movies_dataset.csv.txt"]),
        ({"a/b/movies_metadata.csv": FILMS, "a/credits.csv": CREDITS}, ["a/b/movies_metadata.csv", "a/credits.csv"]),
        ({"peliculas.csv": FILMS, "reparto.csv": CREDITS}, ["peliculas.csv", "reparto.csv"]),
        (
            {"movies_metadata.csv": FILMS, "credits.csv.zip": zipped({"credits.csv": CREDITS}), "old.zip": b"x"},
            ["movies_metadata.csv", "credits.csv.zip/credits.csv"],
        ),
        (
            {"all.zip": zipped({"data\\the movies\\one.csv.zip": zipped({"x\\MOVIES_METADATA.csv": FILMS})})},
            ["all.zip/data/the movies/one.csv.zip/x/MOVIES_METADATA.csv"],
        ),
    ],
)
def test_files_are_found_under_other_names_and_in_zip_files(
    tmp_path: Path, files: dict[str, bytes], shown: list[str], copy: bool
) -> None:
    target = tmp_path / "staged"
    target.mkdir()
    staged = stage_files(write(tmp_path / "raw", files), target, copy=copy)
    assert [file.name for file in check_files(tmp_path, staged.found, staged.names)] == shown
    assert find_files(target) == staged.found  # as dbt finds them again
    assert all(path.is_symlink() != copy or ".zip" in staged.names[path] for path in staged.names)


def test_other_candidates_are_ignored_and_named(tmp_path: Path) -> None:
    files = {"movies_metadata.csv": FILMS, "movies_metadata (1).csv": b"", "old/movies_dataset.csv": FILMS}
    files |= {"credits.xlsx": b"PK", "notes.md": b""}
    (tmp_path / "staged").mkdir()
    staged = stage_files(write(tmp_path / "raw", files), tmp_path / "staged")
    assert staged.ignored == [
        "movies_metadata.csv is ignored because old/movies_dataset.csv exists",
        "movies_metadata (1).csv is ignored because old/movies_dataset.csv exists",
        "credits.xlsx is ignored: it is a spreadsheet; save it as `CSV UTF-8` in the spreadsheet program",
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "is missing: found no files; expected a CSV or Parquet file with the columns id, title, release_date"),
        ({"movie_metadata.csv": b"a,b\n1,2\n"}, r"\(did you mean movie_metadata.csv\?\): found movie_metadata.csv;"),
        ({f"{number}.md": b"" for number in range(9)}, r"found 0.md, .*7.md and 1 more"),
        ({"ml-latest/movies.csv": MOVIELENS}, "found ml-latest/movies.csv; .* This is MovieLens, which has no release"),
        ({"title.basics.tsv": b"tconst\n"}, "This is IMDb"),
        ({"movies_metadata.xlsx": b"PK"}, "movies_metadata.xlsx is a spreadsheet; save it as `CSV UTF-8`"),
        ({"movies.rar": b""}, "movies.rar is an archive of a kind that cannot be read; unpack it"),
        ({"movies.json": b"[]"}, r"movies.json has another format; save it as CSV or Parquet, .*df.to_csv"),
        ({"a.csv": FILMS, "b.csv": FILMS}, "a.csv, b.csv may all be movies_dataset.csv or movies_metadata.csv; rename"),
    ],
)
def test_message_for_missing_films_says_what_was_found(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    with pytest.raises(FilmotecaError, match=message):
        stage_files(write(tmp_path / "raw", files), tmp_path / "staged")


@pytest.mark.parametrize("name", ["title=Nada", "x[1]y", "a*b?", "it's {1}", "id=1/x"])
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_path_is_never_taken_for_a_pattern_or_a_partition(tmp_path: Path, name: str, ending: str) -> None:
    folder = tmp_path / name
    folder.mkdir(parents=True)
    path = folder / f"movies_dataset.{ending}"
    path.write_bytes(FILMS)
    if ending == "parquet":
        duckdb.sql("select 862 as id, 'Toy Story' as title, date '1995-10-30' as release_date").write_parquet(str(path))
    for number in range(3):  # what a pattern would match
        other = tmp_path / f"x{number}y"
        other.mkdir()
        (other / path.name).write_bytes(path.read_bytes())
    rows = duckdb.sql(duckdb_query(SOURCE["movies"], find_files(folder)["movies"]))
    assert rows.project("id, title, release_date, budget").fetchall() == [("862", "Toy Story", "1995-10-30", None)]


@pytest.mark.parametrize(
    "files",
    [
        {"movies_metadata.csv": FILMS, "credits.csv.gz": gzip.compress(CREDITS * 1_000)},
        {"all.zip": zipped({"movies_metadata.csv": FILMS * 1_000})},
        {"all.zip": zipped({"one.zip": zipped({"movies_metadata.csv": FILMS * 1_000})})},
    ],
)
def test_decompression_stops_at_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 5_000)
    (tmp_path / "staged").mkdir()
    with pytest.raises(FilmotecaError, match="unpacks to more than"):
        staged = stage_files(write(tmp_path / "raw", files), tmp_path / "staged")
        check_files(tmp_path, staged.found)
