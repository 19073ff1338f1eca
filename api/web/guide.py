"""The documentation under /guide: README.md and the pages of docs/, rendered from Markdown."""

import re
from functools import cache
from pathlib import Path

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from api.http.request_hooks import AnyRequest
from api.web.pages.page import render_page
from api.web.static_files import static_files_router

PATH = "/guide"
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
TABLE_DIAGRAM = DOCS / "table-diagram.md"
"""Shown at /docs/erd instead of in the guide."""
ORDER = (
    "quick-starts", "inicio", "questions", "api", "pages", "sql", "cookbook", "tables", "build", "data-rules",
    "recommender", "recommender-evaluation", "recommender-examples", "operations", "troubleshooting", "measurements",
    "architecture", "add-a-mart",
)  # fmt: skip
"""Stems of the pages of docs/ in reading order; pages that are not listed come last."""

_ANCHOR = re.compile(r'<a id="([a-z-]+)"></a>')
_COMMENT = re.compile(r"^<!-- .+ -->$", re.MULTILINE)
_COLLAPSED = re.compile(r"^<details><summary>(.+?)</summary>$.+?^</details>$", re.MULTILINE | re.DOTALL)
"""A collapsed table of sixty rows or more; the page shows its title only."""


def find_documents() -> dict[str, Path]:
    """Return the Markdown files of the guide by chapter name, in reading order."""
    rank = {stem: position for position, stem in enumerate(ORDER)}
    pages = sorted(
        {*DOCS.glob("*.md"), *DOCS.glob("es/*.md")} - {TABLE_DIAGRAM},
        key=lambda path: (rank.get(path.stem, len(ORDER)), path),
    )
    decisions = sorted((DOCS / "decisions").glob("*.md"), key=lambda path: (path.name != "README.md", path))
    return {
        "overview": ROOT / "README.md",
        **{path.stem: path for path in pages},
        **{"decisions" if path.name == "README.md" else f"decisions-{path.stem}": path for path in decisions},
        "results": ROOT / "benchmarks/RESULTS.md",
        "contributing": ROOT / "CONTRIBUTING.md",
        "changelog": ROOT / "CHANGELOG.md",
    }


DOCUMENTS = find_documents()
_CHAPTER_PATHS = {path: f"{PATH}/{name}" for name, path in DOCUMENTS.items()} | {TABLE_DIAGRAM: "/docs/erd"}


def guide_routers() -> list[Router]:
    """Return the routes of the guide and of its pictures."""
    titles = {name: _split_title(path)[0] for name, path in DOCUMENTS.items()}

    @get(["/", "/{name:str}"], sync_to_thread=False)
    def show_chapter(request: AnyRequest, name: FromPath[str] = "overview") -> Response[str]:
        if name not in DOCUMENTS:
            raise NotFoundException
        body = render_document(DOCUMENTS[name])
        return render_page(request, "guide.html", titles=titles, name=name, body=body, path=PATH)

    return [
        Router(PATH, route_handlers=[show_chapter], include_in_schema=False),
        static_files_router(f"{PATH}/pictures", [PICTURES]),
    ]


def _split_title(path: Path) -> tuple[str, str]:
    heading, _, text = path.read_text("utf-8").partition("\n")
    return heading.removeprefix("# ").replace("`", ""), text


@cache
def render_document(path: Path) -> Markup:
    """Return a Markdown file without its title as HTML. Cached, because rendering a long one is slow."""
    return render_markdown(_split_title(path)[1], path.parent)


def _resolve(link: str, folder: Path) -> str:
    """Return the URL for a link in a Markdown file of `folder`: a chapter, a picture, or the link itself."""
    file, _, section = link.partition("#")
    target = (folder / file).resolve()
    if target.parent == PICTURES:
        return f"{PATH}/pictures/{target.name}"
    if not file or target not in _CHAPTER_PATHS:
        return link
    return _CHAPTER_PATHS[target] + (f"#{section}" if section else "")


def render_markdown(text: str, folder: Path) -> Markup:
    """Return Markdown as HTML. Raw HTML and inline styles are left out: the content security policy forbids styles."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_COLLAPSED.sub(r"*\1*: in `benchmarks/RESULTS.md`.", _COMMENT.sub("", text)))
    for position, token in enumerate(tokens):
        for child in token.children or ():
            for attribute in {"href", "src"} & child.attrs.keys():
                child.attrSet(attribute, _resolve(str(child.attrs[attribute]), folder))
        if token.type == "heading_open":
            token.attrSet("id", _slug(tokens[position + 1].content))
        if token.type in {"fence", "table_open"}:
            token.attrSet("tabindex", "0")
        if token.attrs.pop("style", None) == "text-align:right":
            token.attrSet("class", "n")
        if anchor := _ANCHOR.fullmatch(token.content):
            token.children = [Token("html_inline", "a", 0, content=f'<span id="{anchor[1]}"></span>')]
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - our own text, rendered


def _slug(heading: str) -> str:
    """Return the id that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
