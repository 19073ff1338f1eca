"""Saved queries over HTTP and from the command line."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.db.query_files import API_FOLDER, load_query_files
from tests.api.client import Client, get_json, get_rows
from warehouse.settings import REPOSITORY_ROOT

QUERY_FILES = load_query_files(API_FOLDER)
VALUES = {
    "BIGINT": "1", "INTEGER": "1", "DOUBLE": "1.5", "DATE": "2001-04-25", "BOOLEAN": "true", "VARCHAR": "Titanic",
}  # fmt: skip
"""A valid value by parameter type."""


def test_list_contains_every_query(client: Client) -> None:
    listed = get_rows(client, "/v1/queries")
    assert [query["name"] for query in listed] == sorted(QUERY_FILES)
    for query in listed:
        file = QUERY_FILES[query["name"]]
        assert (query["description"], query["parameters"]) == (file.description, list(file.parameters))
        assert list(API_FOLDER.rglob(f"{query['domain']}/queries/{query['name']}.sql"))


@pytest.mark.parametrize("name", QUERY_FILES)
def test_every_query_accepts_its_documented_parameters(client: Client, name: str) -> None:
    types = get_types(client, name)
    assert list(types) == list(QUERY_FILES[name].parameters)
    assert not {"row_limit", "explain"} & types.keys(), "reserved names"
    given = {name: VALUES[type_.removesuffix("[]")] for name, type_ in types.items() if type_ != "ANY[]"}
    for parameters in ({}, given):
        body = get_json(client, f"/v1/queries/{name}/rows", **parameters)
        assert body["row_count"] == len(body["data"])
    header = client.get(f"/v1/queries/{name}/rows.csv", params=given).text.splitlines()[0]
    assert next(csv.reader([header])) == [column["name"] for column in body["columns"]]


def get_types(client: Client, name: str) -> dict[str, str]:
    return {one["name"]: one["type"] for one in get_json(client, f"/v1/queries/{name}")["parameters"]}


def test_parameter_types_are_inferred_from_comparisons(client: Client) -> None:
    expected = {
        "nombre": "VARCHAR",
        "anio": "INTEGER",
        "entity_keys": "ANY[]",
        "collection_keys": "BIGINT[]",
        "excluded_original_language_keys": "VARCHAR[]",
        "date_from": "DATE",
        "runtime_to": "DOUBLE",
        "has_votes": "BOOLEAN",
    }
    assert expected.items() <= (get_types(client, "list_movies") | get_types(client, "score_titulo")).items()


def test_query_rows_equal_the_operation(client: Client) -> None:
    (row,) = get_rows(client, "/v1/queries/score_titulo/rows?nombre=TITANIC&anio=1953")
    body = client.get("/score-titulo/Titanic?anio=1953").json()
    assert row == {key: body[key] for key in row}


def test_list_of_unknown_type_accepts_numbers_and_texts(client: Client) -> None:
    companies = [get_rows(client, f"/v1/queries/resolve_entity/rows?name={company}") for company in (1, 2)]
    first, second = (row["entity_key"] for found in companies for row in found if row["entity_kind"] == "company")
    path = f"/v1/queries/list_movies/rows?grouped_entity_keys={first},{second}&entity_groups=1,2"
    assert [row["movie_id"] for row in get_rows(client, path)] == [4]


@pytest.mark.parametrize(("limit", "is_truncated"), [(15, True), (16, False)])
def test_rows_beyond_the_limit_set_is_truncated(client: Client, limit: int, is_truncated: bool) -> None:
    body = get_json(client, "/v1/queries/list_movies/rows", row_limit=limit)
    assert (body["row_count"], body["is_truncated"]) == (limit, is_truncated)


def test_openapi_documents_own_parameters(client: Client) -> None:
    document = get_json(client, "/schema/openapi.json")
    operation = document["paths"]["/v1/queries/{name}/rows"]["get"]
    (own,) = [one for one in operation["parameters"] if one["name"] == "parameters"]
    assert (own["style"], own["explode"], own["schema"]["type"]) == ("form", True, "object")


def run(small_warehouse: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.v1.saved_queries", *arguments],
        cwd=REPOSITORY_ROOT,
        env={**os.environ, "FILMOTECA_WAREHOUSE": str(small_warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_prints_the_same_csv_as_http(client: Client, small_warehouse: Path) -> None:
    done = run(small_warehouse, "list_releases", "by=decade", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout == client.get("/v1/queries/list_releases/rows.csv?by=decade").text


def test_command_prints_a_table(small_warehouse: Path) -> None:
    done = run(small_warehouse, "score_titulo", "nombre=O Brother, Where Art Thou?")
    assert "O Brother, Where Art Thou?" in done.stdout, done.stderr
    assert "varchar" in done.stdout


def test_command_lists_and_describes_queries(small_warehouse: Path) -> None:
    listed = dict(line.split(maxsplit=1) for line in run(small_warehouse).stdout.splitlines())
    assert listed == {name: file.description for name, file in QUERY_FILES.items()}
    described = run(small_warehouse, "score_titulo", "--describe").stdout
    assert "from pelicula_elegida(" in described
    assert "$anio  INTEGER" in described


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["score_titul"], "score_titulo"),
        (["score_titulo", "nombre"], "name=value"),
        (["score_titulo", "ano=1"], "anio"),
        (["score_titulo", "anio=x"], "whole number"),
    ],
)
def test_command_with_invalid_arguments_says_why(small_warehouse: Path, arguments: list[str], said: str) -> None:
    done = run(small_warehouse, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert said in done.stderr
