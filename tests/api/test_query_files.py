"""Rules for all query files of the API."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec
import pytest

import api
from api.consigna.questions import QUESTIONS
from api.consigna.schemas.common import Homonimo, Pelicula
from api.consigna.schemas.people import PeliculaDirigida
from api.db.queries import Queries
from api.db.query_files import API_FOLDER, load_query_files
from api.db.snapshots import MEMORY_LIMIT, THREADS
from api.lists.endpoint import ListEndpoint
from api.telemetry.health import Ready
from api.v1.entities.listing import ENTITY_LISTS
from api.v1.movies import schemas as movies
from api.v1.people import schemas as people
from api.v1.quality import schemas as quality
from api.v1.recommendations import schemas as recommendations
from api.v1.search import schemas as search
from api.v1.tables import schemas as contents
from recommender.taste import Contribution, ScoredMovie
from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT

QUERIES = sorted(API_FOLDER.rglob("queries/*.sql"))
RELATIONS = sorted(API_FOLDER.rglob("relations/*.sql"))
MACROS = sorted(API_FOLDER.rglob("macros.sql"))
QUERY_FILES = load_query_files(API_FOLDER)
RESULT_STRUCTS: dict[str, type[msgspec.Struct]] = {
    **{question.name: question.answer for question in QUESTIONS},
    "dirigidas": PeliculaDirigida,
    "coincidencias": Pelicula,
    "homonimos": Homonimo,
    "get_movie": movies.Movie,
    "movie_cast": movies.CastCredit,
    "movie_crew": movies.CrewCredit,
    "movie_links": movies.Link,
    "movie_ratings": movies.Ratings,
    "get_person": people.Person,
    "person_acted": people.ActedMovie,
    "person_directed": people.DirectedMovie,
    "person_crew": people.CrewMovie,
    "person_returns_as_actor": people.ActorReturns,
    "person_returns_as_director": people.Returns,
    "get_quality": quality.SourceAccount,
    "get_build": contents.BuildInfo,
    "get_table": contents.TableDetail,
    "ready": Ready,
}
ENTITY_COLUMNS = {"entity_kind", "entity_key", "entity_id", "entity_code", "entity_name"}
OTHER_COLUMNS = {
    "sugerir_": {"nombre"},
    "get_entity": ENTITY_COLUMNS
    | {"movie_count", "spoken_movie_count", "known_revenue_movie_count", "total_revenue_usd"},
    "resolve_entity": ENTITY_COLUMNS,
    "movie_entities": ENTITY_COLUMNS - {"entity_key"},
    "resolve_person": {"person_id", "person_name"},
    "suggest_": {"name"},
    "facet_": {field.name for field in msgspec.structs.fields(movies.FacetValue)} - {"is_selected"},
    "get_movie_percentiles": {"budget_usd", "revenue_usd", "return_ratio", "runtime_minutes"}
    | {"tmdb_vote_count", "tmdb_vote_mean", "tmdb_popularity"},
    "matching_movie_ids": {"movie_id"},
    "get_similarity": {field.name for field in msgspec.structs.fields(recommendations.Similarity)} - {"reasons"},
    "shared_terms": {field.name for field in dataclasses.fields(Contribution)},
    "similar_movies": {field.name for field in dataclasses.fields(ScoredMovie)} | {"title", "release_year"},
    "search_typed": {"word", "compact_key"},
    "search_similar": {"typed", "search_word_id", "edit_count"},
    "search_vocabulary": {"word", "name_count"},
    "search_postings": {"search_name_id"},
    "search_names": {"kind", "compact_key", "byte_count", "distinct_word_count", "popularity_share"}
    | {"first_search_name_id"},
    "search": {field.name for field in msgspec.structs.fields(search.Hit)} - {"score", "matched"}
    | {"search_name_id", "matched_field", "matched_name"},
}
"""The columns of the other queries, by the start of their names."""

COMPUTED_FIELDS = {"mensaje", "peliculas", "recomendaciones", "refused"}
"""Fields of responses that are not columns of the query."""


def find_lists() -> dict[str, ListEndpoint]:
    """Return every list endpoint of the API, by query."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(api.__path__, "api.")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, ListEndpoint)]
    return {endpoint.query: endpoint for endpoint in found}


LISTS = find_lists()


def fields(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)}


def entity_list_columns() -> set[str]:
    """Return the columns of the lists of all kinds of entities."""
    columns: set[str] = set()
    for listing in ENTITY_LISTS.values():
        names = {public: own for own, public in listing.renamed_columns.items()}
        columns |= {names.get(name, name) for name in (*listing.fields, *listing.sort_columns.values())}
    return columns


