"""Row accounting, and pages with keys of several columns."""

from pathlib import Path

import duckdb
import pytest

from tests.api.client import Client, get_all_rows, get_rows


def test_quality_accounts_for_every_record(client: Client) -> None:
    assert client.get("/v1/quality").json() == {
        "sources": [
            {
                "source_name": "credits",
                "rows_read": 9,
                "rows_kept": 9,
                "rows_rejected": 0,
                "reasons": [],
                "unreadable_cell_count": 1,
            },
            {
                "source_name": "movies",
                "rows_read": 20,  # 16 + 4
                "rows_kept": 16,
                "rows_rejected": 4,  # 2 + 1 + 1
                "reasons": [
                    {"reason": "missing_release_date", "row_count": 2},
                    {"reason": "duplicate_id", "row_count": 1},
                    {"reason": "malformed_row", "row_count": 1},
                ],
                "unreadable_cell_count": 2,
            },
        ]
    }


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


def test_key_filter_finds_records(client: Client) -> None:
    rows = get_rows(client, "/v1/quality/rejected-rows?key=77,78&fields=record_key")
    assert [row["record_key"] for row in rows] == ["77", "78"]
    (cell,) = get_rows(client, "/v1/quality/unreadable-cells?column=budget")
    assert cell["cell_text"] == "abc"


def test_rejected_row_contains_the_whole_record(client: Client) -> None:
    (row,) = get_rows(client, "/v1/quality/rejected-rows?reason=malformed_row")
    assert row["record_key"] is None
    assert '"title"' in row["record_json"]
