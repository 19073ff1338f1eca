"""Patches of dbt's docs page."""

from pathlib import Path

import pytest
from dbt.task.docs import DOCS_INDEX_FILE_PATH

from warehouse.docs import patch_page
from warehouse.errors import FilmotecaError


def test_patched_page_does_not_load_templates_as_urls() -> None:
    page = patch_page(Path(DOCS_INDEX_FILE_PATH).read_text("utf-8"))
    assert 'xlink:href="{{' not in page
    assert page.count('<use ng-href="{{') == 4
    assert '<link rel="shortcut icon" href="data:,"/>' in page
    assert page.count("<noscript><p>This page needs JavaScript") == 1
    with pytest.raises(FilmotecaError, match=r"does not contain .*; remove it"):
        patch_page("<!doctype html>")
