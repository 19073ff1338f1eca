"""Write docs/tables.md and docs/table-diagram.md from dbt's manifest: `.venv/bin/python -m tools.table_pages`."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from warehouse.checks import PUBLIC_SCHEMAS
from warehouse.errors import run_command
from warehouse.progress import Progress
from warehouse.settings import REPOSITORY_ROOT, Settings
from warehouse.transform import parse_cache, run_dbt

Node = Mapping[str, Any]
"""dbt's manifest, or a model or source in it."""

REFERENCE_PAGE = REPOSITORY_ROOT / "docs" / "tables.md"
REFERENCE_INTRODUCTION = """\
# Tables

`make docs` writes a site that describes every column, and [a diagram](table-diagram.md) shows how the tables relate.
Unknown is null, never 0. Money is in US dollars, not adjusted for inflation. To add a table, see
[Add a mart](add-a-mart.md).

`.venv/bin/python -m tools.table_pages` writes this page from the descriptions in the dbt project.

| table | one row per | good for |
|---|---|---|
"""
DIAGRAM_PAGE = REPOSITORY_ROOT / "docs" / "table-diagram.md"
DIAGRAM_INTRODUCTION = """\
# How the tables relate

Every `dim_` and `fct_` table with its key (`PK`) and its references (`FK`), as dbt tests them. The other tables use the
same keys and are left out.

`.venv/bin/python -m tools.table_pages` writes this page from dbt's manifest.
"""
PREFIXES = ("dim_", "fct_")
"""Prefixes of the tables in the diagram. The tables for one consumer (`mart_`) would hide the others' relationships."""


def format_reference(manifest: Node) -> str:
    """Return the page with every public table. Tables of `marts`, the default schema, have no schema in their names."""
    nodes = [*_models(manifest), *manifest["sources"].values()]
    public = [node for node in nodes if node["schema"] in PUBLIC_SCHEMAS]
    lines = []
    for node in sorted(public, key=lambda node: (PUBLIC_SCHEMAS.index(node["schema"]), node["name"])):
        name = node["name"] if node["schema"] == "marts" else f"{node['schema']}.{node['name']}"
        grain = node["description"].partition(". ")[0].rstrip(".").removeprefix("One row per ")
        lines.append(f"| `{name}` | {grain} | {node['config']['meta'].get('questions', '')} |\n")
    return REFERENCE_INTRODUCTION + "".join(lines)


def format_diagram(manifest: Node) -> str:
    """Return the page with a Mermaid diagram of the tables, and the same relationships as a table."""
    entities: list[str] = []
    relationships: list[str] = []
    rows = ["| table | key | references |", "|---|---|---|"]
    for model in sorted(_models(manifest), key=itemgetter("name")):
        if model["name"].startswith(PREFIXES):
            references = _find_references(manifest, model)
            entities += _format_entity(model, references)
            relationships += _format_relationships(model, references)
            key = ", ".join(f"`{column}`" for column in model["config"]["meta"]["grain"])
            targets = ", ".join(f"`{column}` → `{target}`" for column, target in references.items())
            rows.append(f"| `{model['name']}` | {key} | {targets or '–'} |")
    return "\n".join([DIAGRAM_INTRODUCTION, "```mermaid", "erDiagram", *entities, *relationships, "```", "", *rows, ""])


def _models(manifest: Node) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def _find_references(manifest: Node, model: Node) -> dict[str, str]:
    """Return the referenced tables by column, from the tests of relationships."""
    tests = [node for node in manifest["nodes"].values() if node.get("attached_node") == model["unique_id"]]
    references = {
        test["column_name"]: test["test_metadata"]["kwargs"]["to"].removeprefix("ref('").removesuffix("')")
        for test in tests
        if test["test_metadata"]["name"] == "relationships"
    }
    return dict(sorted(references.items()))


def _format_entity(model: Node, references: Mapping[str, str]) -> Iterator[str]:
    grain = model["config"]["meta"]["grain"]
    yield f"    {model['name']} {{"
    for name, column in model["columns"].items():
        if keys := ", ".join(["PK"] * (name in grain) + ["FK"] * (name in references)):
            yield f"        {column['data_type']} {name} {keys}"
    yield "    }"


def _format_relationships(model: Node, references: Mapping[str, str]) -> Iterator[str]:
    for column, target in references.items():
        constraints = [constraint["type"] for constraint in model["columns"][column]["constraints"]]
        parents = "||" if "not_null" in constraints else "|o"
        children = "o|" if model["config"]["meta"]["grain"] == [column] else "o{"
        yield f"    {target} {parents}--{children} {model['name']} : {column}"


def read_manifest(settings: Settings, progress: Progress) -> Node:
    """Return dbt's manifest of the project, after `dbt parse`."""
    with TemporaryDirectory(prefix="filmoteca-tables-") as folder:
        temporary = replace(settings, published_file=Path(folder) / settings.published_file.name)
        run_dbt(temporary, settings.sample_folder, progress, "parse")
        return dict(json.loads((parse_cache(temporary) / "manifest.json").read_text("utf-8")))


def main(arguments: Sequence[str]) -> int:
    """Write the pages and print their paths; return the exit code."""
    argparse.ArgumentParser(prog="python -m tools.table_pages", description=__doc__).parse_args(arguments)
    manifest = read_manifest(Settings.from_environment(), Progress())
    for page, content in ((REFERENCE_PAGE, format_reference(manifest)), (DIAGRAM_PAGE, format_diagram(manifest))):
        page.write_text(content, "utf-8")
        print(f"wrote {page}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
