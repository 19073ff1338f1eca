"""Fields of problems in Spanish; `problems.yaml` has their sentences."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from api.consigna.lookups import LOOKUPS
from tests.api.client import Client, create_client, get_json, get_problem
from warehouse.settings import Settings


@pytest.mark.parametrize(
    ("path", "status", "field", "values"),
    [
        ("/score-titulo/Titanik", 404, "sugerencias", ["Titanic"]),
        ("/peliculas-idioma/Espanhol", 404, "sugerencias", ["Español"]),
        ("/score-titulo/qqqqqqqqqqqq", 404, "sugerencias", []),
        # Titanic is only the original title of film 11.
        (
            "/score-titulo/Titanic?id=11",
            404,
            "coincidencias",
            [{"id": 2, "titulo": "Titanic", "anio": 1997}, {"id": 3, "titulo": "Titanic", "anio": 1953}],
        ),
        ("/cantidad-filmaciones/0", 422, "valores_aceptados", [*LOOKUPS["mes"].accepted]),
        ("/cantidad-filmaciones-dia/8", 422, "valores_aceptados", [*LOOKUPS["dia"].accepted]),
        ("/score-titulo/Titanic?ano=1997", 422, "valores_aceptados", ["anio", "id"]),
        ("/score-titulo/Titanic?ano=1997", 422, "title", "Parámetro no válido"),
    ],
)
def test_problem_has_the_expected_field(client: Client, path: str, status: int, field: str, values: Any) -> None:
    assert get_problem(client, path, status)[field] == values


@pytest.mark.parametrize(("path", "kind"), [("/cantidad-filmaciones", "mes"), ("/cantidad-filmaciones-dia", "dia")])
def test_accepted_names_are_those_of_the_warehouse_in_order(client: Client, path: str, kind: str) -> None:
    names = LOOKUPS[kind].accepted
    assert [get_json(client, f"{path}/{number + 1}")[kind] for number in range(len(names))] == [*names]


@pytest.mark.parametrize(
    ("files", "answered", "refused"),
    [
        ("[{'source_name': 'movies', 'missing': ['budget']}]", "/score-titulo/Titanic", "/nombre_actor/Tom Hanks"),
        ("[{'source_name': 'movies', 'missing': ['revenue']}]", "/peliculas-pais/Argentina", "/retorno/Titanic"),
    ],
)
def test_question_without_its_raw_columns_returns_404_that_names_them(
    small_warehouse: Path, tmp_path: Path, files: str, answered: str, refused: str
) -> None:
    path = Path(shutil.copyfile(small_warehouse, tmp_path / "movies.duckdb"))
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update quality.build_info set source_files = [{'source_name': file.source_name, 'file_name': '', "
            f"'size_bytes': 1, 'sha256': '', 'missing_columns': file.missing}} for file in {files}]"
        )
    with create_client(Settings.from_environment({"FILMOTECA_WAREHOUSE": str(path)})) as client:
        get_json(client, answered)
        detail = get_problem(client, refused, 404)["detail"]
    column = "«budget»" if "budget" in files else "«revenue»"
    assert f"{column} de movies" in detail
    assert ("«cast» de credits" in detail) == ("actor" in refused)
