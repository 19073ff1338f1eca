"""`python -m warehouse.column_lineage`: docs/lineage.md, which raw columns every public column is made of.

sqlglot follows each column through the SQL that dbt compiles, model by model, and the steps are put together.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from warehouse.erd import read_manifest
from warehouse.errors import run_command
from warehouse.screen import Screen
from warehouse.settings import REPOSITORY_ROOT, Settings

PAGE = REPOSITORY_ROOT / "docs" / "lineage.md"
PUBLIC = ("marts", "quality")
DIALECT = "duckdb"

Column = tuple[str, str]
"""A relation as `database.schema.table`, or a raw file by its name, and a column of it."""
Steps = Mapping[Column, frozenset[Column] | None]
"""By column those of other relations that its expression names; None where sqlglot cannot follow it."""
Node = Mapping[str, Any]

INTRODUCTION = """\
# Where columns come from

Which columns of the raw files every public column is made of, followed through the SQL of all models by sqlglot. What
filters or groups rows is not named, only what the value itself is made of; a dash is a count of rows or a constant.
Of {columns} columns {followed} are followed to the files, {own} are counts or constants, and {lost} cannot be followed.

`make docs` shows the same models as a graph, table by table. `python -m warehouse.column_lineage` writes this page.
"""


def read_steps(models: Sequence[Node], raw_columns: Mapping[str, Sequence[str]]) -> Steps:
    """One step back from each column of each stored model; `raw_columns` are those of the files, by `base_` model."""
    stored = {model["unique_id"]: model for model in models if model["config"]["materialized"] != "ephemeral"}
    depends = {model["unique_id"]: model["depends_on"]["nodes"] for model in models}
    schema: dict[str, Any] = {}
    steps: dict[Column, frozenset[Column] | None] = {}
    for model_id in TopologicalSorter(depends).static_order():
        if model_id not in stored:
            continue
        model = stored[model_id]
        relation = model["relation_name"].replace('"', "")
        if model["name"] in raw_columns:
            names = [*raw_columns[model["name"]], "row_number"]
            steps |= {(relation, name): frozenset([(_source_of(model), name)]) for name in names}
        else:
            parsed = sqlglot.parse_one(model["compiled_code"], dialect=DIALECT)
            query = cast("exp.Query", qualify(parsed, schema=schema, dialect=DIALECT))
            names, scope = query.named_selects, build_scope(query)
            steps |= {(relation, name): _named(name, query, scope, schema) for name in names}
        database, schema_name, table = relation.split(".")
        schema.setdefault(database, {}).setdefault(schema_name, {})[table] = dict.fromkeys(names, "varchar")
    return steps


def _named(name: str, query: exp.Query, scope: Scope | None, schema: dict[str, Any]) -> frozenset[Column] | None:
    """The columns of other relations that make a column of a query."""
    try:
        nodes = list(lineage(name, query, schema, scope=scope, dialect=DIALECT).walk())
    except (SqlglotError, ValueError):
        return None
    return frozenset(
        (".".join(part.name for part in node.expression.parts), node.name.rsplit(".", 1)[-1].strip('"'))
        for node in nodes
        if isinstance(node.expression, exp.Table)
    )


def origins(column: Column, steps: Steps) -> frozenset[Column] | None:
    """The raw columns that make a column; none if nothing but rows or a constant does, None if it is not known."""
    found, rest, seen = set(), [column], {column}
    while rest:
        one = rest.pop()
        if one in steps:
            named = steps[one]
            if named is None:
                return None
            rest += named - seen
            seen |= named
        elif one[1] != "row_number":
            found.add(one)
    return frozenset(found)


def written(models: Sequence[Node], steps: Steps) -> str:
    """The page, in Markdown."""
    sections, counts = [], {"columns": 0, "followed": 0, "own": 0, "lost": 0}
    for model in sorted(models, key=lambda model: (PUBLIC.index(model["schema"]), model["name"])):
        relation = model["relation_name"].replace('"', "")
        rows = ["| column | made of |", "|---|---|"]
        for name in model["columns"]:
            found = origins((relation, name), steps)
            counts["columns"] += 1
            counts["lost" if found is None else "followed" if found else "own"] += 1
            rows.append(f"| `{name}` | {_told(found)} |")
        sections.append("\n".join([f"## {model['name']}", "", *rows, ""]))
    return "\n".join([INTRODUCTION.format(**counts), *sections])


def _told(found: frozenset[Column] | None) -> str:
    if found is None:
        return "not followed"
    return ", ".join(f"`{Path(file).stem}.{column}`".replace(".*", "") for file, column in sorted(found)) or "–"


def page_of(manifest: Mapping[str, Any], raw_folder: Path) -> str:
    """The page of a project that dbt has compiled, and of raw files like those that it reads."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    steps = read_steps(models, dict(_raw_columns(models, raw_folder)))
    return written([model for model in models if model["schema"] in PUBLIC], steps)


def _raw_columns(models: Sequence[Node], folder: Path) -> Iterator[tuple[str, list[str]]]:
    """By `base_` model the header of its file."""
    for model in models:
        if model["name"].startswith("base_"):
            (file,) = folder.glob(f"{_source_of(model)}*.csv")
            with file.open(encoding="utf-8", newline="") as lines:
                yield model["name"], next(csv.reader(lines))


def _source_of(base_model: Node) -> str:
    return str(base_model["depends_on"]["nodes"][0].split(".")[-1])


def main(arguments: Sequence[str]) -> int:
    """Writes the page and says where it is."""
    argparse.ArgumentParser(prog="python -m warehouse.column_lineage", description=__doc__).parse_args(arguments)
    screen, settings = Screen(), Settings.from_environment()
    with screen.step("lineage of the columns"):
        PAGE.write_text(page_of(read_manifest(settings, screen, "compile"), settings.sample_folder), "utf-8")
    screen.say(f"wrote {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
