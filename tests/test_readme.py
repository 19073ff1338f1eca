"""What README.md and the guide show is what happens: answers, SQL, targets and tables."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.db.snapshots import MEMORY_LIMIT, THREADS
from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT, Settings

README = (REPOSITORY_ROOT / "README.md").read_text("utf-8")
GUIDE = README + "".join(path.read_text("utf-8") for path in sorted((REPOSITORY_ROOT / "docs").glob("*.md")))
QUESTIONS = re.findall(r'```sh\ncurl "?http://localhost:8000(/[^"\n]*)"?\n```\n\n```json\n(.*?)```', GUIDE, re.S)
QUERIES = sorted(set(re.findall(r'^make sql Q="(.*)"$', GUIDE, re.M)))
TABLE_ROWS = re.findall(r"^\| `((?:quality|recommender)\.\w+|(?:dim|fct|mart)_\w+)` \| ([^|]*?) \|", README, re.M)


@pytest.fixture(scope="module")
def client(sample_warehouse: Path) -> Iterator[TestClient[Litestar]]:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(sample_warehouse)})
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def assert_shown(shown: Any, answered: Any) -> None:
    """README may show the first entries of a list only; of everything else, all."""
    if isinstance(shown, dict):
        assert list(shown) == list(answered)
        for key, value in shown.items():
            assert_shown(value, answered[key])
    elif isinstance(shown, list):
        assert len(shown) <= len(answered)
        for one, other in zip(shown, answered, strict=False):
            assert_shown(one, other)
    else:
        assert shown == (pytest.approx(answered, rel=1e-6) if isinstance(answered, float) else answered)


@pytest.mark.parametrize(("path", "shown"), QUESTIONS, ids=[path for path, _ in QUESTIONS])
def test_answers_are_those_shown(client: TestClient[Litestar], path: str, shown: str) -> None:
    answer = json.loads(shown)
    headers = {"X-Request-ID": answer["request_id"]} if "request_id" in answer else {}
    assert_shown(answer, client.get(path, headers=headers).json())


def test_every_question_of_the_assignment_is_shown(client: TestClient[Litestar]) -> None:
    operations = client.get("/").json()["operations"]
    shown = {path.split("/")[1] for path, _ in QUESTIONS}
    assert {op["path"].split("/")[1] for op in operations if "{" in op["path"]} - {"v1"} == shown - {"v1"}


@pytest.mark.parametrize("query", QUERIES)
def test_queries_are_answered(sample_warehouse: Path, query: str) -> None:
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


def test_targets_exist() -> None:
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=True).stdout
    assert listed.rstrip() in README
    targets = set(re.findall(r"^  make ([a-z]+) ", listed, re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", GUIDE, re.M)) <= targets


def test_tables_are_those_of_the_warehouse(sample_warehouse: Path) -> None:
    with open_read_only(sample_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    assert {name for name, _ in TABLE_ROWS} == {
        table if schema == "marts" else f"{schema}.{table}" for schema, table in tables
    }
