"""A warehouse of sixteen films, small enough to check by hand: the rows of small_warehouse.sql in the public tables."""

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from warnings import catch_warnings

import duckdb
import yaml
from jinja2 import Environment

from recommender.config import Config
from recommender.train import train
from search.index import write_index
from warehouse.settings import REPOSITORY_ROOT, project_version

SCRIPT = Path(__file__).with_suffix(".sql")
DBT_PROJECT = REPOSITORY_ROOT / "dbt_project"
DERIVED_MODELS = (
    *("mart_entities", "mart_movie_entities", "mart_movie_percentiles", "int_movie_actors_listed"),
    *("mart_recommender_movies", "int_movie_people_listed", "mart_search_documents"),
)
"""Models of the dbt project that are computed from the other tables, in this order."""
EMPTY_VALUES = {"varchar": "''", "boolean": "false", "date": "date '1970-01-01'"}
"""Values of columns that are declared not null and that the script does not mention, by type; others are numbers."""


def make(path: Path) -> None:
    """Write the warehouse, its recommender and its search index.

    Tables that the script does not create are empty. Columns that it does not mention are null, or the empty value of
    their type if they are declared not null.
    """
    macros = render_macros()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(str(macros.create_function("text_key", "value", macros.text_key("value"))))
        connection.execute(SCRIPT.read_text("utf-8").replace("$version", f"'{project_version()}'"))
        for table, columns in _declared_tables():
            definitions = ", ".join(f"{column['name']} {column['data_type']}" for column in columns)
            connection.execute(f"create table if not exists {table} ({definitions})")
            for column in columns:
                _add_column(connection, table, column)
        for model in DERIVED_MODELS:
            target = (
                f"create temp table {model} as" if model.startswith("int_") else f"insert into marts.{model} by name"
            )
            connection.execute(f"{target} {_select(model, macros)}")
    with redirect_stdout(StringIO()):
        train(path, Config(), threads=1)
    write_index(path)


def _add_column(connection: duckdb.DuckDBPyConnection, table: str, column: dict[str, Any]) -> None:
    name, sql_type = column["name"], column["data_type"]
    default = "null"
    if {"type": "not_null"} in column.get("constraints", []):
        default = "[]" if sql_type.endswith("[]") else EMPTY_VALUES.get(sql_type, "0")
    connection.execute(f"alter table {table} add column if not exists {name} {sql_type} default {default}")


def _declared_tables() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield every public table with its columns, from the contracts of the models."""
    for schema in ("marts", "quality"):
        for path in sorted((DBT_PROJECT / "models" / schema).rglob("*.yml")):
            for model in yaml.safe_load(path.read_text("utf-8")).get("models", []):
                yield f"{schema}.{model['name']}", model["columns"]


def render_macros() -> Any:
    """Return the macros of the dbt project, for DuckDB, rendered without dbt because dbt starts slowly."""
    environment = Environment(autoescape=False, extensions=["jinja2.ext.do"])  # noqa: S701 - SQL
    text = "".join(path.read_text("utf-8") for path in sorted((DBT_PROJECT / "macros").rglob("*.sql")))
    forms: dict[str, Any] = {}
    dispatched = SimpleNamespace(dispatch=lambda name: forms.get(f"duckdb__{name}") or forms[f"default__{name}"])
    with catch_warnings(action="ignore"):  # Jinja reads the regular expressions for Spark as escape sequences
        macros: Any = environment.from_string(text).make_module({"adapter": dispatched, "return": str})
    forms |= vars(macros)
    return macros


def _select(model: str, macros: Any) -> str:
    """Return the SQL of a model. Intermediate models are temporary tables."""
    (path,) = (DBT_PROJECT / "models").rglob(f"{model}.sql")
    template = Environment(autoescape=False, extensions=["jinja2.ext.do"]).from_string(path.read_text("utf-8"))  # noqa: S701 - SQL
    return template.render(vars(macros), ref=lambda name: name if name.startswith("int_") else f"marts.{name}")
