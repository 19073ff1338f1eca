"""Tests of the pages in both languages."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.web.pages import charts
from api.web.pages.language import ENGLISH, LANGUAGES, SPANISH, negotiate_language
from api.web.pages.posters import MARGIN, MAX_LINES, MAX_WORD_LENGTH, WIDTH, make_poster

Client = TestClient[Litestar]

TEMPLATES = Path(__file__).parents[3] / "api/web/pages/templates"
PAGES = (
    "",
    "/search",
    "/search?q=toy",
    "/search?q=matrx",
    "/search?q=qqqqqqqq",
    "/films",
    "/films?genre=Drama&genre=Comedy&year_from=1990&year_to=&q=&sort=title",
    "/films/862",
    "/films/862?diversity=0.5&novelty=0.5",
    "/compare?a=862",
    "/compare?a=862&b=863&find=toy",
    "/taste",
    "/taste?like=862&like=863&dislike=155&q=a+space+adventure&find=toy",
    "/people/31",
    "/quality",
)
VOID_ELEMENTS = {"meta", "link", "input", "br", "img"}


class Page(HTMLParser):
    """A parsed page. Raises AssertionError if an element is not closed properly."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        self.ids += [value for name, value in attributes if name == "id" and value]
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed_and_loads_only_own_files(sample: Client, language: str, path: str) -> None:
    answer = sample.get(f"/{language}{path}")
    assert answer.status_code == 200, answer.text
    page = Page(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1
    assert len(page.ids) == len(set(page.ids))
    loaded = [
        element.get("src") or element.get("href") for tag in ("script", "link", "img") for element in page.all(tag)
    ]
    assert loaded
    assert all(sample.get(str(source)).status_code == 200 for source in loaded)
    assert not any("style" in attributes for _, attributes in page.elements)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert len(answer.content) < 150_000


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/taste",
        "/compare?a=862",
        "/films/862",
        "/films?genre=Drama&year_from=1990&q=",
        "/people/31",
        "/quality",
        "/compare?a=862&b=863",
        "/taste?like=862&dislike=155&q=space&novelty=0.5",
    ],
)
def test_page_links_to_same_data_as_json(sample: Client, path: str) -> None:
    page = Page(sample.get(f"/en{path}").text)
    (json_url,) = [link["href"] for link in page.all("a") if link.get("rel") == "alternate"]
    answer = sample.get(str(json_url))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")


def test_page_shows_its_queries(sample: Client) -> None:
    text = sample.get("/en/films/862").text
    names = re.findall(r'<a href="/v1/queries/(\w+)">', text)
    assert {"get_movie", "get_movie_percentiles", "movie_cast"} <= set(names)
    assert all(sample.get(f"/v1/queries/{name}").status_code == 200 for name in names)


def test_page_links_to_other_language(sample: Client) -> None:
    for language, other in (("en", "es"), ("es", "en")):
        page = Page(sample.get(f"/{language}/films?genre=Drama").text)
        (link,) = [link for link in page.all("a") if link.get("lang") == other]
        assert link["href"] == f"/{other}/films?genre=Drama"


def test_guide_renders_every_document(sample: Client) -> None:
    names = re.findall(r'href="/guide/([\w-]+)"', sample.get("/guide").text)
    assert {"overview", "questions", "cookbook", "decisions", "results", "contributing"} <= set(names)
    for name in names:
        response = sample.get(f"/guide/{name}")
        assert response.status_code == 200, name
        page = Page(response.text)
        assert len(page.all("h1")) == 1
        links = [str(link["href"]) for link in page.all("a")]
        not_yet_written = {"/docs", "/eda/"}  # by `make docs` and `make eda`
        local = {link.partition("#")[0] for link in links if link.startswith("/")} - not_yet_written
        assert all(sample.get(path).status_code == 200 for path in local), local
        assert not [link for link in links if link.partition("#")[0].endswith(".md")], name
        assert not any("style" in attributes for _, attributes in page.elements), "the security policy forbids styles"
        assert not re.search(r"&lt;(?:!--|a |details)", response.text), "raw HTML is not shown as text"
    assert sample.get("/guide/nothing").status_code == 404


def test_guide_links_to_sections_that_exist(sample: Client) -> None:
    names = re.findall(r'href="/guide/([\w-]+)"', sample.get("/guide").text)
    linked = {
        link
        for name in names
        for link in re.findall(r'href="(/guide/[\w-]+)#([\w-]+)"', sample.get(f"/guide/{name}").text)
    }
    assert ("/guide/api", "exports") in linked
    for path, section in linked:
        assert section in Page(sample.get(path).text).ids, (path, section)
    titles = re.findall(r'<li><a href="/guide/[\w-]+"(?: aria-current="page")?>(.+?)</a>', sample.get("/guide").text)
    assert len(titles) == len(set(titles)), "two chapters have the same title"


