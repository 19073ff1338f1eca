"""The responses, SQL, make targets and tables shown in README.md and docs/ are real."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.db.snapshots import MEMORY_LIMIT, THREADS
from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT, Settings

README = (REPOSITORY_ROOT / "README.md").read_text("utf-8")
DOCS = "".join(path.read_text("utf-8") for path in sorted((REPOSITORY_ROOT / "docs").rglob("*.md")))
TEXT = README + (REPOSITORY_ROOT / "CONTRIBUTING.md").read_text("utf-8") + DOCS
QUESTIONS = re.findall(r'```sh\ncurl "?http://localhost:8000(/[^"\n]*)"?\n```\n\n```json\n(.*?)```', TEXT, re.S)
QUERIES = sorted(set(re.findall(r'^make sql Q="(.*)"$', TEXT, re.M)))
TABLES = (REPOSITORY_ROOT / "docs/tables.md").read_text("utf-8")
TABLE_ROWS = re.findall(
    r"^\| `((?:quality|recommender|search)\.\w+|(?:dim|fct|mart)_\w+)` \| ([^|]*?) \|", TABLES, re.M
)


@pytest.fixture(scope="module")
def client(sample_warehouse: Path) -> Iterator[TestClient[Litestar]]:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(sample_warehouse)})
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def assert_shown(shown: Any, actual: Any) -> None:
    """Compare a documented response with the actual one. Lists may be cut short; everything else is complete."""
    if isinstance(shown, dict):
        assert list(shown) == list(actual)
        for key, value in shown.items():
            assert_shown(value, actual[key])
    elif isinstance(shown, list):
        assert len(shown) <= len(actual)
        for one, other in zip(shown, actual, strict=False):
            assert_shown(one, other)
    else:
        assert shown == (pytest.approx(actual, rel=1e-6) if isinstance(actual, float) else actual)


@pytest.mark.parametrize(("path", "shown"), QUESTIONS, ids=[path for path, _ in QUESTIONS])
def test_documented_request_returns_documented_response(client: TestClient[Litestar], path: str, shown: str) -> None:
    response = json.loads(shown)
    headers = {"X-Request-ID": response["request_id"]} if "request_id" in response else {}
    assert_shown(response, client.get(path, headers=headers).json())


def test_docs_show_every_question_of_the_assignment(client: TestClient[Litestar]) -> None:
    operations = client.get("/").json()["operations"]
    shown = {path.split("/")[1] for path, _ in QUESTIONS}
    assert {op["path"].split("/")[1] for op in operations if "{" in op["path"]} - {"v1"} == shown - {"v1"}


@pytest.mark.parametrize("query", QUERIES)
def test_documented_query_returns_rows(sample_warehouse: Path, query: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "warehouse.sql", query],
        cwd=REPOSITORY_ROOT,
        env={**os.environ, "FILMOTECA_WAREHOUSE": str(sample_warehouse)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") > 4, "no row"
    if f'Q="{query}"\n```\n\n```text\n' in README:
        assert done.stdout.strip() in README


def test_documented_make_targets_exist() -> None:
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=True).stdout
    assert listed.rstrip() in README
    targets = set(re.findall(r"^  make ([a-z-]+) ", listed, re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", TEXT, re.M)) <= targets


@pytest.mark.parametrize("by_environment", [True, False])
def test_make_passes_values_literally(by_environment: bool) -> None:
    query = """select '$x' || "$(shell exit)" $$ `exit`"""
    command = ["make", "--no-print-directory", "--eval", 'shown: ; @printf %s "$$Q"', "shown"]
    environment = {**os.environ, "Q": query} if by_environment else os.environ
    command += [] if by_environment else [f"Q={query}"]
    done = subprocess.run(command, cwd=REPOSITORY_ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == query


def test_readme_has_at_most_200_lines() -> None:
    assert README.count("\n") <= 200


def test_marts_need_no_schema_in_any_client(sample_warehouse: Path) -> None:
    with duckdb.connect(sample_warehouse, read_only=True) as connection:
        shown = {name for (name,) in connection.execute("show tables").fetchall()}
        assert shown == {name for name, _ in TABLE_ROWS if "." not in name}
        assert (
            connection.execute("from dim_movies").fetchall() == connection.execute("from marts.dim_movies").fetchall()
        )


def test_tables_page_lists_every_table(sample_warehouse: Path) -> None:
    with open_read_only(sample_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    assert {name for name, _ in TABLE_ROWS} == {
        table if schema == "marts" else f"{schema}.{table}" for schema, table in tables
    }
