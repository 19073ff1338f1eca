"""dbt's unit tests, which a build leaves out: they test the models with rows of their own, and no raw file's."""

import json
from pathlib import Path

import yaml

from warehouse.processes import run_process
from warehouse.settings import Settings
from warehouse.transform import dbt_command, dbt_environment

UNIT_TESTS_AND_THEIR_MODELS = ("--select", "+test_type:unit", "--resource-type", "model", "unit_test", "--empty")


def test_the_unit_tests_pass(tmp_path: Path) -> None:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "movies.duckdb")})
    lines: list[str] = []
    result = run_process(
        dbt_command(settings, "build", *UNIT_TESTS_AND_THEIR_MODELS),
        cwd=settings.dbt_project,
        environment=dbt_environment(settings, settings.sample_folder),
        on_line=lines.append,
    )
    said = "\n".join(json.loads(line)["info"]["msg"] for line in lines)
    assert result.exit_code == 0, said
    for file in (settings.dbt_project / "models").rglob("*_unit_tests.yml"):
        for unit_test in yaml.safe_load(file.read_text("utf-8"))["unit_tests"]:
            assert f" PASS {unit_test['model']}::{unit_test['name']} " in said, said
