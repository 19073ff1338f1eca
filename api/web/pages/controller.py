"""The pages under /en and /es, which show the data of /v1."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from litestar import Controller, Response, Router, get
from litestar.di import NamedDependency, Provide
from msgspec.structs import replace

from api.db.queries import Queries
from api.db.snapshots import Snapshot
from api.http.context import request_context
from api.http.query_parser import PARAMETERS, NoParameters, query_parser, split_query
from api.http.request_hooks import AnyRequest
from api.lists.page_params import PageParams
from api.v1.movies import detail, facets
from api.v1.movies.detail import find_movie
from api.v1.movies.filters import MovieFilters
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.movies.schemas import MOVIES
from api.v1.path_parameters import MovieId, PersonId
from api.v1.people.detail import get_person
from api.v1.quality.schemas import SourceAccount
from api.v1.recommendations.parameters import TasteParams
from api.v1.recommendations.recommend import get_similarity, resolve_taste
from api.v1.search.schemas import SearchHit
from api.web.pages import parameters, sections
from api.web.pages.language import LANGUAGES, Language
from api.web.pages.page import Page, add_query
from api.web.static_files import static_files_router
from recommender.index import RecommenderIndex
from search.documents import KINDS, Kind
from search.index import SearchIndex

FILM_PARTS = ["genres", "keywords", "companies", "countries", "credits", "ratings"]
FACETS = ("genre", "decade", "original_language", "country")
FACET_VALUES = 14
FILMS_PER_PAGE = 24
SEARCH_HITS = 30
TITLE_HITS = 8
"""Films to choose from after a search by title."""


class PagesController(Controller):
    """The pages of one language."""

    @get(sync_to_thread=True)
    def home(self, page: NamedDependency[Page], queries: NamedDependency[Queries]) -> Response[str]:
        """Show links to everything and the most popular films."""
        return page.render("home.html", json_url=sections.POPULAR_FILMS_URL, films=sections.list_popular_films(queries))

    @get("/search", opt={PARAMETERS: parameters.SearchPageParams}, sync_to_thread=True)
    def search(
        self,
        page: NamedDependency[Page],
        search_index: NamedDependency[SearchIndex],
        params: NamedDependency[parameters.SearchPageParams],
    ) -> Response[str]:
        """Show films, people and collections that match a text."""
        text = params.q
        hits = _search(search_index, text, KINDS, SEARCH_HITS)
        json_url = add_query("/v1/search", {"q": text, "limit": SEARCH_HITS}) if text.strip() else None
        return page.render("search.html", json_url=json_url, text=text, hits=hits)

    @get("/films", opt={PARAMETERS: parameters.BrowsePageParams}, sync_to_thread=True)
    def browse_films(
        self,
        request: AnyRequest,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        params: NamedDependency[Any],
    ) -> Response[str]:
        """Show films that match filters, with facet counts."""
        resolved = resolve_filters(queries, params.filters)
        given: dict[str, list[str]] = {}
        for name, value in split_query(request.scope["query_string"]):
            if value:
                given.setdefault(name, []).append(value)
        active_filters = sections.name_active_filters(resolved, page.language)
        limits = [name for name in MovieFilters.__struct_fields__ if name in given and name not in active_filters]
        list_params = PageParams(limit=FILMS_PER_PAGE, cursor=params.page.cursor, sort=params.page.sort, total=True)
        return page.render(
            "films.html",
            json_url=add_query("/v1/movies", {**given, "limit": FILMS_PER_PAGE, "total": "true"}),
            value_of=lambda name: next(iter(given.get(name, [])), ""),
            sort=params.page.sort,
            active_filters=active_filters,
            active_limits={name: given[name] for name in limits},
            found=MOVIES.fetch_page(queries, list_params, resolved.to_query_parameters()),
            facets=facets.count_facets(queries, FACETS, resolved, FACET_VALUES),
            url_with=lambda **changed: add_query(request.scope["path"], {**given, "cursor": None, **changed}),
        )

    @get("/films/{movie_id:int}", opt={PARAMETERS: parameters.FilmPageParams}, sync_to_thread=True)
    def show_film(
        self,
        page: NamedDependency[Page],
        snapshot: NamedDependency[Snapshot],
        movie_id: MovieId,
        params: NamedDependency[parameters.FilmPageParams],
    ) -> Response[str]:
        """Show a film with its percentiles, people and recommendations."""
        queries, recommender = snapshot.queries, snapshot.resource(RecommenderIndex)
        film = detail.add_parts(find_movie(queries, movie_id), snapshot, FILM_PARTS)
        taste = resolve_taste(queries, recommender, TasteParams(), movie_id)
        return page.render(
            "film.html",
            json_url=f"/v1/movies/{movie_id}?include={','.join([*FILM_PARTS, 'recommendations'])}",
            film=film,
            percentiles=queries.first("get_movie_percentiles", movie_id=movie_id),
            recommendations=sections.recommend(queries, recommender, taste, params),
            params=params,
        )

    @get("/compare", opt={PARAMETERS: parameters.ComparePageParams}, sync_to_thread=True)
    def compare(
        self,
        page: NamedDependency[Page],
        snapshot: NamedDependency[Snapshot],
        queries: NamedDependency[Queries],
        search_index: NamedDependency[SearchIndex],
        params: NamedDependency[parameters.ComparePageParams],
    ) -> Response[str]:
        """Show two films side by side with the terms they share, or search for the second one."""
        movie_ids = [params.a] if params.b is None else [params.a, params.b]
        return page.render(
            "compare.html",
            json_url=f"/v1/movies/{params.a}" + (f"/similarity/{params.b}" if params.b else ""),
            films=[detail.add_parts(find_movie(queries, one), snapshot, ["genres", "countries"]) for one in movie_ids],
            shared=get_similarity(queries, params.a, params.b) if params.b else None,
            title_query=params.find,
            hits=_search(search_index, params.find, ["movie"], TITLE_HITS),
        )

    @get("/taste", opt={PARAMETERS: parameters.TastePageParams}, sync_to_thread=True)
    def taste(
        self,
        page: NamedDependency[Page],
        queries: NamedDependency[Queries],
        recommender: NamedDependency[RecommenderIndex],
        search_index: NamedDependency[SearchIndex],
        params: NamedDependency[parameters.TastePageParams],
    ) -> Response[str]:
        """Show recommendations for films that are liked and disliked and a description."""
        picked = {"like": params.like or [], "dislike": params.dislike or []}
        words = params.q.strip()
        options = {"q": words, "diversity": params.diversity or None, "novelty": params.novelty or None}
        requested = TasteParams(like=params.like, dislike=params.dislike, q=words or None)
        taste = resolve_taste(queries, recommender, requested) if params.like or words else None
        id_lists = {name: ",".join(map(str, movie_ids)) for name, movie_ids in picked.items()}
        taste_url = add_query("/v1/recommendations", {**id_lists, **options})
        return page.render(
            "taste.html",
            json_url=taste_url if taste else sections.POPULAR_FILMS_URL,
            picked={name: [find_movie(queries, one) for one in picked[name]] for name in picked},
            given=picked,
            words=words,
            recommendations=sections.recommend(queries, recommender, taste, params) if taste else [],
            starting_points=[] if taste or params.find else sections.list_popular_films(queries),
            params=params,
            title_query=params.find,
            hits=_search(search_index, params.find, ["movie"], TITLE_HITS),
            url_with=lambda **changed: add_query(f"/{page.language.code}/taste", {**picked, **options, **changed}),
        )

    @get("/people/{person_id:int}", sync_to_thread=True)
    def show_person(
        self, page: NamedDependency[Page], queries: NamedDependency[Queries], person_id: PersonId
    ) -> Response[str]:
        """Show a person's filmography and returns over time."""
        person = get_person(queries, person_id)
        return page.render(
            "person.html", json_url=f"/v1/people/{person_id}", person=person, chart=sections.plot_returns(person)
        )

    @get("/quality", sync_to_thread=True)
    def show_quality(self, page: NamedDependency[Page], queries: NamedDependency[Queries]) -> Response[str]:
        """Show how many rows of each file were read, kept and rejected."""
        return page.render("quality.html", json_url="/v1/quality", sources=queries.all(SourceAccount, "get_quality"))


def pages_routers() -> list[Router]:
    """Return the routes of the pages in each language and of their static files."""
    return [
        static_files_router("/static", [Path(__file__).with_name("static")]),
        *(
            Router(
                f"/{language.code}",
                route_handlers=[PagesController],
                dependencies={"page": Provide(_page_factory(language), sync_to_thread=False)},
                before_request=_prepare,
                include_in_schema=False,
            )
            for language in LANGUAGES
        ),
    ]


def _search(search_index: SearchIndex, text: str, kinds: Sequence[Kind], limit: int) -> list[SearchHit]:
    return [SearchHit.from_hit(hit) for hit in search_index.search(text, kinds, limit)] if text.strip() else []


def _page_factory(language: Language) -> Any:
    def provide(request: AnyRequest) -> Page:
        return Page(request, language)

    return provide


async def _prepare(request: AnyRequest) -> None:
    """Parse the parameters, without empty form fields, and start recording the page's queries."""
    parser = query_parser(request.route_handler.opt.get(PARAMETERS, NoParameters))
    parameters = parser.parse(request.scope["query_string"], is_lenient=True)
    request_context.set(replace(request_context.get(), parameters=parameters, query_traces=[]))
