"""Follows docs/add-a-mart.md in a copy of the project: the model, its YAML entry, and then a column."""

import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project.command_line import run_dbt
from tools.table_pages import format_reference
from warehouse.checks import read_public_tables
from warehouse.settings import REPOSITORY_ROOT

PAGE = REPOSITORY_ROOT / "docs" / "add-a-mart.md"
MART = ("marts", "mart_short_films")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("target", "logs", "__pycache__")
    shutil.copytree(REPOSITORY_ROOT / "dbt_project", tmp_path / "dbt_project", ignore=ignored)
    shutil.copytree(REPOSITORY_ROOT / "warehouse" / "sample", tmp_path / "warehouse" / "sample", ignore=ignored)
    return tmp_path / "dbt_project"


def code_blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.S | re.M)


def build(project: Path) -> list[tuple[str, str | None]]:
    """Build the mart with all that it needs, and return its columns with their comments."""
    database = project.parent / "movies.duckdb"
    database.unlink(missing_ok=True)
    selection = ("--select", "+mart_short_films", "--indirect-selection", "cautious")
    arguments = ("--target", "build", *selection, "--exclude-resource-type", "unit_test")
    done = run_dbt("build", *arguments, folder=project, environment={"FILMOTECA_DATABASE": str(database)})
    assert done.returncode == 0, done.stdout
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select column_name, comment from duckdb_columns() where (schema_name, table_name) = (?, ?)", MART
        ).fetchall()


def test_mart_and_column_of_the_page_are_published_described_and_listed(project: Path) -> None:
    model, column = code_blocks("sql")
    entry, column_entry = code_blocks("yaml")
    (project / "models" / "marts" / "movies" / "mart_short_films.sql").write_text(model, "utf-8")
    description = project / "models" / "marts" / "movies" / "_movies__models.yml"
    models_before = description.read_text("utf-8")
    description.write_text(f"{models_before}\n{entry}", "utf-8")

    columns = dict(build(project))
    assert list(columns) == ["movie_id", "title", "runtime_minutes"]
    assert columns["runtime_minutes"] == "Running time in minutes."
    manifest = project / "target" / "manifest.json"
    assert MART in read_public_tables(manifest)
    assert f"| `{MART[1]}` | film of less than 40 minutes |" in format_reference(
        json.loads(manifest.read_text("utf-8"))
    )

    path = project / "models" / "marts" / "movies" / "mart_short_films.sql"
    path.write_text(model.replace("    runtime_minutes\nfrom", f"{column}    runtime_minutes\nfrom"), "utf-8")
    in_order = entry.replace("      - name: runtime_minutes", f"{column_entry}      - name: runtime_minutes")
    description.write_text(f"{models_before}\n{in_order}", "utf-8")
    columns = dict(build(project))
    assert list(columns) == ["movie_id", "title", "is_video", "runtime_minutes"]
    assert columns["is_video"] == "Whether TMDB marks the entry as a video; null if unknown."
