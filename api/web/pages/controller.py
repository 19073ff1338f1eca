"""The pages under /en and /es, which show the data of /v1."""

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from msgspec import Meta
from msgspec.structs import replace

from api.db.snapshots import Snapshot
from api.http.context import request_context
from api.http.query_parser import PARAMETERS, NoParameters, query_parser
from api.http.request_hooks import AnyRequest
from api.lists.page_params import PageParams
from api.lists.schemas import list_params
from api.v1.movies.detail import add_parts, find_movie
from api.v1.movies.facets import count_facets
from api.v1.movies.filters import ENTITY_FILTERS, MovieFilters
from api.v1.movies.resolved_filters import resolve_filters
from api.v1.movies.schemas import MOVIES
from api.v1.path_parameters import MovieId, PersonId
from api.v1.people.detail import get_person
from api.v1.quality.schemas import SourceAccount
from api.v1.recommendations.parameters import TasteParams
from api.v1.recommendations.recommend import get_similarity
from api.web.pages import sections
from api.web.pages.language import LANGUAGES
from api.web.pages.page import add_query, render_page
from api.web.static_files import static_files_router
from search.documents import KINDS

FILM_PARTS = ["genres", "keywords", "companies", "countries", "credits", "ratings"]
FACETS = ("genre", "decade", "original_language", "country")
FACET_VALUES = 200
SHOWN_FACET_VALUES = 12
"""The rest is behind a fold."""
FILMS_PER_PAGE = 24
SEARCH_HITS = 30
TITLE_HITS = 8
"""Films to choose from after a search by title."""

Text = Annotated[str, Meta(max_length=200)]
FilmId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
FilmIds = Annotated[list[int], Meta(max_length=50)] | None

BrowsePageParams = list_params(MOVIES, MovieFilters, NoParameters)


class SearchPageParams(msgspec.Struct, frozen=True):
    q: Text = ""


class ComparePageParams(msgspec.Struct, frozen=True, kw_only=True):
    """The films to compare, and a title to search for another one."""

    a: FilmId | None = None
    b: FilmId | None = None
    find: Text = ""


class TastePageParams(sections.RankingPageParams, frozen=True, kw_only=True):
    """A taste, and a title to search for more films."""

    like: FilmIds = None
    dislike: FilmIds = None
    q: Text = ""
    find: Text = ""


@get("/", sync_to_thread=True)
def home(request: AnyRequest, snapshot: NamedDependency[Snapshot]) -> Response[str]:
    """Show links to everything and the most popular films."""
    films = sections.list_popular_films(snapshot)
    return render_page(request, "home.html", json_url=sections.POPULAR_FILMS_URL, films=films)


@get("/search", opt={PARAMETERS: SearchPageParams}, sync_to_thread=True)
def search(
    request: AnyRequest, snapshot: NamedDependency[Snapshot], params: NamedDependency[SearchPageParams]
) -> Response[str]:
    """Show what matches a text: films as tiles, and the rest as links."""
    hits = sections.search(snapshot, params.q, KINDS, SEARCH_HITS)
    json_url = add_query("/v1/search", {"q": params.q, "limit": SEARCH_HITS}) if params.q.strip() else None
    movie_ids = [hit.movie_id for hit in hits if hit.kind == "movie"]
    return render_page(
        request,
        "search.html",
        json_url=json_url,
        text=params.q,
        hits=hits,
        films=snapshot.queries.rows("get_movie_tiles", movie_id=movie_ids) if movie_ids else [],
        others=[hit for hit in hits if hit.kind != "movie"],
    )


@get("/films", opt={PARAMETERS: BrowsePageParams}, sync_to_thread=True)
def browse_films(
    request: AnyRequest, snapshot: NamedDependency[Snapshot], params: NamedDependency[Any]
) -> Response[str]:
    """Show films that match filters, with facet counts."""
    queries = snapshot.queries
    resolved = resolve_filters(queries, params.filters)
    given = parse_qs(request.scope["query_string"].decode())
    active_filters = {
        name: [match for value in resolved.matches[name] for match in value]
        for name in ENTITY_FILTERS
        if name in resolved.matches
    }
    limits = [name for name in MovieFilters.__struct_fields__ if name in given and name not in active_filters]
    page = PageParams(limit=FILMS_PER_PAGE, cursor=params.page.cursor, sort=params.page.sort, total=True)
    return render_page(
        request,
        "films.html",
        json_url=add_query("/v1/movies", {**given, "limit": FILMS_PER_PAGE, "total": "true"}),
        value_of=lambda name: given.get(name, [""])[0],
        sort=params.page.sort,
        active_filters=active_filters,
        active_limits={name: given[name] for name in limits},
        found=MOVIES.fetch_page(queries, page, resolved.to_query_parameters()),
        facets=count_facets(queries, FACETS, resolved, FACET_VALUES),
        shown_values=SHOWN_FACET_VALUES,
        url_with=lambda **changed: add_query(request.scope["path"], {**given, "cursor": None, **changed}),
    )


