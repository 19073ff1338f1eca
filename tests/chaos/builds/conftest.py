"""What the tests of faults share: small raw files that hold every defect of the sample."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chaos.builds.runs import Runs
from warehouse.sample.defects import load_defects
from warehouse.sample.write import FOLDER
from warehouse.settings import Settings

INVENTED = "99"
"""How the ids begin of the records that no film of the sources has."""
KEPT_USERS = {"1", "2", "60"}


@pytest.fixture(scope="session")
def faulty_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample cut down to the films that have a defect: the same rules fire, on a tenth of the bytes."""
    folder = tmp_path_factory.mktemp("faulty-films")
    defects = load_defects(FOLDER)
    films = {changed.film for changed in defects.changed_cells} | {
        str(added.copy_of) for added in defects.added_records
    }

    def is_kept(film: str) -> bool:
        return film in films or film.startswith(INVENTED) or not film.isdigit()

    for name, column in (("movies_dataset", "id"), ("credits", "id"), ("keywords", "id"), ("links", "tmdbId")):
        copy_records(FOLDER / f"{name}.csv", folder, column, is_kept)
    copy_records(FOLDER / "ratings_small.csv", folder, "userId", KEPT_USERS.__contains__)
    return folder


@pytest.fixture(scope="session")
def other_films(faulty_films: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files without the last record of keywords: another build."""
    folder = tmp_path_factory.mktemp("other-films")
    shutil.copytree(faulty_films, folder, dirs_exist_ok=True)
    lines = (folder / "keywords.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "keywords.csv").write_text("".join(lines[:-1]), "utf-8")
    return folder


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "published" / "movies.duckdb")})
    settings.published_file.parent.mkdir()
    return Runs(settings, tmp_path / "output")


def copy_records(source: Path, folder: Path, column: str, is_kept: Callable[[str], bool]) -> None:
    """Writes the records whose cell of the column is kept into a file of the same name."""
    with (
        source.open(encoding="utf-8", newline="") as file,
        (folder / source.name).open("w", encoding="utf-8", newline="") as copy,
    ):
        reader = csv.DictReader(file)
        writer = csv.DictWriter(copy, reader.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(record for record in reader if is_kept(record[column]))
