"""/v1/movies and its facets, compared with a plain Python implementation of filters, sorting and counting."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.lists.page_params import MAX_LIMIT
from api.v1.movies.schemas import MOVIES
from tests.api.client import Client, get_json
from tests.api.v1 import movie_filters, movie_oracle
from tests.api.v1.movie_oracle import Oracle, as_query


def run_examples(examples: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=slow)


@pytest.fixture(scope="module")
def oracle(sample_warehouse: Path) -> Oracle:
    return movie_oracle.read(sample_warehouse)


def fetch_pages(client: Client, **parameters: Any) -> Iterator[dict[str, Any]]:
    """Yield the first page and the pages that the links lead to."""
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


def test_pages_together_are_the_whole_list(sample: Client, oracle: Oracle) -> None:
    @run_examples(100)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        filters = data.draw(movie_filters.filters(oracle))
        sort, fields = data.draw(movie_filters.SORTS), data.draw(movie_filters.FIELDS)
        expected = oracle.listed(filters, sort)
        limit = min(MAX_LIMIT, max(1, len(expected) // data.draw(st.integers(1, 6), label="pages")))
        query = {**as_query(filters), "sort": sort, "limit": str(limit), "total": "true"}
        query |= {"fields": ",".join(fields)} if fields else {}
        found_pages = list(fetch_pages(sample, **query))
        assert all(page["total"] == len(expected) for page in found_pages)
        assert all(len(page["data"]) == limit for page in found_pages[:-1])
        rows = [row for page in found_pages for row in page["data"]]
        shown = ["movie_id", *(fields or MOVIES.fields)]
        assert rows == [as_json(film, shown) for film in expected]

    check()


def test_facets_ignore_their_own_filter(sample: Client, oracle: Oracle) -> None:
    @run_examples(100)
    @given(st.data())
    def count(data: st.DataObject) -> None:
        filters, names = data.draw(movie_filters.filters(oracle)), data.draw(movie_filters.FACET_NAMES)
        limit = data.draw(st.sampled_from([1, 20, 200]))
        query = {**as_query(filters), "facets": ",".join(names), "facet_limit": str(limit)}
        facets = get_json(sample, "/v1/facets", **query)["facets"]
        assert [facet["facet"] for facet in facets] == names
        for facet in facets:
            found = [(value["value"], value["movie_count"], value["is_selected"]) for value in facet["values"]]
            assert found == oracle.facet(facet["facet"], filters, limit), facet["facet"]
        page = get_json(sample, "/v1/movies", **as_query(filters), facets=",".join(names), limit="1")
        assert [len(facet["values"]) for facet in page["facets"]] == [
            len(oracle.facet(name, filters, 20)) for name in names
        ]

    count()


def test_export_starts_at_the_cursor_of_a_page(sample: Client, oracle: Oracle) -> None:
    cursor = get_json(sample, "/v1/movies", limit="100", sort="title")["next_cursor"]
    query = {"cursor": cursor, "sort": "title", "fields": "movie_id", "limit": 60}
    header, *lines = sample.get("/v1/movies.csv", params=query).text.splitlines()
    assert header == '"movie_id"'
    assert lines == [str(film["movie_id"]) for film in oracle.listed({}, "title")][100:160]
