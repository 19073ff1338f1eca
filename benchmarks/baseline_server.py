"""Minimal handlers under the same framework and server as the API.

`benchmarks.baseline` starts it: `python -m benchmarks.baseline_server --port PORT`, with the body of `/body`, and the
SQL of `/row/{value}` with the name of its only parameter, in the environment.
"""

import os
import sys
from collections import deque
from typing import Any

import duckdb
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar, Response, get
from litestar.params import FromPath

from warehouse.connection import open_read_only
from warehouse.settings import Settings

BODY, SQL, PARAMETER = ("BASELINE_BODY", "BASELINE_SQL", "BASELINE_PARAMETER")


def create_app() -> Litestar:
    """Create an application with three handlers: bytes from memory, a 304, and the first row of a query."""
    body, sql, parameter = os.environ[BODY].encode("utf-8"), os.environ[SQL], os.environ[PARAMETER]
    connection = open_read_only(Settings.from_environment().published_file, memory_limit="256MB", threads=1)
    idle_cursors: deque[duckdb.DuckDBPyConnection] = deque()

    @get("/body")
    async def get_body() -> Response[bytes]:
        return Response(body, media_type="application/json")

    @get("/not-modified", status_code=304)
    async def get_not_modified() -> Response[None]:
        return Response(None, status_code=304, headers={"ETag": '"baseline"'})

    @get("/row/{value:int}", sync_to_thread=True)
    def get_row(value: FromPath[int]) -> dict[str, Any]:
        cursor = idle_cursors.pop() if idle_cursors else connection.cursor()
        cursor.execute(sql, {parameter: value})
        columns = [column[0] for column in cursor.description or ()]
        values = cursor.fetchone() or ()
        idle_cursors.append(cursor)
        return dict(zip(columns, values, strict=True))

    handlers = [get_body, get_not_modified, get_row]
    return Litestar(handlers, openapi_config=None, logging_config=None, on_shutdown=[connection.close])


if __name__ == "__main__":
    Server(
        f"{__spec__.name}:create_app",
        factory=True,
        interface=Interfaces.ASGI,
        port=int(sys.argv[2]),
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
