"""The pages under /en and /es: what /v1 answers, for people who would rather look."""

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from litestar import Controller, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter

from api.db.queries import Queries, Row
from api.db.query_traces import query_traces
from api.http.parameters import AnyRequest
from api.lists.page_params import PageParams
from api.lists.schemas import provide_page_params
from api.v1.movies import detail, facets
from api.v1.movies import filters as which
from api.v1.movies.controller import MovieId
from api.v1.movies.filters import ENTITY_FILTERS
from api.v1.movies.listing import MOVIES
from api.v1.people.controller import PersonId
from api.v1.people.detail import person
from api.v1.people.schemas import PersonDetail
from api.v1.quality.schemas import SourceAccount
from api.v1.recommendations import answers
from api.v1.recommendations.listing import RECOMMENDED
from api.v1.recommendations.parameters import Choice, TasteAsked
from api.v1.recommendations.similarity import similarity
from api.v1.recommendations.tastes import ResolvedTaste, resolve_taste
from api.v1.search.controller import find
from api.v1.search.index import SearchIndex
from api.v1.search.schemas import KINDS
from api.web.pages import charts
from api.web.pages.language import LANGUAGES, UNKNOWN, Language
from api.web.pages.render import HEADERS, Page, with_query
from recommender.index import RecommenderIndex

FILM_PARTS = ["genres", "keywords", "companies", "countries", "credits", "ratings"]
FILMS_RECOMMENDED = 12
REASONS = 4
FACETS_SHOWN = ("genre", "decade", "original_language", "country")
VALUES_OF_A_FACET = 14
FILMS_OF_A_PAGE = 24
FILMS_AT_HOME = 12
KNOWN_TO_MOST = f"/v1/movies?limit={FILMS_AT_HOME}"
"""The path of the same films as JSON: they come in that order by default."""
HITS = 30

HITS_TO_CHOOSE = 8

Text = Annotated[str, QueryParameter(name="q", max_length=200)]
Sought = Annotated[str, QueryParameter(name="find", max_length=200)]
Share = Annotated[float, QueryParameter(ge=0, le=1)]
OneFilm = Annotated[int, QueryParameter(name="a", ge=1, le=2**31 - 1)]
OtherFilm = Annotated[int | None, QueryParameter(name="b", ge=1, le=2**31 - 1)]
Films = Annotated[list[int] | None, QueryParameter(max_items=50)]


