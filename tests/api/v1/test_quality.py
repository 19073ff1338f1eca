"""Row accounting, and pages with keys of several columns."""

from pathlib import Path

import duckdb
import pytest

from tests.api.client import Client, get_all_rows


def test_accounts_add_up_to_the_listed_rows(sample: Client) -> None:
    sources = sample.get("/v1/quality").json()["sources"]
    assert len(sources) == 5
    for source in sources:
        assert source["rows_read"] == source["rows_kept"] + source["rows_rejected"]
        assert source["rows_rejected"] == sum(reason["row_count"] for reason in source["reasons"])
        for reason in source["reasons"]:
            filters = f"source={source['source_name']}&reason={reason['reason']}"
            page = sample.get(f"/v1/quality/rejected-rows?{filters}&limit=1&total=true").json()
            assert page["total"] == reason["row_count"]
        cells = sample.get(f"/v1/quality/unreadable-cells?source={source['source_name']}&total=true").json()
        assert cells["total"] == source["unreadable_cell_count"]


@pytest.mark.parametrize("sort", ["source_name", "-source_name", "row_number", "-reason", "record_key", "-record_key"])
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_contain_every_rejected_row_once(sample: Client, sample_warehouse: Path, sort: str, limit: int) -> None:
    column, direction = sort.removeprefix("-"), "desc" if sort.startswith("-") else "asc"
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        expected = connection.execute(
            f"select source_name, row_number from quality.rejected_rows "
            f"order by {column} {direction} nulls last, source_name, row_number"
        ).fetchall()
    rows = get_all_rows(sample, "/v1/quality/rejected-rows", sort=sort, limit=limit, fields="reason")
    assert [(row["source_name"], row["row_number"]) for row in rows] == expected


def test_pages_with_three_key_columns(client: Client) -> None:
    rows = get_all_rows(client, "/v1/quality/unreadable-cells", limit=1, sort="-row_number")
    keys = [(row["source_name"], row["column_name"]) for row in rows]
    assert keys == [("credits", "cast"), ("movies", "budget"), ("movies", "genres")]
