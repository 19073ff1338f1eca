"""The laws of the API's SQL, held against every file of it."""

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
from api.v1.entities.kinds import KINDS
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
STATEMENTS = load_query_files(API_FOLDER)
ANSWERS: dict[str, type[msgspec.Struct]] = {
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
ALIKE = {
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
"""The columns of queries that are no struct's or are many of a kind, by the beginning of their names."""

# Fields that no column of the answer's own query holds: the sentence, what a second query lists, the watcher's word.
OTHERWISE_MADE = {"mensaje", "peliculas", "recomendaciones", "refused"}


def listings() -> dict[str, ListEndpoint]:
    """Every listing of the service, by its query."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(api.__path__, "api.")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, ListEndpoint)]
    return {listing.query: listing for listing in found}


LISTINGS = listings()


def fields(struct: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(struct)}


def entity_list_columns() -> set[str]:
    """The columns of all kinds, by the names that the query gives them."""
    columns: set[str] = set()
    for kind in KINDS:
        listing = kind.listing
        names = {public: own for own, public in listing.renamed_columns.items()}
        columns |= {names.get(name, name) for name in (*listing.fields, *listing.sort_columns.values())}
    return columns


def columns_meant(name: str) -> set[str]:
    """The columns that a query should have."""
    if name == "list_entities":
        return entity_list_columns()
    if listing := LISTINGS.get(name):
        return {*listing.fields, *listing.sorts, *listing.sort_columns.values(), *listing.keys}
    if answer := ANSWERS.get(name):
        return fields(answer) - OTHERWISE_MADE
    return next(columns for beginning, columns in ALIKE.items() if name.startswith(beginning))


@pytest.fixture
def connection(small_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # As the service opens it.
    with open_read_only(small_warehouse, memory_limit=MEMORY_LIMIT, threads=THREADS) as connection:
        yield connection


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


@pytest.mark.parametrize("name", STATEMENTS)
def test_columns_are_the_fields_of_the_answer(queries: Queries, name: str) -> None:
    whole = STATEMENTS[name].text
    pruned = STATEMENTS[name].without(frozenset(STATEMENTS[name].parameters))
    found = columns(queries, name, whole)
    assert set(found) == columns_meant(name)
    assert len(found) == len(set(found))
    assert columns(queries, name, pruned) == found


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_query_binds_without_a_value(queries: Queries, name: str) -> None:
    statement = STATEMENTS[name]
    for text in (statement.text, statement.without(frozenset(statement.parameters))):
        with queries.cursor(name, {}, lambda _, text=text: text) as cursor:  # type: ignore[misc]
            cursor.fetchall()


@pytest.mark.parametrize("path", [*QUERIES, *RELATIONS, *MACROS], ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_queries_bind_parameters_and_read_public_tables(path: Path) -> None:
    text = code(path)
    assert not re.search(r"[{}]{2}|%s|\?", text), "only $named parameters"
    schemas = set(re.findall(r"\b(?:from|join)\s+(\w+)\.\w+", text))
    assert schemas <= {"marts", "quality", "recommender"}
    if path not in MACROS:
        assert not re.search(r"\b(insert|update|delete|create|drop|alter|copy|attach|install|load)\b", text)
    if path in QUERIES:
        assert not re.search(r"^select\s+\*|\w\.\*", text, re.MULTILINE), "columns are listed"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_order_ends_in_a_key(path: Path) -> None:
    key = re.compile(
        r"(?:min\()?(?:\w+\.)?(?:\w*_?id|\w+_code|\w+_key|\w+_rank|release_\w+|list_position|source_name|table_name|column_index|reason)\b"
    )
    orders = re.findall(r"order by (.*)", code(path)) + re.findall(r"order by\n((?: +.*\n)+)", code(path))
    for order in orders:
        assert key.match(re.split(r",\s+", order.strip())[-1]), order


def test_what_is_asked_for_a_list_has_an_order_of_its_own() -> None:
    one_row = {"ready", "movie_ratings", "person_returns_as_director"}
    sorted_later = ("resolve_",)
    for path in QUERIES:
        last = re.split(r"^select\b", code(path), flags=re.MULTILINE)[-1]
        is_ordered = bool(re.search(r"^(order by|limit)\b", last, re.MULTILINE))
        if path.stem in {*LISTINGS, "list_entities"}:
            assert not is_ordered, "the listing adds order and limit"
        elif path.parent.parent.name != "consigna" and not path.stem.startswith(("get_", *one_row, *sorted_later)):
            assert is_ordered, path.stem


def test_every_query_and_relation_has_a_user() -> None:
    python = "\n".join(path.read_text("utf-8") for path in API_FOLDER.rglob("*.py"))
    families = tuple(re.findall(r'f"(\w+_)\{', python))
    shown = [REPOSITORY_ROOT / "README.md", *(REPOSITORY_ROOT / "docs").glob("*.md")]
    by_hand = {name for path in shown for name in re.findall(r"^make query QUERY=(\w+)", path.read_text("utf-8"), re.M)}
    questions = {question.name for question in QUESTIONS}
    for path in QUERIES:
        if path.stem in questions:
            continue
        assert f'"{path.stem}"' in python or path.stem.startswith(families) or path.stem in by_hand, path.stem
    for path in RELATIONS:
        assert any(f"{path.stem} as (" in statement.text for statement in STATEMENTS.values()), path.stem
    assert len({path.stem for path in [*QUERIES, *RELATIONS]}) == len(QUERIES) + len(RELATIONS)
    assert len(STATEMENTS) == len(QUERIES)


def test_a_condition_is_left_out_whole_or_not_at_all() -> None:
    statement = STATEMENTS["list_movies"]
    assert statement.without(frozenset()) == statement.text
    optional = set(re.findall(r"^ +and \(\$(\w+) is null or", statement.text, re.MULTILINE))
    for name in optional:
        kept = statement.without(frozenset(optional - {name}))
        assert set(re.findall(r"\$(\w+)", kept)) <= {
            name,
            name.replace("_keys", "_groups"),
            f"grouped_{name}".replace("_groups", "_keys"),
        }
        assert kept.count("(") == kept.count(")")
        assert duckdb.extract_statements(kept)
    assert "$" not in statement.without(frozenset(optional))


def test_every_query_says_what_it_answers() -> None:
    for statement in STATEMENTS.values():
        assert re.fullmatch(r"[A-Z¿«].*[.:]", statement.description), statement.name


def test_a_failed_query_leaves_the_door_open(connection: duckdb.DuckDBPyConnection) -> None:
    queries = Queries(connection)
    with pytest.raises(duckdb.Error, match="on purpose"):
        queries.run("ready", {}, lambda text: f"select error('on purpose') from ({text})")
    assert queries.first("ready") == {"build_id": "build-1", "built_at": "2026-01-31T12:00:00Z"}


def test_answers_of_all_threads_are_the_same(connection: duckdb.DuckDBPyConnection) -> None:
    queries = Queries(connection)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(queries.first, "peliculas_pais", nombre="congo") for _ in range(64)]
    assert {str(future.result()) for future in asked} == {"{'pais': 'Congo', 'cantidad': 3}"}
