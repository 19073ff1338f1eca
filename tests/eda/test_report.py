"""The report of the sample: whole, in two languages, needing nothing but its own folder."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from eda import __main__ as command
from eda.contents import SECTIONS
from eda.folders import replaced
from eda.language import ENGLISH, LANGUAGES, SPANISH, Language
from eda.pages import as_script
from eda.reading import QUERIES, Question
from warehouse.checks import PUBLIC_TABLES
from warehouse.connection import WarehouseUnavailableError, open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT

CHARTS = [chart for section in SECTIONS for chart in section.charts]
QUESTIONS = [question for chart in CHARTS for question in (chart.question, chart.listing) if question]


TOUCHING = """[...document.querySelectorAll('.plot .role-axis-label')].flatMap((axis) => {
  const shown = [...axis.children].filter((label) => getComputedStyle(label).opacity > 0);
  const boxes = shown.map((label) => [label.textContent, label.getBoundingClientRect()]);
  return boxes.slice(1).filter(([, box], place) => {
    const before = boxes[place][1];
    return box.top < before.bottom - 1 && before.top < box.bottom - 1
      && box.left < before.right && before.left < box.right;
  }).map(([text]) => text);
})"""
"""Labels of an axis that lie on those before them; a pixel of a line's height is empty above and below its letters."""
CUT_OFF = """() => [...document.querySelectorAll(".plot svg")].flatMap((drawing) => {
  const edge = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return text.textContent.endsWith("…") || box.left < edge.left - 1 || box.right > edge.right + 1;
  }).map((text) => `${drawing.closest("figure").id}: ${text.textContent}`);
})"""
"""The texts of drawings that are shortened, or lie partly outside."""
FAINT_WORDS = """() => {
  const light = (colour) => colour.match(/\\d+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  return [...document.querySelectorAll(".plot .mark-text text")].filter((text) => {
    const lights = [getComputedStyle(text).fill, getComputedStyle(text.closest("figure")).backgroundColor].map(light);
    return (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05) < 4.5;
  }).map((text) => `${text.closest("figure").id}: ${text.textContent}`);
}"""
"""The texts of drawings whose contrast with the page is below that of WCAG's level AA."""


