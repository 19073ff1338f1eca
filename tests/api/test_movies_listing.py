"""/v1/movies and its facets under any filters, sort, limit and fields: held against an oracle that reads every film."""

import base64
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient
from pyarrow import ipc, parquet

from api.app import create_app
from api.db.queries import Queries
from api.db.query_traces import query_traces
from api.lists.endpoint import MAX_INDEX_LOOKUPS
from api.lists.page_params import MAX_LIMIT, PageParams
from api.v1.movies.filters import MovieFilters
from api.v1.movies.listing import MOVIES
from api.v1.movies.resolved_filters import resolve_filters
from tests.api import film_filters, film_oracle
from tests.api.film_oracle import Oracle, as_query
from warehouse.connection import open_read_only
from warehouse.settings import Settings

Client = TestClient[Litestar]


def trying(examples: int) -> settings:
    """So many cases, the same each time."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=slow)


@pytest.fixture(scope="module")
def oracle(sample_warehouse: Path) -> Oracle:
    return film_oracle.read(sample_warehouse)


@pytest.fixture(scope="module")
def sample(sample_warehouse: Path) -> Iterator[Client]:
    app = create_app(Settings.from_environment({"FILMOTECA_WAREHOUSE": str(sample_warehouse)}))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def queries(sample_warehouse: Path) -> Iterator[Queries]:
    queries = Queries(open_read_only(sample_warehouse))
    yield queries
    queries.close()


def ask(client: Client, path: str, **parameters: Any) -> dict[str, Any]:
    response = client.get(path, params=parameters)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def pages(client: Client, **parameters: Any) -> Iterator[dict[str, Any]]:
    """Every page: the first, then what each one's link leads to."""
    response = client.get("/v1/movies", params=parameters)
    while True:
        assert response.status_code == 200, response.text
        page: dict[str, Any] = response.json()
        yield page
        link = response.links.get("next")
        assert (link is None) is (page["next_cursor"] is None)
        if link is None:
            return
        response = client.get(link["url"])


