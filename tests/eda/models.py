"""Runs exploratory models on tables created by tests, without dbt, which takes seconds to start."""

from types import SimpleNamespace
from typing import Any

import duckdb
from jinja2 import Environment

from warehouse.settings import REPOSITORY_ROOT

DBT_PROJECT = REPOSITORY_ROOT / "dbt_project"
MACROS = ("text.sql", "measures.sql")


def run_model(connection: duckdb.DuckDBPyConnection, model: str) -> list[dict[str, Any]]:
    """Return the rows of a model by column name, from tables named like its references."""
    sql, unpivoted = _render(model), "int_movie_measures_unpivoted"
    if unpivoted in sql:
        connection.execute(f"create or replace temp view {unpivoted} as {_render(unpivoted)}")
    cursor = connection.execute(sql)
    columns = [column for column, *_ in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _render(model: str) -> str:
    environment = Environment(autoescape=False)  # noqa: S701 - SQL
    text = "".join((DBT_PROJECT / "macros" / name).read_text("utf-8") for name in MACROS)
    dispatched = SimpleNamespace(dispatch=lambda name: getattr(macros, f"duckdb__{name}"))
    macros: Any = environment.from_string(text).make_module({"adapter": dispatched, "return": str})
    called = {name: getattr(macros, name) for name in dir(macros) if not name.startswith("_")}
    (path,) = (DBT_PROJECT / "models").rglob(f"{model}.sql")
    return environment.from_string(path.read_text("utf-8")).render(**called, ref=_table_name)


def _table_name(model: str) -> str:
    """Return what to read for a reference: the file of a seed, or the table of the test."""
    if (seed := DBT_PROJECT / "seeds" / f"{model}.csv").exists():
        return "read_csv('{}', header = true)".format(str(seed).replace("'", "''"))
    return "dim_movies" if model == "int_movies_measured" else model
