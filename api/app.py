"""The whole service on one screen."""

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, YamlRenderPlugin

from api.caching import RevalidationMiddleware
from api.consigna.controller import ConsignaController
from api.consigna.wording import SPANISH
from api.problems import as_problem, problem_handlers
from api.queries import Queries
from api.sql.controller import SqlController
from api.sql.sandbox import Sandbox
from api.sql.settings import SqlSettings
from api.system.controller import SystemController
from warehouse.connection import open_read_only
from warehouse.settings import Settings, project_version

# Questions are short and come from many threads: one DuckDB thread each keeps them from waiting for another.
MEMORY_LIMIT = "256MB"
THREADS = 1


def create_app(settings: Settings, sql_settings: SqlSettings | None = None) -> Litestar:
    """The service over the published warehouse, ready to run; ad-hoc SQL is off unless its settings turn it on.

    Raises WarehouseUnavailableError when there is no warehouse that this version can read.
    """
    queries = Queries(open_read_only(settings.published_file, memory_limit=MEMORY_LIMIT, threads=THREADS))
    build_id = str(queries.rows("ready")[0]["build_id"])
    sandbox = Sandbox(settings.published_file, build_id, sql_settings or SqlSettings())
    consigna = Router(
        "/",
        route_handlers=[ConsignaController],
        middleware=[RevalidationMiddleware(build_id)],
    )
    spanish_paths = {route.path.split("/")[1] for route in consigna.routes}
    return Litestar(
        route_handlers=[consigna, SqlController, SystemController],
        dependencies={
            "queries": Provide(lambda: queries, sync_to_thread=False),
            "sandbox": Provide(lambda: sandbox, sync_to_thread=False),
        },
        exception_handlers=problem_handlers(dict.fromkeys(spanish_paths, SPANISH)),
        on_shutdown=[sandbox.close, queries.close],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Filmoteca",
            version=project_version(),
            description="Preguntas sobre películas, respondidas desde un almacén de datos de solo lectura.",
            openapi_router=Router("/schema", route_handlers=[], after_request=as_problem, include_in_schema=False),
            render_plugins=[JsonRenderPlugin(), YamlRenderPlugin()],
            operation_id_creator=lambda handler, _method, _path: handler.handler_name,
            use_handler_docstrings=True,
        ),
    )