@get("/films/{movie_id:int}", opt={PARAMETERS: sections.RankingPageParams}, sync_to_thread=True)
def show_film(
    request: AnyRequest,
    snapshot: NamedDependency[Snapshot],
    movie_id: MovieId,
    params: NamedDependency[sections.RankingPageParams],
) -> Response[str]:
    """Show a film with its percentiles, people and recommendations."""
    return render_page(
        request,
        "film.html",
        json_url=f"/v1/movies/{movie_id}?include={','.join([*FILM_PARTS, 'recommendations'])}",
        film=add_parts(find_movie(snapshot.queries, movie_id), snapshot, FILM_PARTS),
        percentiles=snapshot.queries.first("get_movie_percentiles", movie_id=movie_id),
        recommendations=sections.recommend(snapshot, TasteParams(), params, movie_id)[0],
        params=params,
    )


@get("/compare", opt={PARAMETERS: ComparePageParams}, sync_to_thread=True)
def compare(
    request: AnyRequest, snapshot: NamedDependency[Snapshot], params: NamedDependency[ComparePageParams]
) -> Response[str]:
    """Show two films side by side with the terms they share, or search for another one."""
    films = [find_movie(snapshot.queries, movie_id) for movie_id in (params.a, params.b) if movie_id is not None]
    json_url = f"/v1/movies/{params.a}" if params.a else sections.POPULAR_FILMS_URL
    return render_page(
        request,
        "compare.html",
        json_url=f"{json_url}/similarity/{params.b}" if params.a and params.b else json_url,
        films=[add_parts(film, snapshot, ["genres", "countries"]) for film in films],
        shared=get_similarity(snapshot.queries, params.a, params.b) if params.a and params.b else None,
        title_query=params.find,
        hits=sections.search(snapshot, params.find, ["movie"], TITLE_HITS),
    )


@get("/taste", opt={PARAMETERS: TastePageParams}, sync_to_thread=True)
def taste(
    request: AnyRequest, snapshot: NamedDependency[Snapshot], params: NamedDependency[TastePageParams]
) -> Response[str]:
    """Show recommendations for films that are liked and disliked and a description."""
    picked = {"like": params.like or [], "dislike": params.dislike or []}
    words = params.q.strip()
    options = {"q": words, "diversity": params.diversity or None, "novelty": params.novelty or None}
    requested = TasteParams(like=params.like, dislike=params.dislike, q=words or None)
    has_taste = bool(params.like or words)
    recommendations, resolved = sections.recommend(snapshot, requested, params) if has_taste else ([], None)
    return render_page(
        request,
        "taste.html",
        json_url=add_query("/v1/recommendations", {**picked, **options}) if has_taste else sections.POPULAR_FILMS_URL,
        picked={name: [find_movie(snapshot.queries, one) for one in picked[name]] for name in picked},
        given=picked,
        words=words,
        recommendations=recommendations,
        resolved=resolved,
        starting_points=[] if has_taste or params.find else sections.list_popular_films(snapshot),
        params=params,
        title_query=params.find,
        hits=sections.search(snapshot, params.find, ["movie"], TITLE_HITS),
        url_with=lambda **changed: add_query(request.scope["path"], {**picked, **options, **changed}),
    )


@get("/people/{person_id:int}", sync_to_thread=True)
def show_person(request: AnyRequest, snapshot: NamedDependency[Snapshot], person_id: PersonId) -> Response[str]:
    """Show a person's filmography and returns over time."""
    person = get_person(snapshot.queries, person_id)
    return render_page(
        request,
        "person.html",
        json_url=f"/v1/people/{person_id}",
        person=person,
        known_for=sections.select_known_for(person),
        chart=sections.plot_returns(person),
    )


@get("/quality", sync_to_thread=True)
def show_quality(request: AnyRequest, snapshot: NamedDependency[Snapshot]) -> Response[str]:
    """Show how many rows of each file were read, kept and rejected."""
    sources = snapshot.queries.all(SourceAccount, "get_quality")
    return render_page(request, "quality.html", json_url="/v1/quality", sources=sources)


PAGES = [home, search, browse_films, show_film, compare, taste, show_person, show_quality]


def pages_routers() -> list[Router]:
    """Return the routes of the pages in each language and of their static files."""
    pages = [
        Router(f"/{language.code}", route_handlers=PAGES, before_request=_prepare, include_in_schema=False)
        for language in LANGUAGES
    ]
    return [static_files_router("/static", [Path(__file__).with_name("static")]), *pages]


async def _prepare(request: AnyRequest) -> None:
    """Parse the parameters, without empty form fields, and start recording the page's queries."""
    parser = query_parser(request.route_handler.opt.get(PARAMETERS, NoParameters))
    parameters = parser.parse(request.scope["query_string"], is_lenient=True)
    request_context.set(replace(request_context.get(), parameters=parameters, query_traces=[]))
