"""docs/operations.md lists every setting with its default in the code."""

import dataclasses
import re
from pathlib import Path

import pytest

from api.settings import ApiSettings
from warehouse import settings as warehouse_settings
from warehouse.environment import RENAMED_SETTINGS, SETTINGS
from warehouse.settings import REPOSITORY_ROOT, Settings

GUIDE = (REPOSITORY_ROOT / "docs/operations.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `(FILMOTECA_\w+)` \| ([^|]+?) \|", GUIDE, re.M))
DOCSTRINGS = re.findall(
    r'^    (\w+): .*\n    """(FILMOTECA_\w+):', Path(warehouse_settings.__file__).read_text("utf-8"), re.M
)
DEFAULTS = {setting.metadata["name"]: setting.default for setting in dataclasses.fields(ApiSettings)} | {
    name: getattr(Settings.from_environment({}), field) for field, name in DOCSTRINGS
}


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


@pytest.mark.parametrize("name", DEFAULTS)
def test_documented_default_matches_the_code(name: str) -> None:
    shown, value = ROWS[name].strip("`"), DEFAULTS[name]
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
