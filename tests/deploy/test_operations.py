"""docs/operations.md lists every setting with its default in the code."""

import ast
import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from api.settings import ApiSettings
from warehouse import settings as warehouse_settings
from warehouse.environment import RENAMED_SETTINGS, SETTINGS
from warehouse.settings import REPOSITORY_ROOT, Settings

GUIDE = (REPOSITORY_ROOT / "docs/operations.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(FILMOTECA_\w+)` \| ([^|]+?) \|", GUIDE, re.M))
DEFAULTS = {
    warehouse_settings: Settings.from_environment({}),
}
"""The settings of an empty environment, by the module that declares them."""


def documented_fields() -> list[tuple[str, Any]]:
    """Return the settings that the docstrings of fields begin with, and their default values."""
    found = [(setting.metadata["name"], setting.default) for setting in dataclasses.fields(ApiSettings)]
    for module, defaults in DEFAULTS.items():
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        for owner in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            for field, docstring in zip(owner.body, owner.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(docstring, ast.Expr)
                    and isinstance(field.target, ast.Name)
                ):
                    text = str(ast.literal_eval(docstring.value))
                    if name := re.match(r"FILMOTECA_\w+", text) or re.search(r"FILMOTECA_\w+(?=; else)", text):
                        found.append((name[0], getattr(defaults, field.target.id)))
    return found


def test_every_setting_is_documented() -> None:
    assert set(ROWS) == SETTINGS
    used = {
        name
        for room in ("api", "warehouse", "recommender", "eda", "dbt_project")
        for path in (REPOSITORY_ROOT / room).rglob("*")
        if path.suffix in {".py", ".yml", ".sql"} and "target" not in path.parts
        for name in re.findall(r"\bFILMOTECA_[A-Z_]*[A-Z]\b", path.read_text("utf-8"))
    }
    assert used <= SETTINGS | set(RENAMED_SETTINGS.values())


@pytest.mark.parametrize(("name", "value"), documented_fields(), ids=[name for name, _ in documented_fields()])
def test_documented_default_matches_the_code(name: str, value: Any) -> None:
    shown = ROWS[name].strip("`")
    match value:
        case bool():
            assert shown.startswith("on" if value else "off")
        case None | ():
            assert shown == "none"
        case "off" if name == "FILMOTECA_SQL":
            assert shown.endswith("else `off")
        case Path():
            assert value == REPOSITORY_ROOT / shown
        case _:
            assert shown.replace(",", "") == str(value)


def test_most_settings_have_a_documented_field() -> None:
    assert len(documented_fields()) >= 20
