"""The build command on the bundled sample: killed during dbt, run again, and read with the CLI."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.waiting import wait_for
from tests.warehouse.conftest import leftovers
from warehouse.checks import read_public_tables
from warehouse.connection import open_read_only
from warehouse.settings import Settings
from warehouse.sql import find_cli
from warehouse.transform import parse_cache


def test_build_after_kill_is_complete_and_readable_from_another_folder(settings: Settings, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "warehouse.build", "--raw-dir", str(settings.sample_folder)]
    environment = {**os.environ, "FILMOTECA_WAREHOUSE": str(settings.published_file)}
    settings.published_file.write_bytes(b"the old warehouse")

    killed = subprocess.Popen(
        command, cwd=settings.root, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    wait_for(settings.built_file.exists)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert settings.published_file.read_bytes() == b"the old warehouse"

    built = subprocess.run(command, cwd=settings.root, env=environment, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, ""), built.stdout
    assert "removed the files of an interrupted build" in built.stdout
    assert "dbt warns" not in built.stdout
    assert leftovers(settings) == []
    with open_read_only(settings.published_file) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    assert sorted(tables) == read_public_tables(parse_cache(settings) / "manifest.json")

    query = "select title from marts.dim_movies where title_key = marts.text_key('AMELIE')"
    answer = subprocess.run(
        [find_cli(), "-readonly", "-list", "-noheader", settings.published_file, query],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stdout.strip() == "Amélie", answer.stderr