class PagesController(Controller):
    """A page for each thing that people look at."""

    @get(sync_to_thread=True)
    def home(self, page: NamedDependency[Page], queries: NamedDependency[Queries]) -> Response[str]:
        """One box for everything, and where else to go."""
        return page.render("home.html", twin=KNOWN_TO_MOST, films=_known_to_most(queries))

    @get("/search", sync_to_thread=True)
    def search(
        self,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        search_index: NamedDependency[SearchIndex],
        text: Text = "",
    ) -> Response[str]:
        """What bears a name like that."""
        hits = find(queries, search_index, text, KINDS, HITS) if text.strip() else []
        twin = with_query("/v1/search", {"q": text, "limit": HITS}) if text.strip() else None
        return page.render("search.html", twin=twin, text=text, hits=hits)

    @get(
        "/films",
        dependencies={"filters": which.provide_filters, "asked": provide_page_params(MOVIES)},
        sync_to_thread=True,
    )
    def films(
        self,
        request: AnyRequest,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        filters: NamedDependency[Any],
        asked: NamedDependency[PageParams],
    ) -> Response[str]:
        """Films under any filters, with what else they could be narrowed down by."""
        parameters = which.bound(queries, filters)
        given = {name: request.query_params.getall(name) for name in dict.fromkeys(request.query_params.keys())}
        in_force = _in_force(queries, parameters, page.language)
        limits = [name for name in which.MovieFilters.__struct_fields__ if name in given and name not in in_force]
        return page.render(
            "films.html",
            twin=with_query("/v1/movies", {**given, "limit": FILMS_OF_A_PAGE, "total": "true"}),
            value_of=lambda name: next(iter(given.get(name, [])), ""),
            sort=asked.sort,
            in_force=in_force,
            limits={name: given[name] for name in limits},
            found=MOVIES.fetch_page(
                queries, PageParams(limit=FILMS_OF_A_PAGE, cursor=asked.cursor, sort=asked.sort, total=True), parameters
            ),
            facets=facets.count(queries, FACETS_SHOWN, parameters, VALUES_OF_A_FACET),
            with_given=lambda **changed: with_query(request.scope["path"], {**given, "cursor": None, **changed}),
        )

    @get("/films/{movie_id:int}", sync_to_thread=True)
    def film(  # noqa: PLR0913, PLR0917 - what a request is made of
        self,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        movie_id: MovieId,
        diversity: Share = 0.0,
        novelty: Share = 0.0,
    ) -> Response[str]:
        """One film: facts, money, people, where its numbers stand, and films like it."""
        film = detail.movie(queries, recommender, movie_id, FILM_PARTS)
        resolved = resolve_taste(queries, recommender, TasteAsked(), movie_id)
        return page.render(
            "film.html",
            twin=f"/v1/movies/{movie_id}?include={','.join([*FILM_PARTS, 'recommendations'])}",
            film=film,
            positions=queries.first("get_movie_positions", movie_id=movie_id),
            near=_recommended(queries, recommender, resolved, diversity, novelty),
            diversity=diversity,
            novelty=novelty,
        )

    @get("/compare", sync_to_thread=True)
    def compare(  # noqa: PLR0913, PLR0917 - what a request is made of
        self,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        search_index: NamedDependency[SearchIndex],
        movie_id: OneFilm,
        other_movie_id: OtherFilm = None,
        sought: Sought = "",
    ) -> Response[str]:
        """Two films side by side, and what they share."""
        asked = [movie_id] if other_movie_id is None else [movie_id, other_movie_id]
        return page.render(
            "compare.html",
            twin=f"/v1/movies/{movie_id}" + (f"/similarity/{other_movie_id}" if other_movie_id else ""),
            films=[detail.movie(queries, recommender, one, ["genres", "countries"]) for one in asked],
            shared=similarity(queries, movie_id, other_movie_id) if other_movie_id else None,
            sought=sought,
            hits=find(queries, search_index, sought, ["movie"], HITS_TO_CHOOSE) if sought.strip() else [],
        )

    @get("/taste", sync_to_thread=True)
    def taste(  # noqa: PLR0913, PLR0917 - what a request is made of
        self,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        search_index: NamedDependency[SearchIndex],
        like: Films = None,
        dislike: Films = None,
        text: Text = "",
        diversity: Share = 0.0,
        novelty: Share = 0.0,
        sought: Sought = "",
    ) -> Response[str]:
        """Films for whoever likes and dislikes those that are picked here."""
        picked = {"like": like or [], "dislike": dislike or []}
        words = text.strip()
        steered = {"q": words, "diversity": diversity or None, "novelty": novelty or None}
        asked = TasteAsked(like=like or None, dislike=dislike or None, q=words or None)
        resolved = resolve_taste(queries, recommender, asked) if like or words else None
        listed = {name: ",".join(map(str, movie_ids)) for name, movie_ids in picked.items()}
        return page.render(
            "taste.html",
            twin=with_query("/v1/recommendations", {**listed, **steered}) if resolved else KNOWN_TO_MOST,
            picked={name: [detail.known_movie(queries, one) for one in picked[name]] for name in picked},
            given=picked,
            words=words,
            near=_recommended(queries, recommender, resolved, diversity, novelty) if resolved else [],
            to_begin_with=[] if resolved or sought else _known_to_most(queries),
            diversity=diversity,
            novelty=novelty,
            sought=sought,
            hits=find(queries, search_index, sought, ["movie"], HITS_TO_CHOOSE) if sought.strip() else [],
            with_given=lambda **changed: with_query(f"/{page.language.code}/taste", {**picked, **steered, **changed}),
        )

    @get("/people/{person_id:int}", sync_to_thread=True)
    def somebody(
        self, page: NamedDependency[Page], queries: NamedDependency[Queries], person_id: PersonId
    ) -> Response[str]:
        """One person: filmography, and what the films returned over time."""
        somebody = person(queries, person_id)
        return page.render(
            "person.html", twin=f"/v1/people/{person_id}", person=somebody, chart=_returns_over_time(somebody)
        )

    @get("/quality", sync_to_thread=True)
    def quality(self, page: NamedDependency[Page], queries: NamedDependency[Queries]) -> Response[str]:
        """Where every raw record went."""
        return page.render("quality.html", twin="/v1/quality", sources=queries.all(SourceAccount, "get_quality"))


