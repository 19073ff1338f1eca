"""The build: what it publishes, and failures that leave the published file unchanged."""

import errno
import os
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import (
    EXECUTE_ON,
    RECORDS,
    TRAIN_SQL,
    TRANSFORM_SQL,
    BuildFixture,
    fake_commands,
    leftovers,
    write_raw_files,
)
from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.checks import UnsoundBuildError
from warehouse.connection import open_read_only
from warehouse.errors import DISK_FULL, FilmotecaError, run_command
from warehouse.losses import LossesError
from warehouse.publish import check_destination, check_replacement
from warehouse.report import format_report
from warehouse.settings import Settings


def test_build_publishes_one_complete_file(
    settings: Settings, build: BuildFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    build_id = build(fake_commands(settings, TRANSFORM_SQL + ";create schema staging"))
    assert [path.name for path in settings.published_file.parent.glob("movies*")] == ["movies.duckdb"]
    assert leftovers(settings) == []
    with open_read_only(settings.published_file) as connection:
        info = connection.sql("from quality.build_info").fetchone()
        columns = connection.sql("from quality.build_info").columns
        schemas = connection.sql("select schema_name from duckdb_schemas() where not internal order by all").fetchall()
    assert schemas == [("marts",), ("quality",), ("recommender",), ("search",)]
    assert info is not None
    row = dict(zip(columns, info, strict=True))
    assert row["build_id"] == build_id
    raw_folder = settings.published_file.parent.parent / "raw"
    assert [file["source_name"] for file in row["source_files"]] == list(RECORDS)
    assert {file["file_name"]: file["size_bytes"] for file in row["source_files"]} == {
        path.name: path.stat().st_size for path in raw_folder.iterdir()
    }
    assert {"table_schema": "quality", "table_name": "row_accounting", "row_count": 5} in row["tables"]
    assert [step["step"] for step in row["steps"]] == [
        "raw files",
        "tables and tests",
        "recommender",
        "search index",
        "checks",
    ]
    assert "movies_dataset.csv: 3 records" in capsys.readouterr().out


def test_build_id_depends_on_raw_files_and_train_options(
    build: BuildFixture, settings: Settings, tmp_path: Path
) -> None:
    usual = fake_commands(settings)
    other_files = write_raw_files(tmp_path / "other", links=b"movieId,imdbId,tmdbId\n9,9,9\n")
    ids = [build(), build(), build(folder=other_files), build(replace(usual, options=("--with-ratings",)))]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_report_has_steps_rows_rejections_and_next_commands(settings: Settings, tmp_path: Path) -> None:
    sql = TRANSFORM_SQL + (
        ";insert into quality.rejected_rows values ('links', 'unknown_movie')"
        ";insert into quality.rejection_reasons values ('links', 'unknown_movie', 1, ['5'])"
        ";insert into quality.cell_accounting values ('movies', 'runtime', 200, 2, ['81,0'])"
        ";insert into quality.cell_formats values ('credits', 'cast', 'json', 2, '[{\"id\": 1}]')"
        ";update quality.row_accounting set rows_kept = 0, rows_rejected = 1 where source_name = 'links'"
    )
    run = BuildRun(settings, fake_commands(settings, sql), allow_losses=True)
    run.run(write_raw_files(tmp_path / "raw"))
    assert run.step_peak_bytes["tables and tests"] > 1_000_000
    text = "\n".join(format_report(settings.published_file, run.progress.step_seconds, run.step_peak_bytes))
    for part in (
        "tables and tests",
        "marts.dim_movies",
        "warning: links: 1 of 1 rows unknown_movie (100.0%), for example `5`",
        "  movies: `runtime`: 2 of 200 cells unreadable (1.0%), for example `81,0` (decimal comma)",
        'credits: `cast`: 2 cells read as json, for example `[{"id": 1}]`',
        *("make serve", "curl http", "make sql"),
    ):
        assert part in text


def test_build_with_losses_is_refused_and_kept_for_inspection(settings: Settings, build: BuildFixture) -> None:
    lossy = "insert into quality.cell_accounting values ('movies', 'runtime', 200, 101, ['81 min'])"
    settings.published_file.write_bytes(b"the old warehouse")
    for sql in (f"{TRANSFORM_SQL};{lossy}", f"{TRANSFORM_SQL};{lossy};select no_such_column"):
        with pytest.raises(LossesError, match=r"101 of 200 cells unreadable .*\n(.*\n)+.*--allow-losses"):
            build(fake_commands(settings, sql, "select training_must_not_start"))
        assert settings.published_file.read_bytes() == b"the old warehouse"
        assert leftovers(settings) == []
        with duckdb.connect(str(settings.refused_file), read_only=True) as refused:
            assert len(refused.table("quality.cell_accounting")) == 1
    build()
    assert not settings.refused_file.exists()


def test_smaller_data_set_replaces_a_larger_one_only_if_forced(
    settings: Settings, build: BuildFixture, tmp_path: Path
) -> None:
    larger = TRANSFORM_SQL.replace("table marts.dim_movies as select 1 as a", "table marts.dim_movies as from range(5)")
    build(fake_commands(settings, larger))
    with pytest.raises(FilmotecaError, match=r"a warehouse of 5 films by one of 1; .*--force"):
        build()
    assert leftovers(settings) == []
    BuildRun(settings, fake_commands(settings), force=True).run(write_raw_files(tmp_path / "raw"))
    build()
    with pytest.raises(FilmotecaError, match="the bundled sample would replace a warehouse of 1 films by one of 0"):
        check_replacement(settings.published_file, 0, is_sample=True)


@pytest.mark.parametrize(
    ("transform_sql", "train_sql", "message"),
    [
        ("select no_such_column", "", "dbt failed"),
        ("", "select no_such_column", "the step 'recommender' failed"),
        ("update quality.row_accounting set rows_read = 9", "", "credits: the file has 2 records but 9 were read"),
        ("update quality.row_accounting set rows_kept = 9", "", "movies: 3 rows read are not 9 kept"),
        ("insert into quality.rejected_rows values ('links', '')", "", "quality.rejected_rows lists 1"),
        ("delete from quality.row_accounting where rows_read = 1", "", "not each of"),
        ("drop table marts.dim_people", "", "the table marts.dim_people is missing"),
        ("", "delete from recommender.model", "recommender.model has no rows"),
        ("create view marts.v as select 1", "", "the view marts.v is private"),
        ("create schema staging; create table staging.t as select 1", "", "the table staging.t is private"),
    ],
)
def test_failed_step_leaves_published_file_unchanged(
    settings: Settings, build: BuildFixture, transform_sql: str, train_sql: str, message: str
) -> None:
    settings.published_file.write_bytes(b"the old warehouse")
    with pytest.raises(FilmotecaError, match=message):
        build(fake_commands(settings, f"{TRANSFORM_SQL};{transform_sql}", f"{TRAIN_SQL};{train_sql}"))
    assert settings.published_file.read_bytes() == b"the old warehouse"
    assert leftovers(settings) == []


def test_raw_file_that_changes_during_the_build_is_not_published(settings: Settings, build: BuildFixture) -> None:
    usual = fake_commands(settings)
    append = "open(os.environ['FILMOTECA_RAW_DIR'] + '/links.csv', 'a').write('9,9,9\\n')"
    script = [*usual.transform[:2], f"{usual.transform[2]}\n{append}", *usual.transform[3:]]
    with pytest.raises(FilmotecaError, match=r"links\.csv changed during the build; build again"):
        build(replace(usual, transform=script))
    assert not settings.published_file.exists()


def test_transform_without_manifest_publishes_nothing(settings: Settings, build: BuildFixture) -> None:
    transform = [sys.executable, "-c", EXECUTE_ON, str(settings.built_file), TRANSFORM_SQL]
    with pytest.raises(UnsoundBuildError, match=r"dbt wrote no .*manifest\.json"):
        build(replace(fake_commands(settings), transform=transform))
    assert not settings.published_file.exists()


def test_published_search_index_keeps_its_comments_and_constraints(settings: Settings, build: BuildFixture) -> None:
    build()
    with open_read_only(settings.published_file) as connection:
        columns = connection.sql(
            "select column_name, comment, is_nullable from duckdb_columns() where schema_name = 'search'"
        ).fetchall()
        assert connection.sql("from search.index_files").fetchall() == [(b"index",)]
    assert columns == [("content", "Its bytes.", False)]


def test_failed_search_index_publishes_nothing(settings: Settings, build: BuildFixture) -> None:
    fail = [sys.executable, "-c", "import sys; sys.exit('no space for the index')"]
    with pytest.raises(FilmotecaError, match=r"the step 'search index' failed(?s:.*)no space for the index"):
        build(replace(fake_commands(settings), index=fail))
    assert leftovers(settings) == []


def test_full_disk_during_dbt_is_one_message(settings: Settings, build: BuildFixture) -> None:
    message = "IO Error: Could not write file: No space left on device"
    fail = [sys.executable, "-c", f"import sys; print({message!r}); sys.exit(1)"]
    with pytest.raises(FilmotecaError) as caught:
        build(BuildCommands(fail, fail, fail))
    assert str(caught.value) == f"{DISK_FULL} ({message})"


def test_full_disk_while_publishing_leaves_old_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    settings.published_file.write_bytes(b"the old warehouse")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("warehouse.publish.os.fsync", full)

    def command(_: object) -> int:
        BuildRun(settings, fake_commands(settings)).run(write_raw_files(tmp_path / "raw"))
        return 0

    assert run_command(command) == 1
    assert capsys.readouterr().err == f"error: {DISK_FULL}\n"
    assert settings.published_file.read_bytes() == b"the old warehouse"
    assert leftovers(settings) == []


def test_second_build_does_not_affect_readers_of_the_old_file_or_replay_its_wal(
    settings: Settings, build: BuildFixture
) -> None:
    old_id = build()
    wal = settings.published_file.with_name("movies.duckdb.wal")
    with duckdb.connect(str(settings.published_file), read_only=True) as reader:
        wal.write_bytes(b"manual changes")
        build()
        assert not wal.exists()
        assert reader.sql("select build_id from quality.build_info").fetchone() == (old_id,)


@pytest.mark.parametrize(
    ("name", "message"), [("marts.duckdb", "must not be marts.duckdb"), ("folder", "must be a file")]
)
def test_invalid_destination_is_rejected(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(FilmotecaError, match=message):
        check_destination(tmp_path / name)
    check_destination(tmp_path / "movies.duckdb")
