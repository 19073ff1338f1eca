"""The dbt docs site, as it is put into one file."""

from pathlib import Path

import pytest
from dbt.task.docs import DOCS_INDEX_FILE_PATH

from warehouse.docs import patch_page
from warehouse.errors import FilmotecaError


def test_browsers_ask_for_no_template_of_dbts_page() -> None:
    """An address that the page fills in later is asked for at once, unfilled."""
    page = patch_page(Path(DOCS_INDEX_FILE_PATH).read_text("utf-8"))
    assert 'xlink:href="{{' not in page
    assert page.count('<use ng-href="{{') == 4
    assert '<link rel="shortcut icon" href="data:,"/>' in page
    assert page.count("<noscript><p>This page needs JavaScript") == 1


def test_a_page_that_needs_no_mending_any_more_is_noticed() -> None:
    with pytest.raises(FilmotecaError, match=r"does not contain .*; remove it"):
        patch_page("<!doctype html>")
