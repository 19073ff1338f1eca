"""Generated raw files: every defect of the real ones, and reproducible bytes."""

import filecmp
from pathlib import Path

import pytest

from benchmarks.generate import ESCAPED_CHARACTER, FILES, count_defects, main, write_raw_files
from tests.oracle.cells import unnest
from tests.oracle.sources import Source, read_sources
from warehouse.errors import FilmotecaError
from warehouse.raw_files import check_files
from warehouse.raw_finder import find_files

FILMS, SEED = 2_000, 1


@pytest.fixture(scope="module")
def raw_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    write_raw_files(folder, FILMS, SEED)
    return folder


@pytest.fixture(scope="module")
def sources(raw_folder: Path) -> dict[str, Source]:
    """The files as the pandas oracle reads them."""
    files = find_files(raw_folder)
    check_files(raw_folder, files)
    return {source.name: source for source in read_sources(files)}


def test_same_seed_gives_the_same_bytes_and_another_seed_gives_others(raw_folder: Path, tmp_path: Path) -> None:
    names = [f"{name}.csv" for name in FILES]
    write_raw_files(tmp_path / "same", FILMS, SEED)
    assert filecmp.cmpfiles(raw_folder, tmp_path / "same", names, shallow=False) == (names, [], [])
    write_raw_files(tmp_path / "other", FILMS, SEED + 1)
    assert filecmp.cmpfiles(raw_folder, tmp_path / "other", names, shallow=False)[0] == ["links.csv"]
    assert 3_500 < (raw_folder / "credits.csv").stat().st_size / FILMS < 4_700, "credits of real films take 4 kB"


def test_parts_have_the_same_records_in_the_same_order(raw_folder: Path, tmp_path: Path) -> None:
    main(["--films", str(FILMS), "--seed", str(SEED), "--credits-parts", "3", "--to", str(tmp_path / "parts")])
    parts = find_files(tmp_path / "parts")["credits"]
    assert [part.name for part in parts] == ["credits-001.csv", "credits-002.csv", "credits-003.csv"]
    header, _, records = (raw_folder / "credits.csv").read_bytes().partition(b"\n")
    assert b"".join(part.read_bytes().removeprefix(header + b"\n") for part in parts) == records


def test_defects_are_rejected_for_their_reason_or_read_exactly(sources: dict[str, Source]) -> None:
    count = count_defects(FILMS)
    broken = count["movies.malformed_row"]
    unknown = count["movies.missing_release_date"] + count["movies.invalid_release_date"] + broken
    rejected = {
        f"{source.name}.{reason}": number
        for source in sources.values()
        for reason, number in source.reasons.value_counts().items()
    }
    assert 0 < rejected.pop("ratings.unknown_movie") < 100
    assert rejected == {
        **{kind: number for kind, number in count.items() if "." in kind},
        "movies.missing_release_date": count["movies.missing_release_date"] + broken,
        "credits.unknown_movie": unknown,
        "keywords.unknown_movie": unknown,
        "links.unknown_movie": count["links.unknown_movie"] + unknown,
    }
    movies, characters = sources["movies"].accepted, unnest(sources["credits"].accepted, "cast", ["character"])
    assert movies["genres"].isna().sum() == count["unreadable"]
    assert (characters["character"] == ESCAPED_CHARACTER).sum() == count["escaped"]


def test_too_few_films_or_a_folder_with_files_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "credits.csv").write_text("mine")
    for films, message in (("10", "--films must be at least 200; got 10"), ("300", "is not empty")):
        with pytest.raises(FilmotecaError, match=message):
            main(["--films", films, "--to", str(tmp_path)])
    assert (tmp_path / "credits.csv").read_text() == "mine"
