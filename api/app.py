"""The whole service on one screen."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Controller, Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin
from litestar.types import ASGIApp

from api.builds import Means, Warehouse, pinned_queries, pinned_recommender, pinned_sandbox, pinned_search_index
from api.catalog.controller import CATALOG_CONTROLLERS
from api.consigna.controller import ConsignaController
from api.consigna.wording import SPANISH
from api.contents.controller import ContentsController
from api.eda.router import eda_router
from api.edge import Edge
from api.explain import EXPLAIN, IS_ALLOWED, explained, read_explainable_request
from api.formats import open_turns
from api.movies.controller import MoviesController
from api.observers import Observers
from api.pages.controller import pages_routers
from api.pages.failures import failure_page
from api.pages.guide import guide_router
from api.parameters import read_request
from api.people.controller import PeopleController
from api.problems import as_problem, problem_handlers
from api.quality.controller import QualityController
from api.recommendations.controller import RecommendationsController
from api.reference.router import reference_router
from api.reference.tables import tables_router
from api.saved_queries.controller import SavedQueriesController
from api.search.controller import SearchController
from api.settings import ApiSettings
from api.sql.controller import SqlController
from api.sql.visitors import HOSTS_ARE_LOCAL
from api.stats.controller import StatsController
from api.system.controller import SystemController
from api.system.metrics import metrics_routes
from warehouse.settings import Settings, project_version

EXPLAINABLE: tuple[type[Controller], ...] = (
    MoviesController,
    *CATALOG_CONTROLLERS,
    PeopleController,
    SearchController,
    RecommendationsController,
    StatsController,
    QualityController,
    ContentsController,
    SavedQueriesController,
)
"""What /v1 answers from its own queries."""

DESCRIPTION = """\
Films, people and money, answered from a read-only data warehouse that one command builds.

`/v1` is the resource API, in English. The thirteen questions under *Consigna* keep the paths, the Spanish names and the
Spanish messages of a course assignment. Every answer bears the id of the build that it comes from.
"""


def create_app(settings: Settings, choices: ApiSettings | None = None) -> Litestar:
    """The service over the published warehouse, ready to run; while it runs, it takes up what is published.

    Raises WarehouseUnavailableError when there is no warehouse that this version can read.
    """
    choices = choices or ApiSettings()
    observers = Observers.of(choices)
    warehouse = Warehouse(
        settings,
        Means(choices.sql, f"{choices.memory_mb}MB", choices.kept_mb * 2**20, choices.query_seconds, observers.queried),
    )
    consigna = Router("/", route_handlers=[ConsignaController])
    explainable = Router(
        "/",
        route_handlers=EXPLAINABLE,
        parameters={"explain": EXPLAIN},
        before_request=read_explainable_request,
        after_request=explained,
    )
    v1 = Router("/v1", route_handlers=[explainable, SqlController], before_request=read_request)
    spanish_paths = {route.path.split("/")[1] for route in consigna.routes}
    app = Litestar(
        route_handlers=[
            consigna,
            v1,
            SystemController,
            *metrics_routes(observers.metrics, warehouse, is_local=choices.metrics == "local"),
            reference_router(),
            tables_router(settings.docs_file),
            eda_router(settings.report_folder),
            guide_router(),
            *pages_routers(),
        ],
        dependencies={
            "queries": Provide(pinned_queries, sync_to_thread=False),
            "recommender": Provide(pinned_recommender, sync_to_thread=False),
            "search_index": Provide(pinned_search_index, sync_to_thread=False),
            "sandbox": Provide(pinned_sandbox, sync_to_thread=False),
            "warehouse": Provide(lambda: warehouse, sync_to_thread=False),
        },
        exception_handlers=problem_handlers(dict.fromkeys(spanish_paths, SPANISH), failure_page),
        state=State({IS_ALLOWED: choices.is_explaining, HOSTS_ARE_LOCAL: choices.sql.is_local}),
        on_startup=[warehouse.start, describe, open_turns, partial(use_threads, choices.threads)],
        on_shutdown=[warehouse.stop, observers.stop],
        request_max_body_size=choices.body_kb * 2**10,
        logging_config=None,
        cors_config=choices.cors,
        openapi_config=OpenAPIConfig(
            title="Filmoteca",
            version=project_version(),
            description=DESCRIPTION,
            openapi_router=Router("/schema", route_handlers=[], after_request=as_problem, include_in_schema=False),
            render_plugins=[JsonRenderPlugin(), YamlRenderPlugin()],
            operation_id_creator=lambda handler, _method, _path: handler.handler_name,
            use_handler_docstrings=True,
        ),
    )
    told = observers.metrics.answered if observers.metrics else None
    edge: ASGIApp = Edge(app.asgi_handler, warehouse, choices, told)
    if choices.trusted_proxies:
        edge = wrap_asgi_with_proxy_headers(edge, list(choices.trusted_proxies))
    app.asgi_handler = observers.around(edge)
    return app


async def use_threads(count: int) -> None:
    """Let so many questions be answered at the same time (a startup hook)."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(count, thread_name_prefix="question"))


def describe(app: Litestar) -> None:
    """Make the OpenAPI document, by which requests are checked, before the first of them waits for it."""
    _ = app.openapi_schema
