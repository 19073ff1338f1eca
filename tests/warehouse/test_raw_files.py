"""Validation of raw files, and how they are found."""

import csv
import gzip
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import RECORDS, SOURCE, csv_text, write_raw_files
from warehouse.csv_inspection import MAX_RECORD_CHARACTERS, inspect
from warehouse.errors import FilmotecaError
from warehouse.raw_files import check_files, describe_files
from warehouse.raw_finder import RawFilesError, choose_folder, find_candidates, find_files, list_files
from warehouse.raw_sources import Source
from warehouse.raw_tables import duckdb_query
from warehouse.settings import Settings

CREDITS = csv_text(SOURCE["credits"], 2)
ZIPPED_CREDITS = gzip.compress(CREDITS.encode(), mtime=0)


def problems_of(tmp_path: Path, **contents: bytes | None) -> tuple[str, ...]:
    folder = write_raw_files(tmp_path / "raw", **contents)
    with pytest.raises(RawFilesError) as caught:
        check_files(folder, find_files(folder))
    return caught.value.problems


def test_valid_files_pass_plain_and_gzipped(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "raw")
    plain = check_files(folder, find_files(folder))
    assert {file.source_name: file.record_count for file in plain} == RECORDS
    for file in plain:
        content = file.path.read_bytes()
        assert (file.size_bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    for file in plain:
        file.path.with_name(f"{file.path.name}.gz").write_bytes(gzip.compress(file.path.read_bytes()))
        file.path.unlink()
    zipped = check_files(folder, find_files(folder))
    assert [file.record_count for file in zipped] == [file.record_count for file in plain]
    assert zipped[0].sha256 == hashlib.sha256(zipped[0].path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("content", "record_count"),
    [
        (b"\xef\xbb\xbfCAST,more,id,crew\r\n[],x,1,[]\r\n\r\n[],x,2,[]\r\n", 2),
        (b"id,cast,crew\n1,[],[]\n2\n3,[],[]\n", 3),  # dbt rejects the short record
    ],
)
def test_unusual_file_is_accepted(tmp_path: Path, content: bytes, record_count: int) -> None:
    folder = write_raw_files(tmp_path / "raw", credits=content)
    counts = {file.source_name: file.record_count for file in check_files(folder, find_files(folder))}
    assert counts["credits"] == record_count


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"id,cast,crew\n", "has a header but no records"),
        (b"id,director\n1,[]\n", 'has no columns "cast", "crew"'),
        (b"movie,cast,crew\n1,[],[]\n", 'has no column "id"'),
        (b"id,casting,crew_list\n1,[],[]\n", 'did you mean "crew_list"?'),
        (b"id,cast,crew,ID\n1,[],[],1\n", 'has the column "id" 2 times'),
        (b"id;cast;crew\n1;[];[]\n", "columns separated by semicolons"),
        (b"862,[],[]\n863,[],[]\n", "starts with the line '862,[],[]'"),
        (b"id,cast,crew\n1,\xe9,[]\n", "byte 15 (line 2) is 0xe9"),
        (b"id,cast,crew\n" + b"1,[],[]\n" * 10 + b"2,a\0b,[]\n", "NUL byte (byte 96)"),
        (b"id,cast,crew\n1,[],[]\n2,\"[{'id", "truncated in the record at line 3"),
        (b"id,cast,crew\n1,[],[]\n2,[]\n", "last record (line 3) has 2 of 3 fields"),
        (b"id,cast,crew\n1,[],[]\n2,[],[", "does not end with a line break"),
        (b'id,cast,crew\n1,"a"b,[]\n2,[],[]\n', "stray quote at line 2"),
        (b"id,cast,crew\n1," + b"a" * (MAX_RECORD_CHARACTERS + 1) + b",[]\n", "more than 2,000,000 characters"),
        (b"id,cast,crew\n1," + b"a" * 1_500_000 + b"," + b"b" * 600_000 + b"\n", "more than 2,000,000 characters"),
        (b"id,cast,crew\n1,[],[]\n2,[],[],more\n3,[],[]\n", "4 fields in the record at line 3, 3 in its"),
        (b'id,cast,crew,"a ""b"""\n1,[],[],x\n', "a quote in the column name"),
        (b"PAR1\x15\x04\x15", "a Parquet file"),
        (b"<!doctype html><title>Sign in</title>", "HTML"),
        (b'{"id": 1}', "JSON"),
        (b"\xff\xfei\0d\0", "UTF-16"),
        (ZIPPED_CREDITS, "gzip-compressed although"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0", "binary data"),
    ],
)
def test_invalid_file_is_rejected(tmp_path: Path, content: bytes, message: str) -> None:
    (problem,) = problems_of(tmp_path, credits=content)
    assert problem.startswith("credits.csv ")
    assert message in problem
    assert "; expected " in problem


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ZIPPED_CREDITS[:-12], "truncated .gz"),
        (ZIPPED_CREDITS[:-8] + b"\0\0\0\0" + ZIPPED_CREDITS[-4:], "not a valid gzip file"),
        (CREDITS.encode(), "not a valid gzip file"),
    ],
)
def test_invalid_gzip_is_rejected(tmp_path: Path, content: bytes, message: str) -> None:
    folder = write_raw_files(tmp_path / "raw", credits=None)
    (folder / "credits.csv.gz").write_bytes(content)
    with pytest.raises(RawFilesError, match=message):
        check_files(folder, find_files(folder))


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_path_that_is_not_a_regular_file_is_rejected(tmp_path: Path, make: Callable[[Path], None]) -> None:
    folder = write_raw_files(tmp_path / "raw", credits=None)
    make(folder / "credits.csv")
    with pytest.raises(RawFilesError, match=r"credits\.csv is not a regular file; expected a CSV"):
        check_files(folder, find_files(folder))


