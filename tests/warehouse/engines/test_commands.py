"""What a build on Spark runs, without a cluster: commands, environment, warnings and progress."""

import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import EXECUTE, MANIFEST, TRANSFORM_SQL, fake_commands, write_raw_files
from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.engines.commands import SparkLog, describe_unsplittable, multi_line_options, spark_environment
from warehouse.progress import Progress
from warehouse.raw_files import check_files
from warehouse.raw_finder import find_files
from warehouse.settings import Settings

COMPUTE = """
import os, pathlib, sys
output = pathlib.Path(os.environ["FILMOTECA_SPARK_OUTPUT"])
output.mkdir(parents=True)
(output / "arguments").write_text(" ".join(sys.argv[1:]))
"""
OPTIONS = " ".join(f"--multi-line={name}" for name in ("credits", "movies", "ratings"))
IMPORT = f"""
import os, pathlib
assert pathlib.Path(os.environ["FILMOTECA_SPARK_OUTPUT"], "arguments").read_text() == "{OPTIONS}"
{EXECUTE}
"""
MANIFEST_TEXT = json.dumps(MANIFEST)


def test_commands_of_both_engines(settings: Settings) -> None:
    duckdb_build = BuildCommands.from_settings(settings)
    spark_build = BuildCommands.from_settings(settings, engine="spark", master="spark://films:7077")
    assert list(duckdb_build.spark) == []
    assert list(spark_build.spark)[1:] == ["-m", "warehouse.engines.spark", "--master", "spark://films:7077"]
    assert list(BuildCommands.from_settings(settings, engine="spark").spark)[1:] == ["-m", "warehouse.engines.spark"]
    imported = list(spark_build.transform)
    assert imported[imported.index("--select") :][:3] == ["--select", "path:models/marts", "path:models/quality"]
    assert spark_build.options != duckdb_build.options


def test_spark_runs_before_the_import(settings: Settings, tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path / "raw", keywords=None, links=b"movieId,imdbId,tmdbId\n1,2,3\n")
    commands = replace(
        fake_commands(settings),
        transform=[
            sys.executable,
            "-c",
            IMPORT,
            TRANSFORM_SQL.replace("'keywords', 2, 2", "'keywords', 0, 0"),
            MANIFEST_TEXT,
        ],
        spark=[sys.executable, "-c", COMPUTE],
    )
    run = BuildRun(settings, commands)
    run.run(folder)
    assert list(run.step_peak_bytes) == ["tables and tests on Spark", "import", "recommender", "search index"]


def test_settings_reach_the_process_on_spark() -> None:
    environment = {"FILMOTECA_SPARK_MEMORY": "1.5GB", "FILMOTECA_WAREHOUSE": "/films/movies.duckdb"}
    settings = Settings.from_environment(environment)
    assert settings.spark_memory_megabytes == 1500
    assert Settings.from_environment(spark_environment(settings)) == settings


def test_files_that_cannot_be_split_are_named(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path, credits=b"id,cast,crew\n1,[],[]\n", ratings=None)
    links = folder / "links.csv"
    (folder / "links.csv.gz").write_bytes(gzip.compress(links.read_bytes()))
    links.unlink()
    found = find_files(folder)
    files = check_files(folder, found, {found["movies"][0]: "my films.csv"})
    warning = describe_unsplittable([*files, files[0]])  # a file may hold several sources
    assert warning is not None
    assert warning.startswith(
        "Spark cannot split my films.csv (line breaks in fields), keywords.csv (line breaks in fields), "
        "links.csv.gz (gzip): one worker reads each file;"
    )


def test_only_files_of_single_lines_are_split(tmp_path: Path) -> None:
    folder = write_raw_files(tmp_path, credits=b'id,cast,crew\r\n1,"[]",[]\r\n2,[],[]\r\n')
    files = check_files(folder, find_files(folder))
    assert multi_line_options(files) == [f"--multi-line={name}" for name in ("keywords", "links", "movies", "ratings")]
    assert describe_unsplittable(file for file in files if file.source_name == "credits") is None


def test_progress_shows_rows_and_seconds_of_each_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "marts.db" / "dim_movies"
    folder.mkdir(parents=True)
    for part in (1, 2):
        duckdb.sql("from range(1000)").write_parquet(str(folder / f"part-{part}.parquet"))
    log = SparkLog(Progress(), "tables and tests on Spark", output=tmp_path)
    for number, kind, name in ((1, "table", "dim_movies"), (2, "test", "unique"), (3, "view", "stg_movies")):
        node = {"materialized": kind, "node_relation": {"schema": "marts", "alias": name}}
        data = {"index": number, "total": 4, "execution_time": 2.46, "node_info": node}
        log.process_line(json.dumps({"info": {"name": "LogModelResult", "msg": "OK", "level": "info"}, "data": data}))
    assert capsys.readouterr().out.splitlines() == [
        "  1/4 marts.dim_movies: 2,000 rows, 2.5 s",
        "  tables and tests on Spark 2/4",
        "  tables and tests on Spark 3/4",
    ]
