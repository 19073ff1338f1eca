"""The least that a server of this kind does: handlers that only answer, under the product's framework and server.

`benchmarks.floor` starts it: `python -m benchmarks.bare --port P`, with a `Script` in BARE_SCRIPT.
"""

import argparse
import os
from collections import deque
from typing import Any

import duckdb
import msgspec
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar, Response, get
from litestar.params import FromPath

from api.db.query_files import API_FOLDER, load_macros
from api.db.snapshots import MEMORY_LIMIT, THREADS
from warehouse.connection import open_read_only
from warehouse.settings import Settings

SCRIPT_VARIABLE = "BARE_SCRIPT"
ETAG = '"bare"'


class Script(msgspec.Struct, frozen=True):
    """What to answer."""

    body: str
    """Of `/body`: JSON text."""
    sql: str
    """Of `/row/{value}`: its first row."""
    value_name: str
    """The only parameter of the SQL, which is the path's value."""


def application() -> Litestar:
    """Three handlers: bytes from memory, a 304, and the first row of a query."""
    script = msgspec.json.decode(os.environ[SCRIPT_VARIABLE], type=Script)
    body = script.body.encode("utf-8")
    connection = open_read_only(Settings.from_environment().published_file, memory_limit=MEMORY_LIMIT, threads=THREADS)
    idle: deque[duckdb.DuckDBPyConnection] = deque()

    @get("/body")
    async def same_body() -> Response[bytes]:
        return Response(body, media_type="application/json")

    @get("/held", status_code=304)
    async def held() -> Response[None]:
        return Response(None, status_code=304, headers={"ETag": ETAG})

    @get("/row/{value:int}", sync_to_thread=True)
    def row(value: FromPath[int]) -> dict[str, Any]:
        cursor = idle.pop() if idle else _new_cursor(connection)
        cursor.execute(script.sql, {script.value_name: value})
        columns = [column[0] for column in cursor.description or ()]
        values = cursor.fetchone() or ()
        idle.append(cursor)
        return dict(zip(columns, values, strict=True))

    return Litestar([same_body, held, row], openapi_config=None, logging_config=None, on_shutdown=[connection.close])


def _new_cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    cursor = connection.cursor()
    for macro in load_macros(API_FOLDER):
        cursor.execute(macro)
    return cursor


def main() -> None:
    """Serve with the settings of `api.__main__`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bare", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    Server(
        f"{__spec__.name}:application",
        factory=True,
        interface=Interfaces.ASGI,
        port=options.port,
        workers=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
