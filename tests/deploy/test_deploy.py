"""The files for deployment (image, Compose, Render, systemd) match the project."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.api import small_warehouse
from tests.api.server import run_server
from warehouse.environment import SETTINGS
from warehouse.settings import REPOSITORY_ROOT

DEPLOY = REPOSITORY_ROOT / "deploy"
INSTRUCTIONS = re.sub(r"^#.*\n|\\\n", "", (DEPLOY / "Dockerfile").read_text("utf-8"), flags=re.M)
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
RENDER = yaml.safe_load((REPOSITORY_ROOT / "render.yaml").read_text("utf-8"))


def test_copied_paths_exist_and_are_not_ignored() -> None:
    allowed = re.findall(r"^!(.*)$", (REPOSITORY_ROOT / ".dockerignore").read_text("utf-8"), re.M)
    lines = re.findall(r"^COPY (?!--from)(.*)$", INSTRUCTIONS, re.M)
    for name in (name for line in lines for name in line.split()[:-1]):
        assert (REPOSITORY_ROOT / name).exists(), name
        assert any(Path(name).match(pattern) for pattern in allowed), name


def test_used_settings_exist() -> None:
    files = [*DEPLOY.iterdir(), REPOSITORY_ROOT / "render.yaml"]
    used = {name for path in files for name in re.findall(r"\bFILMOTECA_\w+", path.read_text("utf-8"))}
    assert used <= SETTINGS | {"FILMOTECA_PUBLISHED"}, "FILMOTECA_PUBLISHED is a variable of compose.yaml"


def test_compose_and_render_refer_to_existing_files_and_targets() -> None:
    api: dict[str, Any] = COMPOSE["services"]["api"]
    assert (DEPLOY / api["build"]["context"] / api["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    assert api["read_only"] is True
    assert all(port.startswith("127.0.0.1:") for service in COMPOSE["services"].values() for port in service["ports"])
    service = RENDER["services"][0]
    assert service["healthCheckPath"] == "/health/ready"
    targets = set(re.findall(r"^([a-z]+):.*##", (REPOSITORY_ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"make (\w+)", service["buildCommand"])) <= targets


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The image's folder as the Dockerfile fills it, read-only."""
    folder = tmp_path_factory.mktemp("image") / "filmoteca"
    folder.mkdir()
    last_stage = INSTRUCTIONS.rpartition("\nFROM ")[2]
    for line in re.findall(r"^COPY (?!--from)(.*)$", last_stage, re.M):
        *names, destination = line.split()
        if destination.endswith("/"):
            (folder / destination).mkdir(exist_ok=True)
        for name in names:
            source = REPOSITORY_ROOT / name
            if source.is_dir():
                shutil.copytree(
                    source, folder / destination, ignore=shutil.ignore_patterns("__pycache__", ".*", "*.duckdb", "raw")
                )
            else:
                shutil.copy(source, folder / destination)
    small_warehouse.make(folder.parent / "movies.duckdb")
    for path in [folder.parent, *folder.parent.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path in [folder.parent, *folder.parent.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)


def test_image_content_serves_from_a_read_only_folder(installed: Path) -> None:
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(installed)}
    with run_server(installed.parent / "movies.duckdb", folder=installed, environment=environment) as server:
        command = [sys.executable, "-m", "api.telemetry.healthcheck"]
        variables = {**os.environ, **environment, "PORT": str(server.port)}
        healthy = subprocess.run(command, cwd=installed, env=variables, capture_output=True, text=True, check=False)
        server.process.terminate()
        server.process.wait(10)
        dead = subprocess.run(command, cwd=installed, env=variables, capture_output=True, text=True, check=False)
    assert (healthy.returncode, json.loads(healthy.stdout)["refused"]) == (0, None)
    assert dead.returncode == 1
    assert dead.stderr.startswith("error: no response from port")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_unit_is_valid_and_hardened(tmp_path: Path) -> None:
    unit = tmp_path / "filmoteca.service"
    python = tmp_path / "python"  # the path of the project may contain spaces or quotes
    python.symlink_to(sys.executable)
    content = (DEPLOY / "filmoteca.service").read_text("utf-8")
    unit.write_text(content.replace("/opt/filmoteca/.venv/bin/python", str(python)), "utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    security = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit], capture_output=True, check=False
    )
    assert security.returncode == 0
