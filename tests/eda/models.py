"""Runs exploratory models on tables created by tests, without dbt, which takes seconds to start."""

from types import SimpleNamespace
from typing import Any

import duckdb
from jinja2 import Environment

from warehouse.settings import REPOSITORY_ROOT

DBT_PROJECT = REPOSITORY_ROOT / "dbt_project"
MACROS = ("text.sql", "measures.sql", "median_interval.sql")
LOOKUP = "read_csv('{}/lookups/{}.csv', header = true)"


def run_model(connection: duckdb.DuckDBPyConnection, model: str) -> list[dict[str, Any]]:
    """Return the rows of a model by column name, from tables named like its references."""
    cursor = connection.execute(_sql(model))
    columns = [column for column, *_ in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _sql(model: str) -> str:
    environment = Environment(autoescape=False)  # noqa: S701 - SQL
    text = "".join((DBT_PROJECT / "macros" / name).read_text("utf-8") for name in MACROS)
    dispatched = SimpleNamespace(dispatch=lambda name: getattr(macros, f"duckdb__{name}"))
    macros: Any = environment.from_string(text).make_module({"adapter": dispatched, "return": str})
    called = {name: getattr(macros, name) for name in dir(macros) if not name.startswith("_")}
    template = environment.from_string((DBT_PROJECT / "models" / "marts" / "eda" / f"{model}.sql").read_text("utf-8"))
    return template.render(
        **called, ref=str, source=lambda _, name: LOOKUP.format(str(DBT_PROJECT).replace("'", "''"), name)
    )
