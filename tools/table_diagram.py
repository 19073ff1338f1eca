"""Write docs/table-diagram.md, an entity-relationship diagram of the marts: `python -m tools.table_diagram`.

Everything in it comes from dbt's manifest: keys from the declared grains, relationships and nullability from the tests.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from warehouse.errors import run_command
from warehouse.progress import Progress
from warehouse.settings import REPOSITORY_ROOT, Settings
from warehouse.transform import parse_cache, run_dbt

PAGE = REPOSITORY_ROOT / "docs" / "table-diagram.md"
PREFIXES = ("dim_", "fct_")
"""Prefixes of the tables in the diagram. The tables for one consumer (`mart_`) would hide the others' relationships."""
INTRODUCTION = """\
# How the tables relate

Every `dim_` and `fct_` table with its key (`PK`) and its references (`FK`), as dbt tests them. The other tables use the
same keys and are left out.

`python -m tools.table_diagram` writes this page from dbt's manifest.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the diagram."""

    name: str
    key: tuple[str, ...]
    types: Mapping[str, str]
    """Data types by column."""
    not_null: frozenset[str]
    references: Mapping[str, str]
    """Referenced tables by column."""


def read_tables(manifest: Mapping[str, Any]) -> list[Table]:
    """Return the tables of the diagram from dbt's manifest, sorted by name."""
    nodes = manifest["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model" and node["name"].startswith(PREFIXES)]
    references: dict[str, dict[str, str]] = {model["unique_id"]: {} for model in models}
    for node in nodes:
        if node.get("attached_node") in references and node["test_metadata"]["name"] == "relationships":
            table = node["test_metadata"]["kwargs"]["to"].removeprefix("ref('").removesuffix("')")
            references[node["attached_node"]][node["column_name"]] = table
    return [
        Table(
            model["name"],
            tuple(model["config"]["meta"]["grain"]),
            {name: column["data_type"] for name, column in model["columns"].items()},
            frozenset(name for name, column in model["columns"].items() if _is_not_null(column)),
            dict(sorted(references[model["unique_id"]].items())),
        )
        for model in sorted(models, key=itemgetter("name"))
    ]


def _is_not_null(column: Mapping[str, Any]) -> bool:
    return any(constraint["type"] == "not_null" for constraint in column["constraints"])


def format_page(tables: Sequence[Table]) -> str:
    """Return the page in Markdown: a Mermaid diagram, and the same relationships as a table."""
    diagram = [line for table in tables for line in _entity(table)]
    diagram += [line for table in tables for line in _relationships(table)]
    rows = ["| table | key | references |", "|---|---|---|"]
    for table in tables:
        key = ", ".join(f"`{column}`" for column in table.key)
        references = ", ".join(f"`{column}` → `{target}`" for column, target in table.references.items())
        rows.append(f"| `{table.name}` | {key} | {references or '–'} |")
    return "\n".join([INTRODUCTION, "```mermaid", "erDiagram", *diagram, "```", "", *rows, ""])


def _entity(table: Table) -> Iterator[str]:
    yield f"    {table.name} {{"
    for column, data_type in table.types.items():
        if keys := ", ".join(["PK"] * (column in table.key) + ["FK"] * (column in table.references)):
            yield f"        {data_type} {column} {keys}"
    yield "    }"


def _relationships(table: Table) -> Iterator[str]:
    for column, target in table.references.items():
        parents = "||" if column in table.not_null else "|o"
        children = "o|" if table.key == (column,) else "o{"
        yield f"    {target} {parents}--{children} {table.name} : {column}"


def read_manifest(settings: Settings, progress: Progress) -> Mapping[str, Any]:
    """Return dbt's manifest of the project, after `dbt parse`."""
    with TemporaryDirectory(prefix="filmoteca-diagram-") as folder:
        temporary = replace(settings, published_file=Path(folder) / settings.published_file.name)
        run_dbt(temporary, settings.sample_folder, progress, "parse")
        return dict(json.loads((parse_cache(temporary) / "manifest.json").read_text("utf-8")))


def main(arguments: Sequence[str]) -> int:
    """Write the page and print its path; return the exit code."""
    argparse.ArgumentParser(prog="python -m tools.table_diagram", description=__doc__).parse_args(arguments)
    progress = Progress()
    with progress.step("diagram of the tables"):
        tables = read_tables(read_manifest(Settings.from_environment(), progress))
        PAGE.write_text(format_page(tables), "utf-8")
    progress.print_line(f"wrote {PAGE}: {len(tables)} tables")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
