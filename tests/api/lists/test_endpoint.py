"""The generic list endpoint."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.db.queries import Queries, QueryTrace
from api.lists.page_params import PageParams
from api.v1.movies.schemas import MOVIES
from tests.api.client import Client
from tests.api.http.asgi import in_context
from tests.api.v1 import movie_filters
from warehouse.connection import open_read_only


@pytest.fixture(scope="module")
def queries(sample_warehouse: Path) -> Iterator[Queries]:
    queries = Queries(open_read_only(sample_warehouse))
    yield queries
    queries.close()


def test_rows_of_a_page_are_found_by_index(sample: Client, sample_warehouse: Path) -> None:
    _, query = sample.get("/v1/movies?sort=title&explain=sql").json()["queries"]
    with duckdb.connect(sample_warehouse, read_only=True) as connection:
        plan = connection.execute(f"explain analyze {query['sql']}", query["parameters"]).fetchall()
    assert "Index Scan" in plan[0][1]


def test_values_of_a_request_are_not_part_of_the_sql(queries: Queries) -> None:
    """Requests that differ only in their values have the same SQL."""
    traces: list[QueryTrace] = []

    def get_sql(parameters: dict[str, Any], params: PageParams) -> str:
        with in_context(query_traces=traces):
            MOVIES.fetch_page(queries, params, parameters)
        return traces[-1].sql

    @settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def compare(data: st.DataObject) -> None:
        words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
        ids = st.lists(st.integers(0, 2**31), min_size=1)
        sort = data.draw(movie_filters.SORTS)
        texts = {
            get_sql(
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


def test_page_links_keep_the_other_parameters(sample: Client) -> None:
    response = sample.get("/v1/movies?genre=Drama,Crime&sort=-release_date&limit=2&total=true")
    next_url = response.links["next"]["url"]
    assert next_url.startswith("/v1/movies?genre=Drama")
    assert "&sort=-release_date&limit=2&total=true&cursor=" in next_url
    assert sample.get(response.links["first"]["url"]).json() == response.json()
