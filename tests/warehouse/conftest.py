"""Small raw files, and stand-ins for dbt and the recommender that keep the promises of the real ones."""

import csv
import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from warehouse.build import BuildCommands, BuildRun
from warehouse.checks import PUBLIC_TABLES
from warehouse.raw_files import SOURCES, Source
from warehouse.report import BuildReport
from warehouse.settings import REPOSITORY_ROOT, Settings

SOURCE = {source.name: source for source in SOURCES}
RECORDS = {"movies": 3, "credits": 2, "keywords": 2, "links": 1, "ratings": 4}

EXECUTE = "import duckdb, os, sys; duckdb.connect(os.environ['FILMOTECA_DATABASE']).execute(sys.argv[1])"
EXECUTE_ON = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute(sys.argv[2]); print('trained')"


def csv_text(source: Source, records: int, columns: tuple[str, ...] | None = None) -> str:
    """Returns a CSV whose cells hold a quote, a comma and a line break."""
    columns = columns or source.columns
    lines = [",".join(columns)]
    lines += [",".join([str(n), *['"a ""b"",\nç"'] * (len(columns) - 1)]) for n in range(records)]
    return "\n".join(lines) + "\n"


def write_raw_files(folder: Path, **contents: bytes | None) -> Path:
    """Writes the five files; `credits=b"…"` puts other bytes into one, `links=None` leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCE.items():
        content = contents.get(name, csv_text(source, RECORDS[name]).encode())
        if content is not None:
            (folder / source.file_names[0]).write_bytes(content)
    return folder


def gzip_file(path: Path) -> Path:
    """Replaces a file by its .gz."""
    zipped = path.with_name(f"{path.name}.gz")
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return zipped


def sound_sql(records: Mapping[str, int] = RECORDS) -> str:
    """Returns what dbt leaves behind: every public table with a row, and the accounts of `records`."""
    statements = []
    for schema in ("marts", "quality"):
        statements += [f"create schema {schema}"]
        statements += [f"create table {schema}.{table} as select 1 as a" for table in PUBLIC_TABLES[schema]]
    accounts = ", ".join(f"('{name}', {rows}, {rows}, 0)" for name, rows in records.items())
    statements += [
        "create or replace table quality.rejected_rows (source_name varchar, reason varchar)",
        "create or replace table quality.row_accounting as "
        f"from (values {accounts}) as accounts (source_name, rows_read, rows_kept, rows_rejected)",
    ]
    return ";\n".join(statements)


TRAIN_SQL = ";".join(
    ["create schema recommender"]
    + [f"create table recommender.{table} as select 1 as a" for table in PUBLIC_TABLES["recommender"]]
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The real repository, publishing into a folder of the test's own."""
    published = tmp_path / "published" / "movies.duckdb"
    published.parent.mkdir()
    return Settings(REPOSITORY_ROOT, published, None)


@pytest.fixture
def own_root(tmp_path: Path) -> Settings:
    """A repository of the test's own, for what writes into warehouse/."""
    root = tmp_path / "a folder with spaces"
    (root / "warehouse").mkdir(parents=True)
    return Settings(root, root / "warehouse" / "movies.duckdb", None)


def stand_ins(settings: Settings, transform_sql: str, train_sql: str = TRAIN_SQL) -> BuildCommands:
    return BuildCommands(
        [sys.executable, "-c", EXECUTE, transform_sql],
        [sys.executable, "-c", EXECUTE_ON, str(settings.built_file), train_sql],
    )


@pytest.fixture
def build(settings: Settings, tmp_path: Path) -> Callable[..., BuildReport]:
    """Builds from small raw files with stand-ins; `commands=` puts others in their place."""

    def run(commands: BuildCommands | None = None, folder: Path | None = None) -> BuildReport:
        folder = folder or write_raw_files(tmp_path / "raw")
        return BuildRun(settings, commands or stand_ins(settings, sound_sql())).run(folder)

    return run


def left_aside(settings: Settings) -> list[str]:
    """Returns what the build folder still holds, dbt's parse cache apart."""
    return [path.name for path in settings.build_folder.iterdir() if path.name != "target"]


DRIVER = """
import sys
from warehouse import build
from warehouse.errors import run_command
train = [sys.executable, "-c", "pass"]
build.BuildCommands.from_settings = classmethod(lambda cls, *_: cls([sys.executable, "-c", {transform!r}], train))
sys.exit(run_command(build.main))
"""


def start_build(settings: Settings, folder: Path, transform: str) -> "subprocess.Popen[str]":
    """Starts the build command as a process group of its own; `transform` is Python in place of dbt."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(transform=transform), "--raw-dir", str(folder)],
        cwd=REPOSITORY_ROOT,
        env={**os.environ, "FILMOTECA_WAREHOUSE": str(settings.published_file)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