def expected_columns(name: str) -> set[str]:
    """Return the columns that a query should have."""
    if name == "list_entities":
        return entity_list_columns()
    if endpoint := LISTS.get(name):
        return {*endpoint.fields, *endpoint.sorts, *endpoint.sort_columns.values(), *endpoint.keys}
    if struct := RESULT_STRUCTS.get(name):
        return fields(struct) - COMPUTED_FIELDS
    return next(columns for start, columns in OTHER_COLUMNS.items() if name.startswith(start))


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
def test_query_columns_are_the_fields_of_the_response(queries: Queries, name: str) -> None:
    whole = QUERY_FILES[name].text
    pruned = QUERY_FILES[name].without(frozenset(QUERY_FILES[name].parameters))
    found = columns(queries, name, whole)
    assert set(found) == expected_columns(name)
    assert len(found) == len(set(found))
    assert columns(queries, name, pruned) == found


@pytest.mark.parametrize("name", QUERY_FILES)
def test_query_runs_with_null_parameters(queries: Queries, name: str) -> None:
    file = QUERY_FILES[name]
    for text in (file.text, file.without(frozenset(file.parameters))):
        with queries.cursor(name, {}, lambda _, text=text: text) as cursor:  # type: ignore[misc]
            cursor.fetchall()


@pytest.mark.parametrize("path", [*QUERIES, *RELATIONS, *MACROS], ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_sql_uses_named_parameters_and_public_tables(path: Path) -> None:
    text = code(path)
    assert not re.search(r"[{}]{2}|%s|\?", text), "only $named parameters"
    schemas = set(re.findall(r"\b(?:from|join)\s+(\w+)\.\w+", text))
    assert schemas <= {"marts", "quality", "recommender"}
    if path not in MACROS:
        assert not re.search(r"\b(insert|update|delete|create|drop|alter|copy|attach|install|load)\b", text)
    if path in QUERIES:
        assert not re.search(r"^select\s+\*|\w\.\*", text, re.MULTILINE), "columns are listed"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_order_by_ends_in_a_key(path: Path) -> None:
    key = re.compile(
        r"(?:min\()?(?:\w+\.)?(?:\w*_?id|\w+_code|\w+_key|\w+_rank|release_\w+|list_position|source_name|table_name|column_index|reason)\b"
    )
    orders = re.findall(r"order by (.*)", code(path)) + re.findall(r"order by\n((?: +.*\n)+)", code(path))
    for order in orders:
        assert key.match(re.split(r",\s+", order.strip())[-1]), order


def test_queries_of_several_rows_are_ordered() -> None:
    one_row = {"ready", "movie_ratings", "person_returns_as_director"}
    sorted_later = ("resolve_",)
    for path in QUERIES:
        last = re.split(r"^select\b", code(path), flags=re.MULTILINE)[-1]
        is_ordered = bool(re.search(r"^(order by|limit)\b", last, re.MULTILINE))
        if path.stem in {*LISTS, "list_entities"}:
            assert not is_ordered, "the list endpoint adds order and limit"
        elif path.parent.parent.name != "consigna" and not path.stem.startswith(("get_", *one_row, *sorted_later)):
            assert is_ordered, path.stem


def test_every_query_and_relation_is_used() -> None:
    python = "\n".join(path.read_text("utf-8") for path in API_FOLDER.rglob("*.py"))
    families = tuple(re.findall(r'f"(\w+_)\{', python))
    docs = [REPOSITORY_ROOT / "README.md", *(REPOSITORY_ROOT / "docs").glob("*.md")]
    documented = {
        name for path in docs for name in re.findall(r"^make query QUERY=(\w+)", path.read_text("utf-8"), re.M)
    }
    questions = {question.name for question in QUESTIONS}
    for path in QUERIES:
        if path.stem in questions:
            continue
        assert f'"{path.stem}"' in python or path.stem.startswith(families) or path.stem in documented, path.stem
    for path in RELATIONS:
        assert any(f"{path.stem} as (" in file.text for file in QUERY_FILES.values()), path.stem
    assert len({path.stem for path in [*QUERIES, *RELATIONS]}) == len(QUERIES) + len(RELATIONS)
    assert len(QUERY_FILES) == len(QUERIES)


def test_optional_conditions_are_removed_completely() -> None:
    file = QUERY_FILES["list_movies"]
    assert file.without(frozenset()) == file.text
    optional = set(re.findall(r"^ +and \(\$(\w+) is null or", file.text, re.MULTILINE))
    for name in optional:
        text = file.without(frozenset(optional - {name}))
        assert set(re.findall(r"\$(\w+)", text)) <= {
            name,
            name.replace("_keys", "_groups"),
            f"grouped_{name}".replace("_groups", "_keys"),
        }
        assert text.count("(") == text.count(")")
        assert duckdb.extract_statements(text)
    assert "$" not in file.without(frozenset(optional))


def test_every_query_has_a_description() -> None:
    for file in QUERY_FILES.values():
        assert re.fullmatch(r"[A-Z¿«].*[.:]", file.description), file.name
