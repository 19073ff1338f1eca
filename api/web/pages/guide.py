"""The guide under /guide: the README by sections, and what lies beside it in docs/, rendered from Markdown."""

import re
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from api.http.parameters import AnyRequest
from api.web.pages.language import ENGLISH
from api.web.pages.render import HEADERS, Page

PATH = "/guide"
ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs/pictures"
"""What `python -m tests.browser.screenshots` takes of the pages; the README shows them by this path."""
BESIDE = (
    *sorted((ROOT / "docs").glob("*.md"), key=attrgetter("stem")),
    ROOT / "DECISIONS.md",
    *(ROOT / "benchmarks").glob("RESULTS.md"),  # not where only what serves is installed
)
LINKS = {"tables.svg": "/docs/erd", "README.md": PATH} | {path.name: f"{PATH}/{path.stem.lower()}" for path in BESIDE}
LINKS |= {f"pictures/{path.name}": f"{PATH}/pictures/{path.name}" for path in PICTURES.glob("*.webp")}
"""Where files of the repository are read here."""

_MARK = re.compile(r'<a id="([a-z-]+)"></a>')
"""A place that others link to, as GitHub's Markdown has it."""
_COMMENT = re.compile(r"^<!-- .+ -->$", re.MULTILINE)
_FOLDED = re.compile(r"^<details><summary>(.+?)</summary>$.+?^</details>$", re.MULTILINE | re.DOTALL)
"""A table that is folded away, of sixty rows or more: the page only names it."""


@dataclass(frozen=True)
class Chapter:
    """A page of the guide."""

    name: str
    """The last segment of its path."""
    title: str
    text: str
    """In Markdown."""

    @cached_property
    def body(self) -> Markup:
        """As HTML; made when it is first asked for, since all of them take a second."""
        return _rendered(self.text)


def read_chapters() -> list[Chapter]:
    """The sections of the README in their order, then the documents beside it."""
    first, *sections = re.split(r"^## ", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    named = [(title.strip("`"), body) for title, _, body in (section.partition("\n") for section in sections)]
    chapters = [("overview", _titled(first))] + [(_name_of(title), (title, body)) for title, body in named]
    chapters += [(path.stem.lower(), _titled(path.read_text("utf-8"))) for path in BESIDE]
    return [Chapter(name, title.replace("`", ""), text) for name, (title, text) in chapters]


def guide_router() -> Router:
    """The routes of the guide."""
    chapters = read_chapters()
    by_name = {chapter.name: chapter for chapter in chapters}

    @get(["/", "/{name:str}"], sync_to_thread=False)
    def guide(page: NamedDependency[Page], name: FromPath[str] = chapters[0].name) -> Response[str]:
        """A chapter."""
        if name not in by_name:
            raise NotFoundException
        return page.render("guide.html", chapters=chapters, chapter=by_name[name], path=PATH)

    pictures = {path.name: path.read_bytes() for path in PICTURES.glob("*.webp")}

    @get("/pictures/{name:str}", sync_to_thread=False)
    def picture(name: FromPath[str]) -> Response[bytes]:
        """A picture of a chapter."""
        if name not in pictures:
            raise NotFoundException
        return Response(pictures[name], media_type="image/webp", headers=HEADERS)

    return Router(
        PATH,
        route_handlers=[guide, picture],
        dependencies={"page": Provide(_page, sync_to_thread=False)},
        include_in_schema=False,
    )


def _page(request: AnyRequest) -> Page:
    return Page(request, ENGLISH)


def _titled(text: str) -> tuple[str, str]:
    heading, _, body = text.partition("\n")
    return heading.removeprefix("# "), body


def _name_of(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def _address(link: str) -> str:
    """Where a link leads here: a file of the repository as it is called in another one, or an address of its own."""
    file, _, section = link.partition("#")
    here = LINKS.get(file.removeprefix("../").removeprefix("docs/").removeprefix("benchmarks/"), file)
    return f"{PATH}/{section}" if here == PATH and section else here + (f"#{section}" if section else "")


def _rendered(text: str) -> Markup:
    """Markdown as HTML. Tags are text, but for marks, comments and what is folded away; columns of numbers have a class
    and not a style.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(_FOLDED.sub(r"*\1*: in `benchmarks/RESULTS.md`.", _COMMENT.sub("", text)))
    for token in tokens:
        for child in token.children or ():
            for attribute in {"href", "src"} & child.attrs.keys():
                child.attrSet(attribute, _address(str(child.attrs[attribute])))
        if token.type in {"fence", "table_open"}:
            token.attrSet("tabindex", "0")
        if token.attrs.pop("style", None) == "text-align:right":
            token.attrSet("class", "n")
        if mark := _MARK.fullmatch(token.content):
            token.children = [Token("html_inline", "a", 0, content=f'<span id="{mark[1]}"></span>')]
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - our own text, rendered
