"""Rules for all query files, relations and macros of the API."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
from api.consigna.questions import QUESTIONS
from api.db.queries import Queries
from api.db.query_files import API_FOLDER, load_query_files
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.lists.endpoint import ListEndpoint
from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT

QUERIES = sorted(API_FOLDER.rglob("queries/*.sql"))
RELATIONS = sorted(API_FOLDER.rglob("relations/*.sql"))
COLUMN_LISTS = sorted(API_FOLDER.rglob("columns/*.sql"))
MACROS = sorted(API_FOLDER.rglob("macros.sql"))
QUERY_FILES = load_query_files(API_FOLDER)
KEY_COLUMN = re.compile(
    r"(?:min\()?(?:\w+\.)?(?:\w*_?id|\w+_code|\w+_key|\w+_rank|release_\w+|list_position|source_name|table_name|column_index|reason)\b"
)
UNORDERED_QUERIES = ("get_", "resolve_", "ready", "movie_ratings", "person_returns_as_director")
"""Queries for one row, or whose rows are sorted later."""


def find_lists() -> dict[str, ListEndpoint]:
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(api.__path__, "api.")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, ListEndpoint)]
    return {endpoint.query: endpoint for endpoint in found}


LISTS = find_lists()


EXPECTED_COLUMNS = {
    name: {*endpoint.fields, *endpoint.sorts, *endpoint.sort_columns.values(), *endpoint.keys}
    for name, endpoint in LISTS.items()
    if name != "list_entities"  # its columns depend on the kind of entity
} | {
    # The other fields do not come from this query.
    question.name: {*question.answer.__struct_fields__} - {"mensaje", "peliculas", "recomendaciones"}
    for question in QUESTIONS
}
"""The columns of the lists and of the assignment's questions, by query."""


@pytest.fixture(scope="module")
def queries(small_warehouse: Path) -> Iterator[Queries]:
    queries = Queries(open_read_only(small_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS))
    yield queries
    queries.close()


def code(path: Path) -> str:
    return re.sub(r"--.*", "", path.read_text("utf-8"))


def columns(queries: Queries, name: str, text: str) -> list[str]:
    with queries.cursor(name, {}, lambda _: f"describe {text}") as cursor:
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("name", QUERY_FILES)
def test_query_has_the_same_columns_without_its_optional_conditions(queries: Queries, name: str) -> None:
    file = QUERY_FILES[name]
    text_without_conditions = file.without(frozenset(file.parameters))
    found = columns(queries, name, file.text)
    assert len(found) == len(set(found))
    assert columns(queries, name, text_without_conditions) == found
    assert set(found) == EXPECTED_COLUMNS.get(name, set(found))
    for text in (file.text, text_without_conditions):
        queries.run(name, {}, lambda _, text=text: text)  # type: ignore[misc]


@pytest.mark.parametrize("path", [*QUERIES, *RELATIONS, *MACROS], ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_sql_follows_the_rules(path: Path) -> None:
    text = code(path)
    assert not re.search(r"[{}]{2}|%s|\?", text), "only $named parameters"
    assert set(re.findall(r"\b(?:from|join)\s+(\w+)\.\w+", text)) <= {"marts", "quality", "recommender"}
    if path not in MACROS:
        assert not re.search(r"\b(insert|update|delete|create|drop|alter|copy|attach|install|load)\b", text)
    if path in QUERIES:
        assert not re.search(r"^select\s+\*|\w\.\*", text, re.MULTILINE), "columns are listed"
        for order in re.findall(r"order by (.*)", text) + re.findall(r"order by\n((?: +.*\n)+)", text):
            assert KEY_COLUMN.match(re.split(r",\s+", order.strip())[-1]), "the last column is a key"
        is_ordered = bool(re.search(r"^(order by|limit)\b", re.split(r"^select\b", text, flags=re.MULTILINE)[-1], re.M))
        if path.stem in {*LISTS, "list_entities"} - {"recommended_movies"}:  # which is also run without the endpoint
            assert not is_ordered, "the list endpoint adds order and limit"
        elif path.parent.parent.name != "consigna" and not path.stem.startswith(UNORDERED_QUERIES):
            assert is_ordered


def test_every_query_and_relation_is_used_and_described() -> None:
    used = "\n".join(path.read_text("utf-8") for path in API_FOLDER.rglob("*") if path.suffix in {".py", ".toml"})
    families = tuple(re.findall(r'f"(\w+_)\{', used))
    docs = [REPOSITORY_ROOT / "README.md", *(REPOSITORY_ROOT / "docs").glob("*.md")]
    documented = {
        name for path in docs for name in re.findall(r"^make query QUERY=(\w+)", path.read_text("utf-8"), re.M)
    }
    questions = {question.name for question in QUESTIONS}
    for path in (path for path in QUERIES if path.stem not in questions):
        assert f'"{path.stem}"' in used or path.stem.startswith(families) or path.stem in documented, path.stem
    for path in RELATIONS:
        assert any(f"{path.stem} as (" in file.text for file in QUERY_FILES.values()), path.stem
    for path in COLUMN_LISTS:
        assert any(re.search(rf"^ +{path.stem},?$", code(query), re.MULTILINE) for query in QUERIES), path.stem
    names = [path.stem for path in [*QUERIES, *RELATIONS, *COLUMN_LISTS]]
    assert len(names) == len(set(names)), "a name stands for one file"
    for file in QUERY_FILES.values():
        assert re.fullmatch(r"[A-Z¿«].*[.:]", file.description), file.name
