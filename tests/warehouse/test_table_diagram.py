"""The entity-relationship diagram generated from dbt's manifest."""

from tools.table_diagram import PAGE, format_page, read_manifest, read_tables
from warehouse.progress import Progress
from warehouse.settings import Settings


def test_committed_page_is_current() -> None:
    tables = read_tables(read_manifest(Settings.from_environment({}), Progress()))
    assert format_page(tables) == PAGE.read_text("utf-8"), "run `python -m tools.table_diagram`"
