"""Fixtures: small raw files with every defect of the sample, and a runner of build commands."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.builds.runs import BuildRunner
from warehouse.settings import REPOSITORY_ROOT, Settings

SAMPLE = REPOSITORY_ROOT / "warehouse" / "sample"
FILMS_WITH_DEFECTS = frozenset(
    str(film) for film in (105, 144, 238, 524, 662, 832, 3082, 8357, 10947, 11252, 11548, 14285, 16624, 17431, 52661)
)
INVENTED_PREFIX = "99"
"""Prefix of the ids of invented films."""
USERS = frozenset({"1", "2", "60"})


@pytest.fixture(scope="session")
def faulty_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, reduced to the films with a defect: all rejection rules on a tenth of the bytes."""
    folder = tmp_path_factory.mktemp("faulty-films")

    def is_selected(film_id: str) -> bool:
        return film_id in FILMS_WITH_DEFECTS or film_id.startswith(INVENTED_PREFIX) or not film_id.isdigit()

    for name, column in (("movies_dataset", "id"), ("credits", "id"), ("keywords", "id"), ("links", "tmdbId")):
        copy_records(SAMPLE / f"{name}.csv", folder, column, is_selected)
    copy_records(SAMPLE / "ratings_small.csv", folder, "userId", USERS.__contains__)
    return folder


@pytest.fixture(scope="session")
def other_films(faulty_films: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files without the last record of keywords, for a different build."""
    folder = tmp_path_factory.mktemp("other-films")
    shutil.copytree(faulty_films, folder, dirs_exist_ok=True)
    lines = (folder / "keywords.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "keywords.csv").write_text("".join(lines[:-1]), "utf-8")
    return folder


@pytest.fixture
def runner(tmp_path: Path) -> BuildRunner:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "published" / "movies.duckdb")})
    settings.published_file.parent.mkdir()
    return BuildRunner(settings, tmp_path / "output")


def copy_records(source: Path, folder: Path, column: str, is_selected: Callable[[str], bool]) -> None:
    """Copy the records whose value in `column` is selected."""
    with (
        source.open(encoding="utf-8", newline="") as file,
        (folder / source.name).open("w", encoding="utf-8", newline="") as copy,
    ):
        reader = csv.DictReader(file)
        writer = csv.DictWriter(copy, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(record for record in reader if is_selected(record[column]))
