"""Fixtures: small raw files with every defect of the sample, and a runner of build commands."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.chaos.builds.runs import BuildRunner
from warehouse.settings import REPOSITORY_ROOT, Settings

SAMPLE = REPOSITORY_ROOT / "warehouse" / "sample"
FILMS = r"(?:105|144|238|524|662|832|3082|8357|10947|11252|11548|14285|16624|17431|52661|99\d+|.*\D.*|)"
"""Pattern of the ids of the films with defects, of invented films, and of malformed records."""
RECORDS = {"movies_dataset": ("id", FILMS), "credits": ("id", FILMS), "keywords": ("id", FILMS)} | {
    "links": ("tmdbId", FILMS),
    "ratings_small": ("userId", "(?:1|2|60)"),
}
"""Column and pattern of the records to copy, by file."""


@pytest.fixture(scope="session")
def faulty_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, reduced to the films with a defect: all rejection rules on a tenth of the bytes."""
    folder = tmp_path_factory.mktemp("faulty-films")
    for name, (column, pattern) in RECORDS.items():
        records = pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)
        records[records[column].str.fullmatch(pattern)].to_csv(folder / f"{name}.csv", index=False)
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