def test_invalid_utf8_is_located_far_into_a_file(tmp_path: Path) -> None:
    good = "id,cast,crew\n" + "1,ñandú 千と千尋,[]\n" * 100_000
    (problem,) = problems_of(tmp_path, credits=good.encode() + b"2,\xc3(,[]\n")
    assert f"byte {len(good.encode()) + 2:,} (line 100,002) is 0xc3" in problem


def test_all_problems_are_reported_together(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, credits=b"id,cost,crw,id\n1,a,b,1\n", links=b"")
    assert [problem.split()[0] for problem in problems] == ["credits.csv", "credits.csv", "links.csv"]
    assert 'has no columns "cast" (did you mean "cost"?), "crew" (did you mean "crw"?); ' in problems[0]


def test_huge_header_is_reported_in_short_messages(tmp_path: Path) -> None:
    rest = b"id\x0b" + b",a,b,c,d,e" * 50 + b'\x0b"x\n'
    problems = problems_of(tmp_path, credits=b"film,cast,crew," + rest)
    assert len(problems) == 3
    for problem in problems:
        assert problem.isprintable()
        assert len(problem) < 200
    assert 'has the column "a" 50 times, "b" 50 times, "c" 50 times and 2 more; expected' in problems[1]


def test_missing_files_and_folders_are_reported(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "raw", movies=None, credits=None)
    (folder / "Credits.csv").write_text(CREDITS)
    with pytest.raises(RawFilesError, match=r"movies_dataset\.csv or movies_metadata\.csv is missing: found Credits"):
        find_files(folder)
    with pytest.raises(FilmotecaError, match=r"does not exist; expected a folder with movies_dataset\.csv"):
        find_files(tmp_path / "nowhere")
    with pytest.raises(FilmotecaError, match="is not a folder"):
        find_files(folder / "Credits.csv")


