"""Runs the dbt commands that people type, in the folder of the project and in the root of the repository."""

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.dbt_project.command_line import run_dbt
from warehouse.settings import REPOSITORY_ROOT

COPIED = ("dbt_project", "profiles.yml", "warehouse/sample")
"""What dbt needs of a clone."""
COMMANDS = (
    ("show", "--select", "stg_tmdb__movies", "--limit", "5"),
    ("test", "--select", "dim_movies"),
    ("docs", "generate"),
    ("run", "--select", "dim_movies"),
    ("retry",),
)
"""In this order because dbt itself cannot `retry` a `show` or `docs generate`."""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project after `dbt build` without tests, in a folder with characters that SQL and globs use."""
    root = tmp_path_factory.mktemp("clone") / "film o'teca [1]"
    ignored = shutil.ignore_patterns("target", "logs", "__pycache__")
    for name in COPIED:
        source = REPOSITORY_ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=ignored)
        else:
            shutil.copyfile(source, root / name)
    done = run_dbt("build", "--exclude-resource-type", "test", "unit_test", folder=root / "dbt_project")
    assert done.returncode == 0, done.stdout
    return root


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_command_works_in_the_project_folder(clone: Path, command: tuple[str, ...]) -> None:
    done = run_dbt(*command, folder=clone / "dbt_project")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_command_works_in_the_repository_root(clone: Path, command: tuple[str, ...]) -> None:
    done = run_dbt(*command, "--project-dir", "dbt_project", folder=clone)
    assert done.returncode == 0, done.stdout


def test_development_database_has_every_layer(clone: Path) -> None:
    assert [path.name for path in clone.rglob("*.duckdb")] == ["dev.duckdb"]
    with duckdb.connect(str(clone / "dbt_project" / "target" / "dev.duckdb"), read_only=True) as connection:
        names = (
            "select schema_name from duckdb_tables() union select schema_name from duckdb_views() where not internal"
        )
        schemas = {schema for (schema,) in connection.execute(names).fetchall()}
    assert schemas >= {"staging", "intermediate", "marts", "quality", "seeds"}
