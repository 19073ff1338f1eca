"""Guide: the Markdown documents as pages."""

import re
from pathlib import Path

from tests.api.client import Client
from tests.api.web.html_page import Page

PICTURES = Path(__file__).parents[3] / "docs/pictures"


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
    titles = dict(re.findall(r'<li><a href="(/guide/[\w-]+)"[^>]*>(.+?)</a>', sample.get("/guide").text))
    assert len(set(titles.values())) == len(titles), "two chapters have the same title"
    pages = {path: sample.get(path).text for path in titles}
    linked = {link for page in pages.values() for link in re.findall(r'href="(/guide/[\w-]+)#([\w-]+)"', page)}
    assert ("/guide/api", "exports") in linked
    for path, section in linked:
        assert section in Page(pages[path]).ids, (path, section)


def test_guide_shows_every_picture(sample: Client) -> None:
    shown = {
        str(image["src"])
        for name in ("overview", "pages")
        for image in Page(sample.get(f"/guide/{name}").text).all("img")
    }
    assert len(shown) == len(list(PICTURES.iterdir()))
    for path in shown:
        response = sample.get(path)
        assert (response.status_code, response.headers["content-type"]) == (200, "image/webp")
        assert response.content[8:12] == b"WEBP"
    assert sample.get("/guide/pictures/nothing.webp").status_code == 404