def test_guide_shows_every_picture(sample: Client) -> None:
    shown = {
        str(image["src"])
        for name in ("overview", "pages")
        for image in Page(sample.get(f"/guide/{name}").text).all("img")
    }
    assert len(shown) == len(list((TEMPLATES.parents[3] / "docs/pictures").iterdir()))
    for path in shown:
        response = sample.get(path)
        assert (response.status_code, response.headers["content-type"]) == (200, "image/webp")
        assert response.content[8:12] == b"WEBP"
    assert sample.get("/guide/pictures/nothing.webp").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/films/1",
        "/films/862?novelty=2",
        "/compare?a=1",
        "/taste?like=1",
        "/people/999999999",
        "/films?genre=nothing",
        "/films?sort=x",
        "/nowhere",
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_error_in_page_returns_error_page(sample: Client, language: str, path: str) -> None:
    answer = sample.get(f"/{language}{path}", headers={"accept": "text/html"})
    assert answer.status_code in {404, 422}
    assert "Traceback" not in answer.text
    page = Page(answer.text)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1


def test_error_page_is_in_language_of_path(sample: Client) -> None:
    for path, message in (
        ("/films/1", "Ninguna película tiene ese id."),
        ("/people/999999999", "Ninguna persona tiene ese id."),
        ("/nowhere", "No se encontró la página."),
        ("/films?year_from=abc", "Valor no válido: year_from."),
        ("/films?genre=Dramma", "Valor no válido: genre. ¿Quiso decir: Drama"),
        ("/compare", "Valor no válido: a."),
    ):
        assert message in sample.get(f"/es{path}", headers={"accept": "text/html"}).text
    assert "No film with TMDB id 1." in sample.get("/en/films/1", headers={"accept": "text/html"}).text
    assert "/ lists all operations" in sample.get("/guide/nothing", headers={"accept": "text/html"}).text


def test_counts_use_singular_and_plural(sample: Client) -> None:
    assert "1 película<" in sample.get("/es/films?q=amelie").text
    assert "1 film<" in sample.get("/en/films?q=amelie").text
    assert "No film matches these filters." in sample.get("/en/films?q=qqqqqq").text


@pytest.mark.parametrize(
    "path",
    [
        "/en/nowhere",
        "/en/films/1",
        "/es/films/1",
        "/guide/nothing",
        "/docs/nothing",
        "/docs/api/nothing",
        "/eda/nothing",
    ],
)
def test_not_found_returns_page_or_problem_by_accept_header(sample: Client, path: str) -> None:
    page = sample.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    (words,) = re.findall(r"<h1>.*</h1>\s*<p[^>]*>(.*)</p>", page.text)
    problem = sample.get(path)
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    expected = "Ninguna película tiene ese id." if path.startswith("/es") else problem.json()["detail"]
    assert html.unescape(words) == expected


def test_active_filters_are_named_and_removable(sample: Client) -> None:
    text = sample.get("/en/films?collection=Toy+Story+Collection&director=John+Lasseter&year_from=1990").text
    assert 'aria-label="Remove Toy Story Collection"' in text
    (href,) = re.findall(r'href="([^"]+)" aria-label="Remove John Lasseter"', text)
    assert href.replace("&amp;", "&") == "/en/films?collection=Toy+Story+Collection&year_from=1990"
    limits = "q=toy&decade=1990&decade=2000&year_from=1990&year_to=2010&vote_count_from=10&runtime_to=200"
    text = sample.get(f"/es/films?{limits}&sort=title").text
    removable = [html.unescape(name) for name in re.findall(r'aria-label="Quitar ([^"]+)"', text)]
    assert removable == [
        "«toy»", "Década de 1990, Década de 2000", "desde 1990", "hasta 2010", "runtime_to: 200", "al menos 10 votos"
    ]  # fmt: skip


def test_taste_works_with_links_only(sample: Client) -> None:
    """Find, like, dislike and remove films, as without JavaScript."""

    def follow(text: str, pattern: str) -> str:
        (href,) = re.findall(pattern, text)[:1]
        return sample.get(href.replace("&amp;", "&")).text

    text = sample.get("/en/taste?find=toy+story").text
    text = follow(text, r'href="([^"]+like=862)" aria-label="I like it: Toy Story"')
    assert "Recommended for you" in text
    text = follow(text, r'href="([^"]+)" aria-label="I dislike it: ')
    assert "None yet." not in text
    text = follow(text, r'href="([^"]*)" aria-label="Remove Toy Story"')
    assert "Recommended for you" not in text