def as_json(film: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    values = {name: film[name] for name in MOVIES.fields if name in fields}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def test_rows_of_a_page_are_looked_up_by_an_index(sample: Client, sample_warehouse: Path) -> None:
    _, looked_up = ask(sample, "/v1/movies", sort="title", explain="sql")["queries"]
    with duckdb.connect(sample_warehouse, read_only=True) as connection:
        found = connection.execute(f"explain analyze {looked_up['sql']}", looked_up["parameters"]).fetchall()
    assert "Index Scan" in found[0][1]


@pytest.mark.parametrize("beyond", [0, 1])
def test_pages_too_long_for_lookups_are_no_other(sample: Client, beyond: int) -> None:
    at_once = ask(sample, "/v1/movies", sort="-title", limit=MAX_INDEX_LOOKUPS + beyond)["data"]
    by_parts: list[Any] = []
    cursor: dict[str, str] = {}
    while len(by_parts) < len(at_once):
        page = ask(sample, "/v1/movies", sort="-title", limit=50, **cursor)
        by_parts, cursor = by_parts + page["data"], {"cursor": page["next_cursor"]}
    assert at_once == by_parts[: MAX_INDEX_LOOKUPS + beyond]


def test_all_pages_together_are_the_list(sample: Client, oracle: Oracle) -> None:
    @trying(100)
    @given(st.data())
    def walk(data: st.DataObject) -> None:
        filters = data.draw(film_filters.filters(oracle))
        sort, fields = data.draw(film_filters.SORTS), data.draw(film_filters.FIELDS)
        expected = oracle.listed(filters, sort)
        limit = min(MAX_LIMIT, max(1, len(expected) // data.draw(st.integers(1, 6), label="pages")))
        asked = {**as_query(filters), "sort": sort, "limit": str(limit), "total": "true"}
        asked |= {"fields": ",".join(fields)} if fields else {}
        found = list(pages(sample, **asked))
        assert all(page["total"] == len(expected) for page in found)
        assert all(len(page["data"]) == limit for page in found[:-1])
        rows = [row for page in found for row in page["data"]]
        shown = ["movie_id", *(fields or MOVIES.fields)]
        assert rows == [as_json(film, shown) for film in expected]

    walk()


def ids_in_file(body: bytes, format_: str) -> list[int]:
    if format_ == "csv":
        header, *lines = body.decode().splitlines()
        assert header == '"movie_id"'
        return [int(line) for line in lines]
    if format_ == "ndjson":
        return [msgspec.json.decode(line)["movie_id"] for line in body.splitlines()]
    source = pa.BufferReader(body)
    table = parquet.read_table(source) if format_ == "parquet" else ipc.open_stream(source).read_all()
    return [int(movie_id) for movie_id in table.to_pydict()["movie_id"]]


def test_every_format_has_the_same_films(sample: Client, oracle: Oracle) -> None:
    @trying(12)
    @given(st.data())
    def export(data: st.DataObject) -> None:
        filters, sort = data.draw(film_filters.filters(oracle)), data.draw(film_filters.SORTS)
        limit = data.draw(st.none() | st.integers(1, 60))
        expected = [film["movie_id"] for film in oracle.listed(filters, sort)][:limit]
        for format_ in ("csv", "ndjson", "parquet", "arrow"):
            asked: dict[str, Any] = {
                **as_query(filters),
                "sort": sort,
                "fields": "movie_id",
                **({"limit": limit} if limit else {}),
            }
            response = sample.get(f"/v1/movies.{format_}", params=asked)
            assert ids_in_file(response.content, format_) == expected

    export()


def test_facets_count_under_all_other_filters(sample: Client, oracle: Oracle) -> None:
    @trying(100)
    @given(st.data())
    def count(data: st.DataObject) -> None:
        filters, names = data.draw(film_filters.filters(oracle)), data.draw(film_filters.FACET_NAMES)
        limit = data.draw(st.sampled_from([1, 20, 200]))
        asked = {**as_query(filters), "facets": ",".join(names), "facet_limit": str(limit)}
        answer = ask(sample, "/v1/facets", **asked)["facets"]
        assert [facet["facet"] for facet in answer] == names
        for facet in answer:
            found = [(value["value"], value["movie_count"], value["is_selected"]) for value in facet["values"]]
            assert found == oracle.facet(facet["facet"], filters, limit), facet["facet"]
        beside = ask(sample, "/v1/movies", **as_query(filters), facets=",".join(names), limit="1")
        assert [len(facet["values"]) for facet in beside["facets"]] == [
            len(oracle.facet(name, filters, 20)) for name in names
        ]

    count()


def test_a_condition_left_out_means_the_same_as_one_that_is_null(queries: Queries, oracle: Oracle) -> None:
    def first_films(text: str) -> str:
        return f"select movie_id from (\n{text}) order by movie_id"

    @trying(8)
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        filters = data.draw(film_filters.filters(oracle))
        parameters = resolve_filters(queries, MovieFilters(**filters)).to_query_parameters()
        whole = queries.files["list_movies"].text
        pruned = queries.run("list_movies", parameters, first_films)
        assert queries.run("list_movies", parameters, lambda _: first_films(whole)) == pruned
        assert [row["movie_id"] for row in pruned] == sorted(film["movie_id"] for film in oracle.matching(filters))

    compare()


def test_of_a_request_nothing_reaches_the_text_of_a_query(queries: Queries, oracle: Oracle) -> None:
    """Two questions that differ only in their values are asked in the same words."""
    noted = query_traces.set([])

    def text_of(parameters: dict[str, Any], asked: PageParams) -> str:
        MOVIES.fetch_page(queries, asked, parameters)
        return (query_traces.get() or [])[-1].sql

    @trying(30)
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
        ids = st.lists(st.integers(0, 2**31), min_size=1)
        sort = data.draw(film_filters.SORTS)
        texts = {
            text_of(
                {
                    "q": data.draw(words),
                    "collection_keys": data.draw(ids),
                    "original_language_keys": data.draw(st.lists(words, min_size=1)),
                },
                PageParams(sort=sort, limit=data.draw(st.integers(1, 1000))),
            )
            for _ in range(2)
        }
        assert len(texts) == 1

    compare()
    query_traces.reset(noted)


def cursor_of(client: Client, **asked: str) -> str:
    cursor: str = ask(client, "/v1/movies", limit="1", **asked)["next_cursor"]
    return cursor


def forged(*place: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def question(cursor: str) -> str:
    return str(msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0])


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 10])
def test_a_cut_cursor_is_refused(sample: Client, cut: int) -> None:
    response = sample.get("/v1/movies", params={"cursor": cursor_of(sample)[:-cut]})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert "`cursor` does not belong to this list" in response.json()["detail"]


@pytest.mark.parametrize(
    "asked",
    [{"sort": "title"}, {"sort": "tmdb_vote_count"}, {"genre": "Drama"}, {"year_from": "1990"}, {"has": "budget"}],
    ids=str,
)
def test_a_cursor_is_good_for_one_question(sample: Client, asked: dict[str, str]) -> None:
    cursor = cursor_of(sample)
    assert sample.get("/v1/movies", params={"cursor": cursor, **asked}).status_code == 422
    assert sample.get("/v1/movies", params={"cursor": cursor_of(sample, **asked)}).status_code == 422
    assert ask(sample, "/v1/movies", cursor=cursor, fields="title", total="true", limit="3")["total"] > 3


@pytest.mark.parametrize(
    "place",
    [
        ("x", [1]),
        (1, ["x"]),
        (None, [None]),
        ([], {}),
        (2**64 - 1, [1]),
        (1, [2**64 - 1]),
        (-(2**63), [-(2**31)]),
        (1.5, [1]),
        (1e308, [1]),
        (True, [True]),
        (1, [1, 1]),
    ],
    ids=str,
)
@pytest.mark.parametrize("sort", ["title", "-tmdb_vote_count", "release_date", "movie_id", "runtime_minutes"])
def test_a_forged_place_is_a_place_or_refused(sample: Client, place: tuple[Any, Any], sort: str) -> None:
    cursor = forged(question(cursor_of(sample, sort=sort)), *place)
    for suffix in ("", ".csv"):
        response = sample.get(f"/v1/movies{suffix}", params={"cursor": cursor, "sort": sort})
        assert response.status_code in {200, 422}


@pytest.mark.parametrize("place", ["[{number},[1]]", "[1,[{number}]]", "[[{number}],[1]]"])
@pytest.mark.parametrize(
    "number", ["9" * 60, "-" + "9" * 60, "1e400", "[" * 700], ids=["huge", "negative", "inf", "deep"]
)
def test_a_forged_number_is_refused(sample: Client, place: str, number: str) -> None:
    cursor = cursor_of(sample)
    forgery = f'["{question(cursor)}",{place.format(number=number)[1:]}'
    cursor = base64.urlsafe_b64encode(forgery.encode()).decode().rstrip("=")
    assert sample.get("/v1/movies", params={"cursor": cursor}).status_code == 422


def test_whatever_is_no_cursor_is_refused(sample: Client) -> None:
    @trying(100)
    @given(st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()) | st.text("aA_-=%+/ é"))
    def refuse(cursor: str) -> None:
        assert sample.get("/v1/movies", params={"cursor": cursor}).status_code == 422

    refuse()
    assert sample.get("/v1/movies", params={"cursor": "W" * 2001}).status_code == 422
    assert sample.get("/v1/movies", params={"cursor": forged(*[[]] * 500)}).status_code == 422


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many", "9" * 30, ""])
def test_a_limit_out_of_bounds_is_refused(sample: Client, limit: str) -> None:
    for path in ("/v1/movies", "/v1/movies.csv"):
        response = sample.get(path, params={"limit": limit})
        assert (response.status_code, response.json()["status"]) == (422, 422)