def pages_routers() -> list[Router]:
    """The routes of the pages in each language, and of what they load."""
    folder = Path(__file__).with_name("static")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}

    @get("/{name:str}", sync_to_thread=False)
    def static(name: FromPath[str]) -> Response[bytes]:
        if name not in files:
            raise NotFoundException
        return Response(files[name], media_type=guess_type(name)[0], headers=HEADERS)

    return [
        Router("/static", route_handlers=[static], include_in_schema=False),
        *(
            Router(
                f"/{language.code}",
                route_handlers=[PagesController],
                dependencies={"page": Provide(_page_in(language), sync_to_thread=False)},
                before_request=_begin,
                include_in_schema=False,
            )
            for language in LANGUAGES
        ),
    ]


def _page_in(language: Language) -> Any:
    def provide(request: AnyRequest) -> Page:
        return Page(request, language)

    return provide


async def _begin(request: AnyRequest) -> None:
    """Leave out what a form sends of fields that nobody filled in, and have the queries of the page noted."""
    query_traces.set([])
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"))
    request.scope["query_string"] = urlencode(pairs).encode()


def _in_force(queries: Queries, parameters: Mapping[str, Any], language: Language) -> dict[str, list[str]]:
    """By filter the names of what films must have."""
    names = {}
    for filter_, entity in ENTITY_FILTERS.items():
        key = f"{entity.kind}_code" if entity.kind in {"country", "language"} else f"{entity.kind}_id"
        found = [queries.first(f"get_{entity.kind}", **{key: one}) for one in parameters.get(filter_) or ()]
        if found:
            names[filter_] = [_called(row, entity.kind, key, language) for row in found if row]
    return names


def _called(row: Row, kind: str, key: str, language: Language) -> str:
    """The name of what a filter asks for, in the language of the page where it has one."""
    name = row[f"{kind}_name"]
    if kind == "language":
        return language.language(row[key], name)
    if kind == "country":
        return language.country(row[key], name)
    return language.genre(name or UNKNOWN) if kind == "genre" else name or UNKNOWN


def _known_to_most(queries: Queries) -> list[Row]:
    films: list[Row] = MOVIES.fetch_page(queries, PageParams(limit=FILMS_AT_HOME, sort=MOVIES.default_sort), {})["data"]
    return films


def _recommended(
    queries: Queries, recommender: RecommenderIndex, resolved: ResolvedTaste, diversity: float, novelty: float
) -> list[Row]:
    choice = Choice(
        limit=FILMS_RECOMMENDED, diversity=diversity, novelty=novelty, reasons=REASONS, sort=RECOMMENDED.default_sort
    )
    films = answers.chosen(queries, recommender, resolved, which.MovieFilters(), choice)
    return answers.rows_of(queries, recommender, resolved.taste, films, choice.reasons)


def _returns_over_time(somebody: PersonDetail) -> charts.Chart | None:
    films: Mapping[int, Any] = {film.movie_id: film for film in [*somebody.acted, *somebody.directed]}  # type: ignore[misc]
    points = [
        (film.release_year, film.return_ratio, f"{film.title} ({film.release_year})")
        for film in films.values()
        if film.return_ratio
    ]
    return charts.over_years(sorted(points))
