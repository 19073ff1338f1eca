"""A client that a public generator makes from the OpenAPI document can ask all there is, and gets typed answers."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.api.server import Server, run_server

PACKAGE = "filmoteca_client"


@pytest.fixture(scope="module")
def server(small_warehouse: Path) -> Iterator[Server]:
    with run_server(small_warehouse) as server:
        yield server


@pytest.fixture(scope="module")
def document(server: Server) -> dict[str, Any]:
    document: dict[str, Any] = httpx.get(f"{server.origin}/schema/openapi.json").json()
    return document


@pytest.fixture(scope="module")
def package(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The generated package, importable. Whatever the generator cannot read of the document fails it."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "config.yaml").write_text("post_hooks: []\n")  # formatting it would take longer than making it
    generated = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
            *("--url", f"{server.origin}/schema/openapi.json", "--meta", "none"),
            *("--config", str(folder / "config.yaml"), "--output-path", str(folder / PACKAGE)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert generated.returncode == 0, generated.stdout + generated.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def client(server: Server, package: ModuleType) -> Iterator[Any]:
    with package.Client(base_url=server.origin) as client:
        yield client


def operation(tag: str, name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.api.{tag}.{name}")


def test_every_operation_can_be_asked(document: dict[str, Any], client: Any) -> None:
    asked = 0
    for item in document["paths"].values():
        if "get" not in item:
            continue
        described = item["get"]
        arguments = {
            parameter["name"]: next(iter(parameter["examples"].values()))["value"]
            for parameter in described.get("parameters", [])
            if "examples" in parameter and parameter["schema"]["type"] != "object"
        }
        ask = operation(described["tags"][0].lower().replace(" ", "_"), described["operationId"]).sync_detailed
        answer = ask(client=client, **arguments)
        assert answer.status_code in {200, 404}
        assert type(answer.parsed).__module__.startswith((f"{PACKAGE}.models", "builtins")), described["operationId"]
        assert answer.parsed is not None
        asked += 1
    assert asked >= 16


def test_an_answer_is_typed(client: Any) -> None:
    film = operation("consigna", "score_titulo").sync(client=client, titulo="Titanic", anio=1953)
    assert (type(film).__name__, film.id, film.titulo) == ("ScoreTitulo", 3, "Titanic")
    ready = operation("system", "ready").sync(client=client)
    assert ready.built_at == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_problem_is_typed(client: Any) -> None:
    answer = operation("consigna", "score_titulo").sync_detailed(client=client, titulo="Titanik")
    assert (answer.status_code, type(answer.parsed).__name__) == (404, "NombreDesconocido")
    assert answer.parsed.sugerencias[0] == "Titanic"