def test_links_keep_the_question(sample: Client) -> None:
    response = sample.get("/v1/movies?genre=Drama,Crime&sort=-release_date&limit=2&total=true")
    following = response.links["next"]["url"]
    assert (
        following.startswith("/v1/movies?genre=Drama") and "&sort=-release_date&limit=2&total=true&cursor=" in following
    )
    assert sample.get(response.links["first"]["url"]).json() == response.json()


def test_what_a_film_should_have_and_lack_is_refused(sample: Client) -> None:
    response = sample.get("/v1/movies?has=votes,budget&has_not=tagline,budget")
    assert response.status_code == 422
    assert "both contain budget" in response.json()["detail"]


def test_an_unknown_name_is_suggested(sample: Client) -> None:
    response = sample.get("/v1/movies", params={"genre": "Crime,Darma"})
    problem = response.json()
    assert response.status_code == 422
    assert problem["suggestions"][0] == "Drama"
    assert "`genre` must contain names or ids of genres; got 'Darma'." in problem["detail"]


def test_the_cursor_of_a_page_leads_a_file_on(sample: Client, oracle: Oracle) -> None:
    cursor = ask(sample, "/v1/movies", limit="100", sort="title")["next_cursor"]
    body = sample.get("/v1/movies.csv", params={"cursor": cursor, "sort": "title", "fields": "movie_id"}).content
    assert ids_in_file(body, "csv") == [film["movie_id"] for film in oracle.listed({}, "title")][100:]


def test_the_oracle_and_duckdb_read_the_same_films(oracle: Oracle, sample_warehouse: Path) -> None:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        counted = connection.execute("select count(*) from marts.dim_movies").fetchone()
    assert counted == (len(oracle.films),)
    assert len(oracle.films) > 300
