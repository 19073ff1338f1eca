"""Read-only connections, the files that they reject, and the duckdb CLI."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import duckdb
import pytest

from tests.warehouse.conftest import TRANSFORM_SQL, fake_commands, write_raw_files
from warehouse.build import BuildRun
from warehouse.connection import WarehouseUnavailableError, open_read_only
from warehouse.settings import REPOSITORY_ROOT, Settings


@pytest.fixture(scope="module")
def warehouse_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warehouse")
    settings = Settings(REPOSITORY_ROOT, folder / "movies.duckdb", None)
    # The last blocks must contain data: without its metadata, a truncated file cannot even be opened.
    sql = TRANSFORM_SQL + ";create table marts.filler as select md5(i::varchar) as filling from range(100_000) as t (i)"
    BuildRun(settings, fake_commands(settings, sql)).run(write_raw_files(folder / "raw"))
    return settings.published_file


@pytest.fixture
def published(warehouse_file: Path, tmp_path: Path) -> Path:
    """A copy for each test, because some tests damage it."""
    return shutil.copyfile(warehouse_file, tmp_path / "movies.duckdb")


@pytest.mark.parametrize(
    "statement",
    [
        "create table marts.mine as select 1",
        "delete from marts.dim_movies",
        "copy (select 1) to '/tmp/stolen.csv'",
        "from read_csv('/etc/passwd')",
        "attach '/tmp/other.duckdb'",
        "set enable_external_access = true",
        "set memory_limit = '1TB'",
        "load httpfs",
        "attach ':memory:' as scratch",
    ],
)
def test_connection_cannot_write_read_other_files_or_change_settings(published: Path, statement: str) -> None:
    with open_read_only(published) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)


def test_limits_of_the_connection_are_applied(published: Path) -> None:
    with open_read_only(published, memory_limit="100MB", threads=1) as connection:
        limits = connection.sql("select current_setting('memory_limit'), current_setting('threads')").fetchone()
        assert limits == ("95.3 MiB", 1)


def execute(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with duckdb.connect(str(path)) as connection:
            connection.execute(statement)

    return run


def flip_header_bits(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:20] + bytes([content[20] ^ 0xFF]) + content[21:])


def truncate(cut_bytes: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, path.stat().st_size - cut_bytes)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (Path.unlink, "there is no warehouse at .*: run `make build` first"),
        (lambda path: path.write_bytes(b"id,title\n" * 2000), "is not a DuckDB file"),
        (execute("drop table quality.build_info"), "not a complete warehouse"),
        (
            execute("update quality.build_info set filmoteca_version = '99.0'"),
            r"was built by version 99\.0, .*`make build`",
        ),
        (flip_header_bits, r"cannot be opened \(.*checksum.*make build"),
        *((truncate(cut_bytes), r"is truncated \([\d,]+ of [\d,]+ bytes\)") for cut_bytes in (1, 100_000, 400_000)),
    ],
)
def test_invalid_file_is_rejected(published: Path, damage: Callable[[Path], object], message: str) -> None:
    damage(published)
    with pytest.raises(WarehouseUnavailableError, match=message):
        open_read_only(published)


def test_file_of_another_storage_version_is_rejected(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A single version of DuckDB cannot write such a file.
    error = duckdb.IOException("Trying to read a database file with version number 99, but we can only read versions …")
    monkeypatch.setattr(duckdb, "connect", Mock(side_effect=error))
    with pytest.raises(WarehouseUnavailableError, match="another version of DuckDB"):
        open_read_only(published)


def test_file_open_for_writing_is_reported(published: Path) -> None:
    held = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", held, str(published)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(WarehouseUnavailableError, match="is open for writing in another program"):
            open_read_only(published)


def run_sql(published: Path, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "warehouse.sql", *arguments],
        cwd=REPOSITORY_ROOT,
        env={**os.environ, "FILMOTECA_WAREHOUSE": str(published), "HOME": str(published.parent)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_cli_reads_a_query_or_a_pipe_and_cannot_write(published: Path) -> None:
    query = "select count(*) as films from marts.dim_movies join dim_people using (a) join model using (a)"
    answer = run_sql(published, query, "-json")
    assert json.loads(answer.stdout) == [{"films": 1}]
    assert (answer.returncode, answer.stderr) == (0, "")
    assert run_sql(published, "-csv", stdin="select 41 + 1 as answer;").stdout == "answer\n42\n"
    refused = run_sql(published, "create table marts.mine as select 1")
    assert refused.returncode == 1
    assert "read-only" in refused.stderr
    published.unlink()
    missing = run_sql(published, "select 1")
    assert (missing.returncode, missing.stdout, published.exists()) == (1, "", False)
    assert "run `make build` first" in missing.stderr


def test_missing_free_blocks_at_the_end_are_accepted(published: Path) -> None:
    execute("create table marts.noise as select md5(i::varchar) as noise from range(100000) as n (i)")(published)
    execute("drop table marts.noise")(published)
    open_read_only(published).close()
