"""Browser tests of the pages: desktop and phone, light and dark, keyboard, without JavaScript."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.web.pages.graphics import Chart
from tests.api.server import run_server

expect.set_options(timeout=30_000)  # Swagger UI takes over five seconds on two busy cores
PATHS = (
    "/en",
    "/es/search?q=toy",
    "/es/films?genre=Drama",
    "/en/films/862",
    "/es/people/31",
    "/en/quality",
    "/es/compare?a=862&b=863",
    "/en/taste?like=862&dislike=155",
    "/guide/api",
    "/docs/erd",
)
CHECKED_CHAPTERS = {"overview", "api", "cookbook", "operations", "results"}
"""Chapters checked for accessibility; the others have the same elements."""
DESKTOP, PHONE = (1280, 900), (390, 844)
SWAGGER_UI_VIOLATIONS = {"heading-order", "nested-interactive", "region"}
"""Rules that Swagger UI's own structure violates."""


Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def origin(sample_warehouse: Path) -> Iterator[str]:
    with run_server(sample_warehouse) as server:
        yield server.origin


@pytest.fixture
def visit(browser: Browser, origin: str) -> Iterator[Visit]:
    """A function that opens a path. Afterwards, other hosts must not have been requested and no error logged."""
    contexts, hosts, errors = [], set(), []

    def open_(path: str, size: tuple[int, int] = DESKTOP, *, is_dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=origin,
            color_scheme="dark" if is_dark else "light",
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert hosts == {urlsplit(origin).netloc}
    assert errors == []


def find_violations(page: Page) -> list[tuple[str, str]]:
    """Return the accessibility violations that axe finds: the rule and the first element."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in found]


def fits_viewport(page: Page) -> bool:
    """Return whether the page does not scroll sideways and the header is as wide as the content."""
    sideways = "document.documentElement.scrollWidth > innerWidth"
    beyond = """(() => {
      const edge = document.querySelector("main").getBoundingClientRect().right
        - parseFloat(getComputedStyle(document.querySelector("main")).paddingRight);
      return [...document.querySelectorAll(".top > *")].some((part) => part.getBoundingClientRect().right > edge + 1);
    })()"""
    return not page.evaluate(sideways) and not page.evaluate(beyond)


@pytest.mark.parametrize("path", PATHS)
def test_page_fits_viewport_and_is_accessible(visit: Visit, path: str) -> None:
    for size, is_dark in ((DESKTOP, False), (PHONE, True)):
        page = visit(path, size, is_dark=is_dark)
        assert fits_viewport(page)
        assert find_violations(page) == []


def test_guide_fits_phone_and_is_accessible(visit: Visit) -> None:
    page = visit("/guide", PHONE, is_dark=True)
    paths = page.eval_on_selector_all(".guide nav a", "links => links.map((link) => link.getAttribute('href'))")
    assert {path.rpartition("/")[2] for path in paths} >= CHECKED_CHAPTERS
    for path in paths:
        page.goto(path, wait_until="domcontentloaded")
        assert fits_viewport(page), path
        if path.rpartition("/")[2] in CHECKED_CHAPTERS:
            # Checking thousands of similar rows takes too long.
            similar = "tr:nth-child(n + 4), table:nth-of-type(n + 4)"
            page.evaluate("similar => document.querySelectorAll(similar).forEach((one) => one.remove())", similar)
            assert find_violations(page) == [], path


def test_swagger_ui_is_accessible_and_links_back(visit: Visit) -> None:
    page = visit("/docs/api", PHONE)
    expect(page.get_by_role("button", name="GET").first).to_be_visible()
    similar = "span:nth-child(n + 3) > .opblock-tag-section"
    page.evaluate("similar => document.querySelectorAll(similar).forEach((one) => one.parentElement.remove())", similar)
    assert [found for found in find_violations(page) if found[0] not in SWAGGER_UI_VIOLATIONS] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Tables", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How the tables relate")


def test_chart_labels_fit_phone(visit: Visit) -> None:
    page = visit("/es/people/31", PHONE)
    boxes = page.eval_on_selector_all(
        ".chart text", "labels => labels.map((label) => label.getBBox()).map((box) => [box.x, box.x + box.width])"
    )
    assert boxes
    assert min(left for left, _ in boxes) >= 0
    assert max(right for _, right in boxes) <= Chart.width


def test_suggestions_can_be_closed_and_chosen_with_keyboard(visit: Visit) -> None:
    page = visit("/en")
    box = page.get_by_role("combobox")
    box.press_sequentially("toy")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.fill("")
    box.press_sequentially("toy story 2")
    expect(page.get_by_role("option").first).to_contain_text("Toy Story 2")
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Toy Story 2")


def test_choosing_genre_updates_page_in_place(visit: Visit) -> None:
    page = visit("/en/films")
    before = page.locator(".total").inner_text()
    page.get_by_role("checkbox", name="Drama").check()
    expect(page.locator(".total")).not_to_have_text(before)
    expect(page.get_by_role("checkbox", name="Drama")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Drama")).to_be_focused()
    assert "genre=18" in page.url


def test_novelty_slider_updates_recommendations(visit: Visit) -> None:
    page = visit("/en/films/862")
    names = page.locator(".card > a")
    before = names.all_inner_texts()
    page.locator("input[name=novelty]").focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("novelty=1"))
    assert names.all_inner_texts() != before
    expect(page.locator("input[name=novelty]")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_work_without_javascript(visit: Visit, language: str) -> None:
    page = visit(f"/{language}", script=False)
    page.locator("#q").fill("toy story")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="Toy Story, 1995", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Toy Story")
    page.get_by_role("link", name="Tom Hanks").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tom Hanks")
    page.goto(f"/{language}/films")
    page.locator("input[name=genre]").first.check()
    page.locator(".filters button").click()
    assert "genre=" in page.url
    page.get_by_role("link", name="Español" if language == "en" else "English").click()
    assert f"/{'es' if language == 'en' else 'en'}/films?" in page.url


def test_taste_and_comparison_work_without_javascript(visit: Visit) -> None:
    page = visit("/es/taste", script=False)
    page.locator(".verdicts a").first.click()
    expect(page.get_by_role("heading", name="Recomendadas para ti")).to_be_visible()
    page.locator("#find").fill("toy story 2")
    page.locator("#find").press("Enter")
    page.get_by_role("link", name="No me gusta: Toy Story 2").click()
    assert "dislike=863" in page.url
    page.goto("/es/films/862")
    page.get_by_role("link", name="Compararla con otra película").click()
    page.locator("#find").fill("toy story 2")
    page.locator("#find").press("Enter")
    page.locator(".hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Por qué se parecen estas películas?")


def test_home_links_to_every_section(visit: Visit) -> None:
    page = visit("/en")
    doors = {str(link.get_attribute("href")) for link in page.locator(".doors a").all()}
    assert doors == {"/en/films", "/en/taste", "/eda/", "/guide", "/docs", "/docs/api", "/en/quality"}


def test_first_tab_focuses_skip_link(visit: Visit) -> None:
    page = visit("/en/films/862")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
