import html
import re

import pytest

from api.web.pages.language import LANGUAGES
from tests.api.client import Client
from tests.api.web.html_page import Page

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
    "/compare",
    "/compare?find=toy",
    "/compare?a=862",
    "/compare?a=862&b=863&find=toy",
    "/taste",
    "/taste?like=862&like=863&dislike=155&q=a+space+adventure&find=toy",
    "/people/31",
    "/quality",
)


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed_loads_own_files_and_links_to_json(sample: Client, language: str, path: str) -> None:
    response = sample.get(f"/{language}{path}")
    assert response.status_code == 200, response.text
    page = Page(response.text)
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == 1
    assert len(page.ids) == len(set(page.ids))
    loaded = [
        element.get("src") or element.get("href") for tag in ("script", "link", "img") for element in page.all(tag)
    ]
    assert loaded
    assert all(sample.get(str(source)).status_code == 200 for source in loaded)
    if not path.startswith("/search"):
        (json_url,) = [link["href"] for link in page.all("a") if link.get("rel") == "alternate"]
        assert sample.get(str(json_url)).raise_for_status().headers["content-type"].startswith("application/json")
    assert not any("style" in attributes for _, attributes in page.elements)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert len(response.content) < 150_000


def test_page_that_is_not_modified_keeps_its_policy(sample: Client) -> None:
    page = sample.get("/en")
    cached = sample.get("/en", headers={"If-None-Match": page.headers["etag"]})
    assert cached.status_code == 304
    assert cached.headers["content-security-policy"] == page.headers["content-security-policy"]


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


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/es/films/1", "Ninguna película tiene ese id."),
        ("/es/compare?a=1", "Ninguna película tiene ese id."),
        ("/es/people/999999999", "Ninguna persona tiene ese id."),
        ("/es/nowhere", "No existe ninguna página en esta dirección."),
        ("/es/films?year_from=abc", "Valor no válido: year_from."),
        ("/es/films?genre=Dramma", "Valor no válido: genre. ¿Quisiste decir: Drama"),
        ("/es/films?sort=x", "Valor no válido: sort."),
        ("/es/films/862?novelty=2", "Valor no válido: novelty."),
        ("/es/compare?a=x", "Valor no válido: a."),
        ("/es/taste?like=1", "Valor no válido: like."),
        *((path, None) for path in ("/en/nowhere", "/en/films/1", "/en/compare?a=x", "/en/taste?like=1")),
        *((path, None) for path in ("/guide/nothing", "/docs/nothing", "/docs/api/nothing", "/eda/nothing")),
    ],
)
def test_error_returns_page_in_language_of_path_or_problem(sample: Client, path: str, message: str | None) -> None:
    response, problem = sample.get(path, headers={"accept": "text/html,*/*;q=0.8"}), sample.get(path)
    assert response.status_code == problem.status_code
    assert response.status_code in {404, 422}
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert problem.headers["content-type"] == "application/problem+json"
    page = Page(response.text)
    assert page.all("html") == [{"lang": "es" if path.startswith("/es/") else "en"}]
    assert len(page.all("h1")) == 1
    (words,) = re.findall(r"<h1>.*</h1>\s*<p[^>]*>(.*)</p>", response.text)
    shown = re.sub(r"</?code>", "`", html.unescape(words))
    assert (message or problem.json()["detail"]) in shown


def test_counts_use_singular_and_plural(sample: Client) -> None:
    assert "1 película<" in sample.get("/es/films?q=amelie").text
    assert "1 film<" in sample.get("/en/films?q=amelie").text
    assert "No films match." in sample.get("/en/films?q=qqqqqq").text


def test_active_filters_are_named_and_removable(sample: Client) -> None:
    text = sample.get("/en/films?collection=Toy+Story+Collection&director=John+Lasseter&year_from=1990").text
    assert 'aria-label="Remove Toy Story Collection"' in text
    (href,) = re.findall(r'href="([^"]+)" aria-label="Remove John Lasseter"', text)
    assert href.replace("&amp;", "&") == "/en/films?collection=Toy+Story+Collection&year_from=1990"
    limits = "q=toy&decade=1990&decade=2000&year_from=1990&year_to=2010&vote_count_from=10&runtime_to=200"
    text = sample.get(f"/es/films?{limits}&sort=title").text
    removable = [html.unescape(name) for name in re.findall(r'aria-label="Quitar ([^"]+)"', text)]
    assert removable == [
        "«toy»", "Década de 1990, Década de 2000", "desde 1990", "hasta 2010", "como máximo 200 minutos",
        "al menos 10 votos",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/search?q=", "/films?q=", "/films?genre=", "/taste?q=", "/taste?find="])
def test_input_is_escaped(sample: Client, path: str) -> None:
    typed = '"><script>alert(1)</script>{{ 7 * 7 }}'
    response = sample.get(
        f"/en{path}" + typed.replace("{", "%7B").replace("}", "%7D"), headers={"accept": "text/html,*/*;q=0.8"}
    )
    assert response.headers["content-type"].startswith("text/html")
    assert "<script>alert" not in response.text
    assert ">49<" not in response.text


def test_index_redirects_browsers_and_returns_json_to_programs(sample: Client) -> None:
    for header, path in (("es-AR,es;q=0.9,en;q=0.8", "/es"), ("fr,en;q=0.5", "/en"), ("fr", "/en")):
        response = sample.get(
            "/", headers={"accept": "text/html,*/*", "accept-language": header}, follow_redirects=False
        )
        assert (response.status_code, response.headers["location"]) == (303, path)
    assert sample.get("/").json()["name"] == "Filmoteca"


@pytest.mark.parametrize("number", ["0", "-1", "9" * 40, "9" * 5000, "1e5", "862x"])
def test_invalid_id_is_not_found_or_unprocessable(sample: Client, number: str) -> None:
    for path in (f"/en/films/{number}", f"/es/people/{number}", f"/en/compare?a={number}", f"/es/taste?like={number}"):
        assert sample.get(path).status_code in {404, 422}, path