@pytest.mark.parametrize("path", ["/search?q=", "/films?q=", "/films?genre=", "/taste?q=", "/taste?find="])
def test_input_is_escaped(sample: Client, path: str) -> None:
    typed = '"><script>alert(1)</script>{{ 7 * 7 }}'
    answer = sample.get(
        f"/en{path}" + typed.replace("{", "%7B").replace("}", "%7D"), headers={"accept": "text/html,*/*;q=0.8"}
    )
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>alert" not in answer.text
    assert ">49<" not in answer.text


def test_index_redirects_browsers_and_answers_programs(sample: Client) -> None:
    for header, path in (("es-AR,es;q=0.9,en;q=0.8", "/es"), ("fr,en;q=0.5", "/en"), ("fr", "/en")):
        answer = sample.get("/", headers={"accept": "text/html,*/*", "accept-language": header}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert sample.get("/").json()["name"] == "Filmoteca"


def test_language_follows_accept_language_weights() -> None:
    assert negotiate_language("en;q=0.2, es;q=0.7") == SPANISH
    assert negotiate_language("es;q=x, en") == ENGLISH
    assert negotiate_language("") == ENGLISH


def test_every_phrase_has_spanish_translation() -> None:
    used = {
        phrase
        for template in TEMPLATES.glob("*.html")
        for text in [template.read_text("utf-8")]
        for _, phrase in re.findall(r"""translate\((["'])(.+?)\1""", text)
        + re.findall(r"""translate_count\([^"]+(")(.+?)\1""", text)
        + re.findall(r"""translate_count\([^"]+".+?", (")(.+?)\1""", text)
    }
    assert {"Search", "{count} film", "{count} films"} <= used
    assert used <= SPANISH.phrases.keys()
    for english, spanish in SPANISH.phrases.items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", spanish)), english


@pytest.mark.parametrize("number", ["0", "-1", "9" * 40, "9" * 5000, "1e5", "862x"])
def test_invalid_id_is_not_found_or_unprocessable(sample: Client, number: str) -> None:
    for path in (f"/en/films/{number}", f"/es/people/{number}", f"/en/compare?a={number}", f"/es/taste?like={number}"):
        assert sample.get(path).status_code in {404, 422}, path


def test_numbers_follow_language() -> None:
    assert (ENGLISH.number(1234.5, 1), SPANISH.number(1234.5, 1)) == ("1,234.5", "1.234,5")
    assert (ENGLISH.money(30_000_000), ENGLISH.number(None)) == ("$30,000,000", "–")
    assert (ENGLISH.share(0.4567), ENGLISH.share(0.9999), ENGLISH.share(1)) == ("46%", "99.9%", "100%")
    assert (ENGLISH.fixed(8, 1), SPANISH.fixed(8, 1), SPANISH.fixed(None, 1)) == ("8.0", "8,0", "–")
    assert (ENGLISH.language("ja"), SPANISH.language("ja"), SPANISH.language("??", "?")) == ("Japanese", "japonés", "?")
    assert (ENGLISH.language("cn"), SPANISH.country("US"), SPANISH.genre("War")) == (
        "Cantonese",
        "Estados Unidos",
        "Guerra",
    )


@pytest.mark.parametrize("title", ["X", "8½", "千と千尋の神隠し", "A " * 90, "W" * 300, "", "Rindfleischetikettierung"])
def test_poster_fits_any_title(title: str) -> None:
    poster = make_poster(862, title, 1995)
    assert poster == make_poster(862, title, 1995)
    assert len(poster.lines) <= MAX_LINES
    assert all(0 < y < 300 for _, y in poster.lines)
    assert all(len(line) <= MAX_WORD_LENGTH for line, _ in poster.lines)


@pytest.mark.parametrize("title", ["ファンタスティポ", "Doraemon:貓狗時空傳", "올드보이 그리고 친절한 금자씨"])
def test_poster_fits_wide_characters(title: str) -> None:
    poster = make_poster(862, title, 1995)
    assert max(len(line) for line, _ in poster.lines) * poster.font_size <= WIDTH - 2 * MARGIN


def test_chart_scales_years_and_powers_of_ten() -> None:
    chart = charts.plot_over_years([(1990, 0.5, "a"), (2000, 20.0, "b"), (2010, 5.0, "c")])
    assert chart is not None
    assert [point.x for point in chart.points] == sorted(point.x for point in chart.points)
    low, high, middle = (point.y for point in chart.points)
    assert low > middle > high
    assert [value for value, _ in chart.y_ticks] == [0.1, 1, 10, 100]
    assert charts.plot_over_years([(1990, 1.0, "alone")]) is None
