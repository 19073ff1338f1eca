"""The wiring of the API: settings, routes, dependencies and middlewares."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Controller, Litestar, Router
from litestar.config.cors import CORSConfig
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin
from litestar.openapi.spec import Tag
from litestar.types import ASGIApp

from api.consigna.handlers import create_router
from api.consigna.problems import SPANISH
from api.db.dependencies import get_snapshot, provide
from api.db.queries import OnQuery
from api.db.snapshots import Snapshot, SnapshotManager
from api.http.access_log import OnResponse, log_response
from api.http.bodiless_responses import BodilessResponsesMiddleware
from api.http.body_timeout import BodyTimeoutMiddleware
from api.http.compression import CompressionMiddleware
from api.http.content_encoding import negotiate_encoding
from api.http.content_negotiation import MEDIA_TYPES
from api.http.error_handlers import create_exception_handlers, raise_not_found
from api.http.host_check import HostCheckMiddleware
from api.http.rate_limit import RateLimitMiddleware
from api.http.request_hooks import get_context, get_parameters
from api.http.request_middleware import RequestMiddleware
from api.http.response_cache import ResponseCacheMiddleware
from api.sandbox.guards import require_local_host
from api.sandbox.protocol import SandboxOptions
from api.sandbox.sandbox import Sandbox
from api.settings import ApiSettings
from api.telemetry.health import HealthController
from api.v1.entities.controller import ENTITY_CONTROLLERS
from api.v1.explain import explainable_hooks
from api.v1.movies.controller import MoviesController
from api.v1.people.controller import PeopleController
from api.v1.quality.controller import QualityController
from api.v1.recommendations.controller import RecommendationsController
from api.v1.saved_queries.controller import SavedQueriesController
from api.v1.search.controller import SearchController
from api.v1.sql.controller import SqlController
from api.v1.stats.controller import StatsController
from api.v1.tables.controller import TablesController
from api.web.docs import docs_routers
from api.web.guide import guide_routers
from api.web.index import index, redirect_to_index
from api.web.pages.controller import pages_routers
from api.web.pages.page import render_error_page
from api.web.report import report_router
from recommender.index import RecommenderIndex
from recommender.words.reader import DescriptionReader
from search.index import SearchIndex
from warehouse.settings import Settings, project_version

if TYPE_CHECKING:
    from api.telemetry.metrics import Metrics
    from api.telemetry.tracing import Tracing

EXPLAINABLE: tuple[type[Controller], ...] = (
    MoviesController,
    *ENTITY_CONTROLLERS,
    PeopleController,
    SearchController,
    RecommendationsController,
    StatsController,
    QualityController,
    TablesController,
    SavedQueriesController,
)
"""The controllers of /v1 that support `explain=sql`."""

DESCRIPTION = """\
Films, people and money, from a read-only data warehouse that one command builds.

