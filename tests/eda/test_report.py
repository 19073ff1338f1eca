"""The report of the sample: files, pages in two languages, accessibility and atomic replacement."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from eda.__main__ import main, replace_folder
from eda.language import ENGLISH, LANGUAGES, SPANISH, ReportLanguage
from eda.pages import to_script_json
from eda.queries import QUERIES, Query
from eda.sections import CHARTS, SECTIONS
from warehouse.connection import WarehouseUnavailableError, open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT

QUESTIONS = [query for chart in CHARTS for query in (chart.query, chart.listing) if query]
LEGIBILITY = Path(__file__).with_name("legibility.js").read_text("utf-8")


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(sample_warehouse) as connection:
        yield connection


@pytest.fixture(scope="module")
def report(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eda") / "report"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eda.report.PIXELS_PER_UNIT", 0.2)  # small PNG files take less time
        assert main(["--database", str(sample_warehouse), "--output", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: f"{query.name}{dict(query.parameters)}")
def test_query_returns_same_columns_as_displayed_sql(connection: duckdb.DuckDBPyConnection, query: Query) -> None:
    rows = query.run(connection)
    assert rows or query.name == "unreadable_cells"
    shown = connection.execute(query.display_sql)
    assert [column for column, *_ in shown.description] == list(rows[0])
    assert "$" not in query.display_sql


def test_queries_are_all_used_and_read_only_public_tables(connection: duckdb.DuckDBPyConnection) -> None:
    assert {path.stem for path in QUERIES.glob("*.sql")} == {query.name for query in QUESTIONS} | {"headline"}
    tables = connection.sql("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    public = {name for (name,) in tables if name.startswith(("marts.", "quality."))}
    for query in QUESTIONS:
        assert query.tables
        assert set(query.tables) <= public, query.name


def test_charts_are_written_as_svg_and_png_in_both_languages(report: Path) -> None:
    for language in LANGUAGES:
        folder = report / "charts" / language.code
        assert {path.name for path in folder.iterdir()} == {
            f"{chart.name}.{ending}" for chart in CHARTS for ending in ("svg", "png")
        }
        for chart in CHARTS:
            root = ElementTree.parse(folder / f"{chart.name}.svg").getroot()  # noqa: S314 - our own
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
            assert (folder / f"{chart.name}.png").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_page_loads_only_files_of_its_folder(report: Path, language: ReportLanguage) -> None:
    page = (report / language.page).read_text("utf-8")
    loads, ids = re.findall(r'(?: src="|<link [^>]*href=")([^"]+)"', page), re.findall(r' id="([^"]+)"', page)
    assert {"report.css", "report.js", "vega.js"} <= set(loads)
    for name in loads:
        assert name == "data:," or (report / name).is_file(), name
    inline_code = r'<script(?![^>]* (src=|type="application/json"))|<style| style=| on\w+="'
    assert not re.search(inline_code, page), "a policy without 'unsafe-inline' would refuse it"
    assert not re.search(r"https?://|url\(|@import", (report / "report.css").read_text("utf-8"))
    for link in re.findall(r'<a [^>]*href="([^"]+)"', page):
        if link.startswith("#"):
            assert link[1:] in ids
        elif documented := re.fullmatch(r"\.\./docs\.html#!/model/model\.filmoteca\.(\w+)", link):
            assert [*(REPOSITORY_ROOT / "dbt_project/models").rglob(f"{documented[1]}.sql")], link
        elif not link.startswith("../"):
            assert (report / link).is_file(), link
    assert len(ids) == len(set(ids))
    assert {chart.name for chart in CHARTS} | {section.name for section in SECTIONS} <= set(ids)


def test_pages_have_same_structure_and_translated_texts(report: Path) -> None:
    english, spanish = ((report / language.page).read_text("utf-8") for language in LANGUAGES)
    assert re.findall(r' id="[^"]+"', english) == re.findall(r' id="[^"]+"', spanish)
    texts = [re.findall(r'<p class="(?:lead|finding)">(.*?)</p>', page) for page in (english, spanish)]
    assert len(texts[0]) == len(texts[1]) == len(CHARTS)
    assert not set(texts[0]) & set(texts[1])


def test_page_contains_build_id_and_specifications_with_inline_data(
    report: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    page = (report / "index.html").read_text("utf-8")
    [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
    assert json.loads((report / "build.json").read_text("utf-8"))["build_id"] == build_id
    assert build_id in page
    specs = re.findall(r'<script type="application/json" id="(narrow-)?spec-[a-z-]+">(.*?)</script>', page)
    assert [narrow for narrow, _ in specs].count("") == len(CHARTS)
    assert len(specs) == len(CHARTS) + sum(chart.draw_narrow is not None for chart in CHARTS)
    for _, text in specs:
        assert '"url"' not in text
        assert '"values":[{' in text
        assert json.loads(text)["description"]


def test_script_json_escapes_closing_tag() -> None:
    values = {"title": "</script><script>alert(1)</script> & <!--"}
    assert "<" not in to_script_json(values)
    assert json.loads(to_script_json(values)) == values


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [(ENGLISH, 1280, "light"), (SPANISH, 390, "dark")], ids=["desktop", "phone"]
)
def test_page_opened_from_disk_draws_accessible_charts(
    report: Path, browser: Browser, language: ReportLanguage, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((report / language.page).as_uri())
    for chart in CHARTS:
        drawn = page.locator(f'[data-spec="spec-{chart.name}"]')
        drawn.scroll_into_view_if_needed()
        expect(drawn).to_have_attribute("data-drawn", "", timeout=20_000)
        expect(drawn.locator(".marks").first).to_be_attached()
    assert errors == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    for check in ("overlappingLabels", "truncatedTexts", "faintTexts"):
        assert page.evaluate(f"(() => {{ {LEGIBILITY} return {check}() }})()") == [], check
    assert page.locator('a[href^=".."]:not([href^="../docs.html"])').count() == 0
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.close()


def test_report_is_replaced_atomically(tmp_path: Path) -> None:
    folder = tmp_path / "eda"
    with replace_folder(folder) as temporary:
        (temporary / "build.json").write_text("one")
    with pytest.raises(KeyboardInterrupt), replace_folder(folder) as temporary:
        (temporary / "build.json").write_text("half")
        raise KeyboardInterrupt
    assert (folder / "build.json").read_text() == "one"
    with replace_folder(folder) as temporary:
        (temporary / "build.json").write_text("two")
    assert (folder / "build.json").read_text() == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["eda"]


def test_leftovers_of_killed_run_are_cleaned_up(tmp_path: Path) -> None:
    (tmp_path / ".eda.new").mkdir()
    (tmp_path / ".eda.old").mkdir()
    (tmp_path / ".eda.old" / "build.json").write_text("one")
    with pytest.raises(KeyboardInterrupt), replace_folder(tmp_path / "eda"):
        raise KeyboardInterrupt
    assert (tmp_path / "eda" / "build.json").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["eda"]


def test_folder_without_report_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FilmotecaError, match="contains files that are not a report"), replace_folder(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").exists()


def test_missing_or_incomplete_warehouse_raises(sample_warehouse: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy(sample_warehouse, tmp_path / "movies.duckdb"))
    with duckdb.connect(str(older)) as connection:
        connection.execute("drop table marts.mart_eda_histograms")
    for name, message in (
        ("none.duckdb", r"there is no warehouse at .*: run `make build` first"),
        ("movies.duckdb", r"the table marts\.mart_eda_histograms is missing.*make build"),
    ):
        with pytest.raises(WarehouseUnavailableError, match=message):
            main(["--database", str(tmp_path / name), "--output", str(tmp_path / "eda")])
    assert [path.name for path in tmp_path.iterdir()] == ["movies.duckdb"]
