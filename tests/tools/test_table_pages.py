"""The documentation pages generated from dbt's manifest."""

from tools.table_pages import DIAGRAM_PAGE, REFERENCE_PAGE, format_diagram, format_reference, read_manifest
from warehouse.progress import Progress
from warehouse.settings import Settings


def test_committed_pages_are_current() -> None:
    manifest = read_manifest(Settings.from_environment({}), Progress())
    assert format_reference(manifest) == REFERENCE_PAGE.read_text("utf-8"), (
        "run `.venv/bin/python -m tools.table_pages`"
    )
    assert format_diagram(manifest) == DIAGRAM_PAGE.read_text("utf-8"), "run `.venv/bin/python -m tools.table_pages`"