`/v1` is the resource API, in English. The assignment's questions, under *Consigna*, keep its paths, Spanish
names and Spanish messages. Every response carries the id of the build that it comes from.
"""
CONSIGNA_DESCRIPTION = "The assignment's questions. “Consigna” is Spanish for “assignment”."


def create_app(warehouse_settings: Settings, settings: ApiSettings | None = None) -> Litestar:
    """Create the API over the published warehouse. While it runs, it loads every newly published build.

    Raises WarehouseUnavailableError if this version cannot use the published file.
    """
    settings = settings or ApiSettings()
    metrics = create_metrics(settings)
    tracing = create_tracing(settings)
    on_query = [observer.on_query for observer in (metrics, tracing) if observer]
    snapshots = create_snapshot_manager(warehouse_settings, settings, on_query)
    consigna = create_router()
    spanish_paths = {route.path.split("/")[1] for route in consigna.routes}
    app = Litestar(
        route_handlers=[
            consigna,
            create_v1_router(settings),
            index,
            redirect_to_index,
            HealthController,
            *([metrics.create_route(snapshots, local_only=settings.metrics == "local")] if metrics else []),
            *docs_routers(warehouse_settings.docs_file),
            *guide_routers(),
            report_router(warehouse_settings.report_folder),
            *pages_routers(),
        ],
        dependencies={
            "context": Provide(get_context, sync_to_thread=False),
            "params": Provide(get_parameters, sync_to_thread=False),
            "snapshot": Provide(get_snapshot, sync_to_thread=False),
            "queries": provide(lambda snapshot: snapshot.queries),
            "sandbox": provide(lambda snapshot: snapshot.resource(Sandbox)),
            "snapshots": Provide(lambda: snapshots, sync_to_thread=False),
        },
        exception_handlers=create_exception_handlers(dict.fromkeys(spanish_paths, SPANISH), render_error_page),
        on_startup=[snapshots.start, create_openapi_document, partial(set_thread_count, settings.threads)],
        on_shutdown=[snapshots.stop],
        request_max_body_size=settings.body_kb * 2**10,
        logging_config=None,
        cors_config=create_cors_config(settings.cors_origins) if settings.cors_origins else None,
        openapi_config=create_openapi_config(),
    )
    app.asgi_handler = add_middlewares(app.asgi_handler, settings, snapshots, metrics)
    if tracing:
        app.on_shutdown.append(tracing.stop)
        app.asgi_handler = tracing.wrap(app.asgi_handler)
    return app


def create_snapshot_manager(
    warehouse_settings: Settings, settings: ApiSettings, on_query: Sequence[OnQuery]
) -> SnapshotManager:
    """Return the manager of the snapshots, and of the objects that are created from each one."""
    sandbox_options = SandboxOptions(
        is_on=settings.sql != "off",
        seconds=settings.sql_seconds,
        rows=settings.sql_rows,
        memory_mb=settings.sql_memory_mb,
        concurrency=settings.sql_concurrency,
    )
    open_snapshot = partial(
        Snapshot,
        memory_limit=f"{settings.memory_mb}MB",
        query_seconds=settings.query_seconds,
        on_query=on_query,
        resources={
            SearchIndex: lambda snapshot: SearchIndex(snapshot.queries.connection),
            RecommenderIndex: lambda snapshot: RecommenderIndex(snapshot.queries.connection),
            DescriptionReader: lambda snapshot: DescriptionReader(
                snapshot.queries.connection, snapshot.resource(RecommenderIndex).films, snapshot.resource(SearchIndex)
            ),
            Sandbox: lambda snapshot: Sandbox(snapshot.path, sandbox_options),
        },
    )
    return SnapshotManager(warehouse_settings.published_file, open_snapshot)


def create_v1_router(settings: ApiSettings) -> Router:
    """Return the routes of the resource API and of ad-hoc SQL."""
    body_timeout = DefineMiddleware(BodyTimeoutMiddleware, seconds=settings.body_seconds)
    sql_guards = [require_local_host] if settings.sql == "local" else []
    sql = Router("/", route_handlers=[SqlController], middleware=[body_timeout], guards=sql_guards)
    return Router("/v1", route_handlers=[*EXPLAINABLE, sql], **explainable_hooks(is_allowed=settings.explain))


def create_openapi_config() -> OpenAPIConfig:
    """Return the configuration of the OpenAPI document under /schema."""
    return OpenAPIConfig(
        title="Filmoteca",
        version=project_version(),
        description=DESCRIPTION,
        tags=[Tag(name="Consigna", description=CONSIGNA_DESCRIPTION)],
        openapi_router=Router("/schema", route_handlers=[], after_request=raise_not_found, include_in_schema=False),
        render_plugins=[JsonRenderPlugin(), YamlRenderPlugin()],
        operation_id_creator=lambda handler, _method, _path: handler.handler_name,
        use_handler_docstrings=True,
    )


def add_middlewares(
    app: ASGIApp, settings: ApiSettings, snapshots: SnapshotManager, metrics: "Metrics | None"
) -> ASGIApp:
    """Wrap the application in its middlewares. The last one is the outermost: it sees a request first."""
    vary: dict[bytes, Callable[[bytes], Hashable]] = {b"accept": bytes, b"accept-encoding": negotiate_encoding}
    if settings.cors_origins:
        vary[b"origin"] = bytes
    on_response: list[OnResponse] = [log_response] if settings.access_log else []
    if metrics:
        on_response.append(metrics.on_response)

    app = CompressionMiddleware(app, compressed_types=[MEDIA_TYPES["parquet"].encode()])
    app = ResponseCacheMiddleware(app, vary, max_bytes=settings.cache_mb * 2**20)
    app = BodilessResponsesMiddleware(app)
    if settings.rate_limit:
        app = RateLimitMiddleware(app, settings.rate_limit)
    app = HostCheckMiddleware(app, settings.trusted_hosts)
    app = RequestMiddleware(app, snapshots, on_response, formats=MEDIA_TYPES)
    if settings.trusted_proxies:
        app = wrap_asgi_with_proxy_headers(app, list(settings.trusted_proxies))
    return app


def create_metrics(settings: ApiSettings) -> "Metrics | None":
    """Return the metrics of this worker, or None if they are off."""
    if settings.metrics == "off":
        return None
    from api.telemetry.metrics import Metrics  # noqa: PLC0415 - workers only, see there

    return Metrics()


def create_cors_config(origins: Sequence[str]) -> CORSConfig:
    """Return the CORS configuration for the pages of these origins."""
    return CORSConfig(
        allow_origins=list(origins),
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["Content-Type", "If-None-Match", "X-Request-ID"],
        expose_headers=["ETag", "Link", "Filmoteca-Build", "Filmoteca-Truncated", "Retry-After", "X-Request-ID"],
    )


def create_tracing(settings: ApiSettings) -> "Tracing | None":
    """Return the tracing of this worker, or None if it is off."""
    if not settings.otel:
        return None
    from api.telemetry.tracing import Tracing  # noqa: PLC0415 - see there

    return Tracing()


async def set_thread_count(count: int) -> None:
    """Set the number of threads for sync handlers (a startup hook)."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(count, thread_name_prefix="handler"))


def create_openapi_document(app: Litestar) -> None:
    """Create the OpenAPI document before the first request waits for it (a startup hook)."""
    _ = app.openapi_schema
