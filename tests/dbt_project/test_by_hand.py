"""Runs the dbt commands that people type, in a copy of the project, and follows docs/add-a-mart.md there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from tools.table_pages import format_reference
from warehouse.checks import read_public_tables
from warehouse.settings import REPOSITORY_ROOT

FOLDERS = ("dbt_project", "warehouse")
"""What dbt needs of a clone, besides profiles.yml."""
PAGE = (REPOSITORY_ROOT / "docs" / "add-a-mart.md").read_text("utf-8")
MART = "mart_short_films"
COMMANDS = (
    "show --select stg_tmdb__movies --limit 5",
    "test --select dim_movies",
    "docs generate",
    "run --select dim_movies",
    "retry",
)
"""In this order because dbt itself cannot `retry` a `show` or `docs generate`."""
RUN = """
import sys
from dbt.cli.main import dbtRunner
for command in sys.argv[1:]:
    print("$ dbt", command, flush=True)
    if not dbtRunner().invoke(command.split()).success:
        sys.exit(1)
"""


def run_dbt(folder: Path, *commands: str) -> str:
    """Run dbt commands in a folder and return what they printed. They share a process, because dbt starts slowly."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, *commands],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project after `dbt build` and `dbt show`, in a folder with characters that SQL and globs use.

    Data tests are left out because the build of the sample runs them.
    """
    root = tmp_path_factory.mktemp("clone") / "film o'teca [1]"
    ignored = shutil.ignore_patterns("target", "logs", "__pycache__", "raw", "*.duckdb", ".*")
    for name in FOLDERS:
        shutil.copytree(REPOSITORY_ROOT / name, root / name, ignore=ignored)
    shutil.copyfile(REPOSITORY_ROOT / "profiles.yml", root / "profiles.yml")
    output = run_dbt(root / "dbt_project", "build --exclude-resource-type test", COMMANDS[0])
    (root / "build.log").write_text(output, "utf-8")
    return root


def test_build_passes_every_unit_test(clone: Path) -> None:
    output = (clone / "build.log").read_text("utf-8")
    for file in (clone / "dbt_project" / "models").rglob("*_unit_tests.yml"):
        for unit_test in yaml.safe_load(file.read_text("utf-8"))["unit_tests"]:
            assert f" PASS {unit_test['model']}::{unit_test['name']} " in output


def test_development_database_has_every_layer(clone: Path) -> None:
    assert [path.name for path in clone.rglob("*.duckdb")] == ["dev.duckdb"]
    with duckdb.connect(str(clone / "dbt_project" / "target" / "dev.duckdb"), read_only=True) as connection:
        names = (
            "select schema_name from duckdb_tables() union select schema_name from duckdb_views() where not internal"
        )
        schemas = {schema for (schema,) in connection.execute(names).fetchall()}
    assert schemas >= {"staging", "intermediate", "marts", "quality", "seeds"}


def test_mart_and_column_of_the_page_are_public_and_described(clone: Path) -> None:
    model, column = re.findall(r"^```sql\n(.*?)^```$", PAGE, re.S | re.M)
    entry, column_entry = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.S | re.M)
    project = clone / "dbt_project"
    model_file = project / "models" / "marts" / "movies" / f"{MART}.sql"
    yaml_file = model_file.with_name("_movies__models.yml")
    other_models = yaml_file.read_text("utf-8")

    def build() -> dict[str, str | None]:
        """Build the mart and return its columns with their comments."""
        run_dbt(project, f"build --select {MART}")
        query = "select column_name, comment from duckdb_columns() where (schema_name, table_name) = ('marts', ?)"
        with duckdb.connect(str(project / "target" / "dev.duckdb"), read_only=True) as connection:
            return dict(connection.execute(query, [MART]).fetchall())

    model_file.write_text(model, "utf-8")
    yaml_file.write_text(f"{other_models}\n{entry}", "utf-8")
    assert list(build()) == ["movie_id", "title", "runtime_minutes"]
    manifest_file = project / "target" / "manifest.json"
    assert ("marts", MART) in read_public_tables(manifest_file)
    reference = format_reference(json.loads(manifest_file.read_text("utf-8")))
    assert f"| `{MART}` | film of less than 40 minutes |" in reference

    model_file.write_text(model.replace("    runtime_minutes\nfrom", f"{column}    runtime_minutes\nfrom"), "utf-8")
    last = "      - name: runtime_minutes"
    yaml_file.write_text(f"{other_models}\n{entry.replace(last, column_entry + last)}", "utf-8")
    columns = build()
    assert list(columns) == ["movie_id", "title", "is_video", "runtime_minutes"]
    assert columns["is_video"] == "Whether TMDB marks the entry as a video; null if unknown."


def test_commands_work_in_the_repository_root(clone: Path) -> None:
    run_dbt(clone, *(f"{command} --project-dir dbt_project" for command in COMMANDS))
