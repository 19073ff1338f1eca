"""Runs dbt as a person does on the command line."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from warehouse.settings import REPOSITORY_ROOT

PROJECT = REPOSITORY_ROOT / "dbt_project"


def run_dbt(
    *arguments: str, folder: Path = PROJECT, environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a dbt command in a folder, as a process of its own, and return what it printed."""
    return subprocess.run(
        [sys.executable, "-P", "-c", "from dbt.cli.main import cli; cli()", *arguments],
        cwd=folder,
        env={**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "NO_COLOR": "1", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