def test_first_accepted_name_wins_and_others_are_reported(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "raw")
    for name in ("ratings_small.csv", "movies_metadata.csv"):
        (folder / name).write_text("ignored")
    found = find_files(folder)
    assert (found["ratings"][0].name, found["movies"][0].name) == ("ratings.csv", "movies_dataset.csv")
    ratings = [path.name for [path] in find_candidates(list_files(folder), SOURCE["ratings"])]
    assert ratings == ["ratings.csv", "ratings_small.csv"]


def test_folder_is_requested_one_else_raw_else_sample(own_root: Settings, tmp_path: Path) -> None:
    assert choose_folder(own_root, None)[0] == own_root.sample_folder
    write_raw_files(own_root.raw_folder, movies=None)
    folder, reason = choose_folder(own_root, None)
    assert folder == own_root.sample_folder
    assert "has no movies_dataset.csv" in reason
    write_raw_files(own_root.raw_folder)
    assert choose_folder(own_root, None)[0] == own_root.raw_folder
    assert choose_folder(own_root, tmp_path)[0] == tmp_path


TEXTS = Source("texts", ("texts",), ("id", "text"), needs_records=True)
FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=20)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=8), cut=st.integers(1, 10_000))
def test_record_count_matches_python_and_truncation_is_detected(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], cut: int
) -> None:
    """A truncated file is rejected, unless it is cut exactly between two records."""
    quoted = ['"' + a.replace('"', '""') + '","' + b.replace('"', '""') + '"\n' for a, b in rows]
    content = "".join(["id,text\n", *quoted]).encode()
    path = tmp_path_factory.mktemp("cut") / "file.csv"
    path.write_bytes(content)
    assert inspect(path, TEXTS).record_count == len(rows)
    assert len(list(csv.reader(io.StringIO(content.decode(), newline="")))) == len(rows) + 1

    ends = {len("".join(["id,text\n", *quoted[:n]]).encode()) for n in range(1, len(rows) + 1)}
    position = 1 + cut % (len(content) - 1)
    path.write_bytes(content[:position])
    assert bool(inspect(path, TEXTS).problems) == (position not in ends)


def test_source_may_come_in_parts(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "raw", credits=None)
    for part in ("1", "2"):
        (folder / f"credits-{part}.csv").write_text(CREDITS)
    (folder / "credits-10.csv.gz").write_bytes(ZIPPED_CREDITS)
    names = [path.name for path in find_files(folder)["credits"]]
    assert names == ["credits-1.csv", "credits-10.csv.gz", "credits-2.csv"]
    files = check_files(folder, find_files(folder))
    assert [file.record_count for file in files if file.source_name == "credits"] == [2, 2, 2]
    assert any(line.startswith("credits-1.csv and 2 more parts: 6 records") for line in describe_files(files))
    (folder / "credits-2.csv").write_text("crew,cast,id\n[],[],1\n")
    with pytest.raises(RawFilesError, match=r"credits-2\.csv has other columns than the part before it"):
        check_files(folder, find_files(folder))


def test_parquet_is_accepted_with_columns_of_any_type(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "raw [1]", credits=None)
    part = folder / "credits-1.parquet"
    duckdb.sql("select 862 as id, [{'id': 31, 'name': 'Tom'}] as cast, '[]' as crew").write_parquet(str(part))
    found = find_files(folder)
    assert [(file.path, file.record_count) for file in check_files(folder, found) if file.source_name == "credits"] == [
        (part, 1)
    ]
    query = duckdb_query(SOURCE["credits"], found["credits"])
    assert duckdb.sql(query).fetchall() == [("862", '[{"id":31,"name":"Tom"}]', "[]")]
    duckdb.sql("select '[]' as cast").write_parquet(str(part))
    (folder / "links.parquet").write_bytes(b"PAR1")
    (folder / "links.csv").unlink()
    with pytest.raises(RawFilesError) as caught:
        check_files(folder, find_files(folder))
    assert [problem.split(";")[0].split(" (")[0] for problem in caught.value.problems] == [
        'credits-1.parquet has no column "id"',
        "links.parquet is not a valid Parquet file",
    ]
