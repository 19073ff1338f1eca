from pathlib import Path

import duckdb
import pytest

from tests.api.client import Client


def test_rows_of_a_page_are_found_by_index(sample: Client, sample_warehouse: Path) -> None:
    _, query = sample.get("/v1/movies?sort=title&explain=sql").json()["queries"]
    with duckdb.connect(sample_warehouse, read_only=True) as connection:
        plan = connection.execute(f"explain analyze {query['sql']}", query["parameters"]).fetchall()
    assert "Index Scan" in plan[0][1]


@pytest.mark.parametrize("sort", ["title", "-release_date", "movie_id"])
def test_values_of_a_request_are_not_part_of_the_sql(sample: Client, sort: str) -> None:
    def get_sql(**values: str) -> list[str]:
        queries = sample.get("/v1/movies", params={"sort": sort, "explain": "sql", **values}).json()["queries"]
        return [query["sql"] for query in queries if "$key_0" not in query["sql"]]  # its length depends on the rows

    assert get_sql(q="the", genre="Drama", limit="7") == get_sql(q="') or 1 = 1 --", genre="Comedy", limit="8")


def test_page_links_keep_the_other_parameters(sample: Client) -> None:
    response = sample.get("/v1/movies?genre=Drama,Crime&sort=-release_date&limit=2&total=true")
    next_url = response.links["next"]["url"]
    assert next_url.startswith("/v1/movies?genre=Drama")
    assert "&sort=-release_date&limit=2&total=true&cursor=" in next_url
    assert sample.get(response.links["first"]["url"]).json() == response.json()
