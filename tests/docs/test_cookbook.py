"""The cookbook's results come from the sample. `COOKBOOK=write pytest tests/docs` updates them."""

import os
import re
from pathlib import Path

import duckdb

from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT
from warehouse.sql import SEARCH_PATH

COOKBOOK = REPOSITORY_ROOT / "docs/cookbook.md"
RECIPE = re.compile(r"^## \d+\. (?P<question>.+)\n\n```sql\n(?P<sql>[^`]+)```\n\n(?P<result>(?:\|.*\n)+)", re.MULTILINE)


def run_query(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    result = connection.execute(sql)
    names = [column[0] for column in result.description or ()]
    rows = [names, ["---"] * len(names), *result.fetchall()]
    return "".join("| " + " | ".join("" if value is None else str(value) for value in row) + " |\n" for row in rows)


def test_cookbook_shows_results_of_the_sample(sample_warehouse: Path) -> None:
    connection = open_read_only(sample_warehouse)
    connection.execute(SEARCH_PATH)
    text = COOKBOOK.read_text("utf-8")
    if os.environ.get("COOKBOOK") == "write":
        for recipe in RECIPE.finditer(text):
            before = recipe[0].removesuffix(recipe["result"])
            text = text.replace(recipe[0], before + run_query(connection, recipe["sql"]))
        COOKBOOK.write_text(text, "utf-8")
    recipes = list(RECIPE.finditer(text))
    assert len(recipes) == text.count("\n## ") == 25
    for recipe in recipes:
        assert run_query(connection, recipe["sql"]) == recipe["result"], recipe["question"]
        assert recipe["result"].count("\n") > 2, f"{recipe['question']}: no row"
