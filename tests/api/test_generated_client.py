"""A client package generated from the OpenAPI document: every operation can be called and returns typed models."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from tests.api.operations import Operation
from tests.api.server import Server

PACKAGE = "filmoteca_client"


@pytest.fixture(scope="module")
def package(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The generated package. A part of the document that the generator does not support is an error."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "config.yaml").write_text("post_hooks: []\n")  # formatting takes longer than generating
    command = [
        *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
        *("--url", f"{server.origin}/schema/openapi.json", "--meta", "none"),
        *("--config", str(folder / "config.yaml"), "--output-path", str(folder / PACKAGE)),
    ]
    generated = subprocess.run(command, capture_output=True, text=True, check=False)
    assert generated.returncode == 0, generated.stdout + generated.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def generated_client(server: Server, package: ModuleType) -> Iterator[Any]:
    with package.Client(base_url=server.origin) as client:
        yield client


def get_function(tag: str, name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.api.{tag}.{name}")


def test_every_operation_returns_a_model(operations: list[Operation], generated_client: Any) -> None:
    for operation in operations:
        if operation.method != "GET":
            continue
        tag = operation.docs["tags"][0].lower().replace(" ", "_")
        call = get_function(tag, operation.docs["operationId"]).sync_detailed
        response = call(client=generated_client, **operation.examples)
        assert response.status_code in {200, 404}
        assert type(response.parsed).__module__.startswith((f"{PACKAGE}.models", "builtins")), operation.path
        assert response.parsed is not None


def test_responses_and_problems_are_typed(generated_client: Any) -> None:
    score_titulo = get_function("consigna", "score_titulo")
    film = score_titulo.sync(client=generated_client, titulo="Titanic", anio=1953)
    assert (type(film).__name__, film.id, film.titulo) == ("ScoreTitulo", 3, "Titanic")
    problem = score_titulo.sync(client=generated_client, titulo="Titanik")
    assert (type(problem).__name__, problem.sugerencias[0]) == ("NombreDesconocido", "Titanic")
    ready = get_function("system", "ready").sync(client=generated_client)
    assert ready.built_at == datetime(2026, 1, 31, 12, tzinfo=UTC)
