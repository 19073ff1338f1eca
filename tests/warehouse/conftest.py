"""Small raw files, fake commands that write the same tables as dbt and the recommender, and remote stores."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import httpx
import pytest
from moto.server import ThreadedMotoServer

from benchmarks.generate import split_file
from tests.api import small_warehouse
from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.connection import open_read_only
from warehouse.raw_sources import SOURCES, Source
from warehouse.settings import REPOSITORY_ROOT, Settings

BuildFixture = Callable[..., str]
SOURCE = {source.name: source for source in SOURCES}
RECORDS = {"movies": 3, "credits": 2, "keywords": 2, "links": 1, "ratings": 4}

CREDENTIAL = "open sesame"
bucket_paths = itertools.count(1)

QUALITY = ("rejected_rows", "row_accounting", "rejection_reasons", "cell_accounting", "cell_formats")
MODELS = {
    **dict.fromkeys(("dim_movies", "dim_people", "mart_search_documents"), "marts"),
    **dict.fromkeys(QUALITY, "quality"),
}
MANIFEST = {
    "nodes": {name: {"resource_type": "model", "schema": schema, "name": name} for name, schema in MODELS.items()},
    "sources": {name: {"schema": "recommender", "name": name} for name in ("model", "movies")},
}
"""dbt's manifest of the tables that the fake commands create."""
TRANSFORM_SQL = f"""
create schema marts;
create table marts.dim_movies as select 1 as a;
create table marts.dim_people as select 1 as a;
create table marts.mart_search_documents as select 1 as a;
create schema quality;
create table quality.rejected_rows (source_name varchar, reason varchar);
create table quality.rejection_reasons (
    source_name varchar, reason varchar, row_count bigint, example_cells varchar[]
);
create table quality.cell_accounting (
    source_name varchar, column_name varchar, cell_count bigint, unreadable_cell_count bigint, example_cells varchar[]
);
create table quality.cell_formats (
    source_name varchar, column_name varchar, cell_format varchar, cell_count bigint, example_cell varchar
);
create table quality.row_accounting as from (values
    {", ".join(f"('{name}', {rows}, {rows}, 0)" for name, rows in RECORDS.items())}
) as accounts (source_name, rows_read, rows_kept, rows_rejected)"""
TRAIN_SQL = """
create schema recommender;
create table recommender.model as select 1 as a;
create table recommender.movies as select 1 as a"""
INDEX_SQL = """
create schema search;
create table search.index_files (content blob not null);
comment on column search.index_files.content is 'Its bytes.';
insert into search.index_files values ('index'::blob)"""
EXECUTE = """
import duckdb, os, pathlib, sys
database = pathlib.Path(os.environ["FILMOTECA_DATABASE"])
duckdb.connect(str(database)).execute(sys.argv[1])
target = database.parent / "target"
target.mkdir(exist_ok=True)
(target / "manifest.json").write_text(sys.argv[2])
"""
EXECUTE_ON = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute(sys.argv[2]); print('done')"


def csv_text(source: Source, records: int) -> str:
    """Return a CSV whose cells contain quotes, commas and line breaks."""
    rest = ',"a ""b"",\nç"' * (len(source.columns) - 1)
    return "\n".join([",".join(source.columns), *(f"{number}{rest}" for number in range(records)), ""])


def write_raw_files(folder: Path, **contents: bytes | None) -> Path:
    """Write the five files; `credits=b"…"` replaces the content of one, `links=None` leaves it out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCE.items():
        content = contents.get(name, csv_text(source, RECORDS[name]).encode())
        if content is not None:
            (folder / f"{source.file_stems[0]}.csv").write_bytes(content)
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The real repository with a temporary published file."""
    published = tmp_path / "published" / "movies.duckdb"
    published.parent.mkdir()
    return Settings(REPOSITORY_ROOT, published, None)


@pytest.fixture
def own_root(tmp_path: Path) -> Settings:
    """A temporary repository, for tests that write into warehouse/."""
    root = tmp_path / "a folder with spaces"
    (root / "warehouse").mkdir(parents=True)
    return Settings(root, root / "warehouse" / "movies.duckdb", None)


def fake_commands(settings: Settings, transform_sql: str = TRANSFORM_SQL, train_sql: str = TRAIN_SQL) -> BuildCommands:
    return BuildCommands(
        [sys.executable, "-c", EXECUTE, transform_sql, json.dumps(MANIFEST)],
        [sys.executable, "-c", EXECUTE_ON, str(settings.built_file), train_sql],
        [sys.executable, "-c", EXECUTE_ON, str(settings.index_file), INDEX_SQL],
    )


@pytest.fixture
def build(settings: Settings, tmp_path: Path) -> BuildFixture:
    """Run builds of small raw files, by default with fake commands, and return their ids."""

    def run(commands: BuildCommands | None = None, folder: Path | None = None) -> str:
        folder = folder or write_raw_files(tmp_path / "raw")
        BuildRun(settings, commands or fake_commands(settings)).run(folder)
        with open_read_only(settings.published_file) as connection:
            [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
        return str(build_id)

    return run


@pytest.fixture
def sample_in_parts(settings: Settings, tmp_path: Path) -> Path:
    """The bundled sample with credits in two parts, and keywords and ratings as Parquet."""
    folder = tmp_path / "sample in parts"
    shutil.copytree(settings.sample_folder, folder)
    split_file(folder / "credits.csv", 2)
    for file in (folder / "keywords.csv", folder / "ratings_small.csv"):
        duckdb.read_csv(str(file), all_varchar=True, escapechar='"').write_parquet(str(file.with_suffix(".parquet")))
        file.unlink()
    return folder


def leftovers(settings: Settings) -> list[str]:
    """Return what is left in the build folder, except for dbt's parse cache."""
    return [path.name for path in settings.build_folder.iterdir() if path.name != "target"]


DRIVER = """
import sys
from warehouse import build
from warehouse.errors import run_command
train = [sys.executable, "-c", "pass"]
transform = [sys.executable, "-c", {transform!r}]
build.BuildCommands.from_settings = classmethod(lambda cls, *_: cls(transform, train, train))
sys.exit(run_command(build.main))
"""


def start_build(settings: Settings, folder: Path, transform: str) -> "subprocess.Popen[str]":
    """Start the build command in its own process group; the Python code `transform` replaces dbt."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(transform=transform), "--raw-dir", str(folder)],
        cwd=REPOSITORY_ROOT,
        env={**os.environ, "FILMOTECA_WAREHOUSE": str(settings.published_file)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A local S3-compatible server with an empty bucket, configured in the environment."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", endpoint)
        environment.setenv("AWS_ACCESS_KEY_ID", "key")
        environment.setenv("AWS_SECRET_ACCESS_KEY", CREDENTIAL)
        environment.setenv("AWS_REGION", "us-east-1")
        httpx.put(f"{endpoint}/films").raise_for_status()
        yield "s3://films"
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "folder":
        return str(tmp_path / "store")
    return f"{request.getfixturevalue('bucket')}/{next(bucket_paths)}"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("original") / "movies.duckdb"
    small_warehouse.make(path)
    return path


@pytest.fixture
def published(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "origin" / "movies.duckdb"
    path.parent.mkdir()
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(path))
    return Path(shutil.copyfile(original, path))


@pytest.fixture
def replica(tmp_path: Path) -> Settings:
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "replica" / "movies.duckdb")})
