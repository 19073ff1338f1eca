"""The cookbook's answers are those of the sample. `COOKBOOK=write pytest tests/guide` writes them anew."""

import os
import re
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import open_read_only
from warehouse.sql import SEARCH_PATH

COOKBOOK = Path(__file__).parents[2] / "docs/cookbook.md"
QUESTIONS = 25
RECIPE = re.compile(r"^## \d+\. (?P<question>.+)\n\n```sql\n(?P<sql>[^`]+)```\n\n(?P<answer>(?:\|.*\n)+)", re.MULTILINE)


@pytest.fixture
def sample(sample_warehouse: Path) -> duckdb.DuckDBPyConnection:
    connection = open_read_only(sample_warehouse)
    connection.execute(SEARCH_PATH)
    return connection


def answered(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """What the query answers, as a table of Markdown."""
    result = connection.execute(sql)
    names = [column[0] for column in result.description or ()]
    rows = [names, ["---"] * len(names), *result.fetchall()]
    return "".join("| " + " | ".join("" if value is None else str(value) for value in row) + " |\n" for row in rows)


def test_every_question_has_the_answer_that_the_sample_gives(sample: duckdb.DuckDBPyConnection) -> None:
    text = COOKBOOK.read_text("utf-8")
    recipes = list(RECIPE.finditer(text))
    if os.environ.get("COOKBOOK") == "write":
        for recipe in recipes:
            before = recipe[0].removesuffix(recipe["answer"])
            text = text.replace(recipe[0], before + answered(sample, recipe["sql"]))
        COOKBOOK.write_text(text, "utf-8")
        recipes = list(RECIPE.finditer(text))
    assert len(recipes) == text.count("\n## ") == QUESTIONS
    for recipe in recipes:
        assert answered(sample, recipe["sql"]) == recipe["answer"], recipe["question"]
        assert recipe["answer"].count("\n") > 2, f"{recipe['question']}: no row"
