"""Write docs/tables.md, the list of public tables, from dbt's manifest: `python -m tools.table_reference`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.checks import PUBLIC_SCHEMAS
from warehouse.errors import run_command
from warehouse.progress import Progress
from warehouse.settings import REPOSITORY_ROOT, Settings
from warehouse.transform import parse_cache, run_dbt

PAGE = REPOSITORY_ROOT / "docs" / "tables.md"
INTRODUCTION = """\
# Tables

`make docs` writes a site that describes every column, and [a diagram](table-diagram.md) shows how the tables relate.
Unknown is null, never 0. Money is in US dollars, not adjusted for inflation. To add a table, see
[Add a mart](add-a-mart.md).

`python -m tools.table_reference` writes this page from the descriptions in the dbt project.

| table | one row per | good for |
|---|---|---|
"""
GRAIN = "One row per "


@dataclass(frozen=True, slots=True)
class Table:
    """A public table as the page lists it."""

    schema: str
    name: str
    grain: str
    """The first sentence of the description, without "One row per"."""
    questions: str
    """Questions that the table answers."""


def read_tables(manifest_file: Path) -> list[Table]:
    """Return the public tables of dbt's manifest, by schema and name."""
    manifest = json.loads(manifest_file.read_text("utf-8"))
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    tables = [
        Table(node["schema"], node["name"], _grain(node["description"]), node["config"]["meta"].get("questions", ""))
        for node in (*nodes, *manifest["sources"].values())
        if node["schema"] in PUBLIC_SCHEMAS
    ]
    return sorted(tables, key=lambda table: (PUBLIC_SCHEMAS.index(table.schema), table.name))


def _grain(description: str) -> str:
    sentence, _, _ = description.partition(". ")
    return sentence.rstrip(".").removeprefix(GRAIN)


def format_page(tables: Sequence[Table]) -> str:
    """Return the page in Markdown. Tables of `marts` have no schema, which is the default of the SQL tools."""
    lines = []
    for table in tables:
        name = table.name if table.schema == "marts" else f"{table.schema}.{table.name}"
        lines.append(f"| `{name}` | {table.grain} | {table.questions} |")
    return INTRODUCTION + "\n".join(lines) + "\n"


def read_current_tables(settings: Settings, progress: Progress) -> list[Table]:
    """Return the public tables of the project, after `dbt parse`."""
    with TemporaryDirectory(prefix="filmoteca-tables-") as folder:
        temporary = replace(settings, published_file=Path(folder) / settings.published_file.name)
        run_dbt(temporary, settings.sample_folder, progress, "parse")
        return read_tables(parse_cache(temporary) / "manifest.json")


def main(arguments: Sequence[str]) -> int:
    """Write the page and print its path; return the exit code."""
    argparse.ArgumentParser(prog="python -m tools.table_reference", description=__doc__).parse_args(arguments)
    progress = Progress()
    with progress.step("list of the tables"):
        tables = read_current_tables(Settings.from_environment(), progress)
    PAGE.write_text(format_page(tables), "utf-8")
    progress.print_line(f"wrote {PAGE}: {len(tables)} tables")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