class Page(HTMLParser):
    """What a page loads, links to, and holds."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if "src" in found or (tag == "link" and "href" in found):
            self.loads.append(found.get("src") or found["href"])
        if tag == "a":
            self.links.append(found["href"])
        if "id" in found:
            self.ids.append(found["id"])
        is_code = tag == "script" and "src" not in found and found.get("type") != "application/json"
        if is_code or tag == "style" or any(name == "style" or name.startswith("on") for name in found):
            self.inline.append(f"{tag} {found}")


@pytest.fixture(scope="module")
def connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(sample_warehouse) as connection:
        yield connection


@pytest.fixture(scope="module")
def report(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eda") / "report"
    assert command.main(["--database", str(sample_warehouse), "--output", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.query}{dict(question.parameters)}")
def test_every_query_is_answered_as_it_is_shown(connection: duckdb.DuckDBPyConnection, question: Question) -> None:
    rows = question.ask(connection)
    assert rows or question.query == "unreadable_cells"
    shown = connection.execute(question.shown_sql)
    assert [column for column, *_ in shown.description] == list(rows[0])
    assert "$" not in question.shown_sql


def test_no_query_is_left_over() -> None:
    assert {path.stem for path in QUERIES.glob("*.sql")} == {question.query for question in QUESTIONS} | {"headline"}


def test_every_query_says_which_public_tables_it_reads() -> None:
    public = {f"{schema}.{table}" for schema in ("marts", "quality") for table in PUBLIC_TABLES[schema]}
    for question in QUESTIONS:
        assert question.tables
        assert set(question.tables) <= public, question.query


def test_every_chart_is_there_in_both_languages_and_both_formats(report: Path) -> None:
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
def test_a_page_loads_nothing_but_its_own_folder(report: Path, language: Language) -> None:
    page = Page(report / language.page)
    assert {"report.css", "report.js", "vega.js"} <= set(page.loads)
    for name in page.loads:
        assert name == "data:," or (report / name).is_file(), name
    assert page.inline == [], "a policy without 'unsafe-inline' would refuse it"
    assert not re.search(r"https?://|url\(|@import", (report / "report.css").read_text("utf-8"))
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        elif documented := re.fullmatch(r"\.\./docs\.html#!/model/model\.filmoteca\.(\w+)", link):
            assert [*(REPOSITORY_ROOT / "dbt_project/models").rglob(f"{documented[1]}.sql")], link
        elif not link.startswith("../"):
            assert (report / link).is_file(), link
    assert len(page.ids) == len(set(page.ids))
    assert {chart.name for chart in CHARTS} | {section.name for section in SECTIONS} <= set(page.ids)


def test_both_pages_hold_the_same_things_in_other_words(report: Path) -> None:
    english, spanish = (report / language.page for language in LANGUAGES)
    assert Page(english).ids == Page(spanish).ids
    texts = [
        re.findall(r'<p class="(?:lead|finding)">(.*?)</p>', page.read_text("utf-8")) for page in (english, spanish)
    ]
    assert len(texts[0]) == len(texts[1]) == len(CHARTS)
    assert not set(texts[0]) & set(texts[1])
    for section in SECTIONS:
        assert len(set(section.title)) == 2
        assert all(len(set(chart.title)) == 2 for chart in section.charts)


def test_every_specification_is_json_with_data_of_its_own(report: Path) -> None:
    page = (report / "index.html").read_text("utf-8")
    specs = re.findall(r'<script type="application/json" id="spec-[a-z-]+">(.*?)</script>', page)
    narrow_specs = re.findall(r'<script type="application/json" id="narrow-spec-[a-z-]+">(.*?)</script>', page)
    assert len(specs) == len(CHARTS)
    assert len(narrow_specs) == sum(chart.draw_narrow is not None for chart in CHARTS)
    for text in specs + narrow_specs:
        spec = json.loads(text)
        assert '"url"' not in text
        assert '"values":[{' in text
        assert spec["description"]


def test_no_text_of_the_data_ends_a_script() -> None:
    assert "<" not in as_script({"title": "</script><script>alert(1)</script>"})
    assert json.loads(as_script({"title": "</script> & <!--"})) == {"title": "</script> & <!--"}


def test_a_report_says_of_which_build_it_is(report: Path, connection: duckdb.DuckDBPyConnection) -> None:
    [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
    assert json.loads((report / "build.json").read_text("utf-8"))["build_id"] == build_id
    assert build_id in (report / "index.html").read_text("utf-8")


def test_it_opens_from_disk_in_a_browser(report: Path, browser: Browser) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((report / "index.html").as_uri())
    for chart in CHARTS:
        drawn = page.locator(f'[data-spec="spec-{chart.name}"]')
        drawn.scroll_into_view_if_needed()
        expect(drawn).to_have_attribute("data-drawn", "", timeout=20_000)
        expect(drawn.locator(".marks").first).to_be_attached()
    assert complaints == []
    page.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [(ENGLISH, 1280, "light"), (SPANISH, 390, "dark")], ids=["desktop", "phone"]
)
def test_everybody_can_read_it(report: Path, browser: Browser, language: Language, width: int, scheme: str) -> None:
    """No scrolling sideways, no text cut off, no dead link, contrast enough, also of what is drawn."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.goto((report / language.page).as_uri())
    for chart in CHARTS:
        drawn = page.locator(f'[data-spec="spec-{chart.name}"]')
        drawn.scroll_into_view_if_needed()
        expect(drawn).to_have_attribute("data-drawn", "", timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(TOUCHING) == []
    assert page.evaluate(FAINT_WORDS) == []
    assert page.locator('a[href^=".."]:not([href^="../docs.html"])').count() == 0
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.close()


def test_a_report_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "eda"
    with replaced(folder) as aside:
        (aside / "build.json").write_text("one")
    with pytest.raises(KeyboardInterrupt), replaced(folder) as aside:
        (aside / "build.json").write_text("half")
        raise KeyboardInterrupt
    assert (folder / "build.json").read_text() == "one"
    with replaced(folder) as aside:
        (aside / "build.json").write_text("two")
    assert (folder / "build.json").read_text() == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["eda"]


def test_what_a_killed_run_left_is_put_right(tmp_path: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    (tmp_path / f".eda.new-{dead.pid}").mkdir()
    (tmp_path / f".eda.old-{dead.pid}").mkdir()
    (tmp_path / f".eda.old-{dead.pid}" / "build.json").write_text("one")
    (tmp_path / f".eda.new-{os.getpid()}x").mkdir()
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "eda"):
        raise KeyboardInterrupt
    assert (tmp_path / "eda" / "build.json").read_text() == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".eda.new-{os.getpid()}x", "eda"]


def test_a_folder_that_is_no_report_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FilmotecaError, match="holds something else than a report"), replaced(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").exists()


def test_without_a_warehouse_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WarehouseUnavailableError, match=r"there is no warehouse at .*: run `make build` first"):
        command.main(["--database", str(tmp_path / "none.duckdb"), "--output", str(tmp_path / "eda")])
    assert list(tmp_path.iterdir()) == []


def test_a_warehouse_of_older_code_is_refused_in_a_sentence(sample_warehouse: Path, tmp_path: Path) -> None:
    older = tmp_path / "movies.duckdb"
    shutil.copyfile(sample_warehouse, older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("drop table marts.mart_eda_histograms")
    with pytest.raises(WarehouseUnavailableError, match=r"the table marts\.mart_eda_histograms is missing.*make build"):
        command.main(["--database", str(older), "--output", str(tmp_path / "eda")])
    assert [path.name for path in tmp_path.iterdir()] == ["movies.duckdb"]
