"""Serve the published warehouse over HTTP: `python -m api [--host HOST] [--port PORT] [--workers N]`."""

import argparse
import logging
import os
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import closing, nullcontext
from http.client import HTTPConnection, HTTPException
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer
from litestar import Litestar

from api.app import create_app
from api.db.snapshots import POLL_SECONDS, check_published
from api.http.context import RequestIdFilter
from api.http.host_check import is_local_host
from api.settings import ApiSettings
from warehouse.connection import WarehouseUnavailableError
from warehouse.environment import reject_unknown_settings
from warehouse.errors import FilmotecaError, run_command
from warehouse.fetch import follow_source
from warehouse.logs import logging_config
from warehouse.settings import Settings

EXAMPLE_PATHS = ("/", "/score-titulo/Toy%20Story", "/v1/movies/862/recommendations", "/v1/facets")
MAX_PORT = 65_535

SHUTDOWN_SECONDS = 10
"""Seconds that a worker has to finish its requests on shutdown."""

PARENT_CHECK_SECONDS = 1
READY_CHECK_SECONDS = 0.1
CRASH_WINDOW_SECONDS = 60
FIRST_RESTART_SECONDS = 0.25
"""Delay before a second worker within the window is started."""

MAX_CONNECTIONS = 8192
"""Open connections per worker; further ones wait. Idle connections need little memory."""

logger = logging.getLogger("filmoteca.api")


def create_worker_app() -> Litestar:
    """Create the application of a worker process.

    The parent process has checked the published file. If a worker has to be replaced while the file is unusable, the
    new worker waits for a usable file: the other workers still have the previous build, and the server would stop
    them all if this one failed.
    """
    # The worker inherits the parent's handlers, which would ignore a SIGTERM. On Ctrl-C, the parent stops the worker;
    # if the worker stopped on its own, the parent would replace it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_exit_with_parent, args=[os.getppid()], daemon=True).start()
    warehouse_settings, logged = Settings.from_environment(), ""
    while True:
        try:
            return create_app(warehouse_settings, ApiSettings.from_environment())
        except WarehouseUnavailableError as error:
            if str(error) != logged:
                logger.error("a worker waits for a usable warehouse: %s", logged := str(error))
            time.sleep(POLL_SECONDS)


def _exit_with_parent(parent_id: int) -> None:
    """End this process when its parent has ended, even by SIGKILL, so that no worker keeps the port."""
    while os.getppid() == parent_id:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(1)


class WorkerServer(MPServer):
    """Replaces workers that end, however often; granian would stop all workers if one ended twice in 5.5 seconds."""

    def __init__(self, *args: Any, on_ready: Thread, **options: Any) -> None:
        """Take the arguments of granian's server, and a thread to start with the workers."""
        super().__init__(*args, **options)
        self._on_ready = on_ready
        self._ended_at: deque[float] = deque(maxlen=8)

    def _spawn_workers(self, *args: Any) -> None:
        super()._spawn_workers(*args)  # type: ignore[no-untyped-call]
        self._on_ready.start()  # after the workers, which are forked

    def _respawn_workers(self, workers: Any, *args: Any, **options: Any) -> None:
        """Start new workers, after a delay that doubles with every worker that ended in the last minute."""
        now = time.monotonic()
        recent = sum(now - ended_at < CRASH_WINDOW_SECONDS for ended_at in self._ended_at)
        self._ended_at.append(now)
        if recent:
            delay = FIRST_RESTART_SECONDS * 2 ** (recent - 1)
            logger.error("workers ended %d times within a minute; the next one starts in %g s", recent + 1, delay)
            self.main_loop_interrupt.wait(delay)
        if not self.interrupt_signal:
            super()._respawn_workers(workers, *args, **options)
        self.respawned_wrks.clear()


def serve(arguments: Sequence[str]) -> int:
    """Serve the API until it is stopped, and return the exit code.

    Raises FilmotecaError for invalid settings, an unusable warehouse or an address that is not available.
    """
    parser = argparse.ArgumentParser(prog="python -m api", description="Serve the published warehouse over HTTP.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_number, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--workers", type=_number, default=1, help="worker processes (default: %(default)s)")
    options = parser.parse_args(arguments)
    reject_unknown_settings(os.environ)
    warehouse_settings = Settings.from_environment()
    enable_sql_for_local_host(options.host)
    settings = ApiSettings.from_environment()
    temporary_folder = TemporaryDirectory(prefix="filmoteca-metrics-") if options.workers > 1 else nullcontext()
    with follow_source(warehouse_settings), temporary_folder as metrics_folder:
        if metrics_folder:  # prometheus_client adds up the metrics of several workers there
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics_folder
        check_published(warehouse_settings.published_file)
        _check_address(options.host, options.port)
        _run_server(options, settings)
    return 0


def enable_sql_for_local_host(host: str) -> None:
    """Set FILMOTECA_SQL, unless it is set, to `local` if the server listens on this machine only, else to `off`."""
    os.environ.setdefault("FILMOTECA_SQL", "local" if is_local_host(host) else "off")


def _run_server(options: argparse.Namespace, settings: ApiSettings) -> None:
    server = WorkerServer(
        "api.__main__:create_worker_app",
        factory=True,
        on_ready=Thread(target=_greet_when_ready, args=[options.host, options.port, settings], daemon=True),
        interface=Interfaces.ASGI,
        address=options.host,
        port=options.port,
        workers=options.workers,
        websockets=False,
        # With automatic detection, the server would wait forever for connections that send nothing.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=settings.header_seconds * 1000),
        backpressure=MAX_CONNECTIONS,
        workers_kill_timeout=SHUTDOWN_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_dictconfig=logging_config(of_request=RequestIdFilter),
    )
    server.serve()


def _number(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MAX_PORT):
        raise argparse.ArgumentTypeError(f"must be a number from 1 to {MAX_PORT}; got {text!r}")
    return int(text)


def _check_address(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise FilmotecaError(
            f"cannot listen on {host}:{port} ({error.strerror}); stop the program that uses the port, or use another "
            f"port: `make serve PORT={port + 1 if port < MAX_PORT else 8000}`"
        ) from None


def _greet_when_ready(host: str, port: int, settings: ApiSettings) -> None:
    """Print where to find the API as soon as a worker responds."""
    while True:
        with closing(HTTPConnection(host, port, timeout=POLL_SECONDS)) as connection:
            try:
                connection.request("HEAD", "/health/live")
                connection.getresponse()
                break
            except (OSError, HTTPException):
                time.sleep(READY_CHECK_SECONDS)
    origin = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    state, other = ("off", "on") if settings.sql == "off" else ("on", "off")
    lines = (
        f"Filmoteca is running on {origin} (press Ctrl-C to stop). Try:",
        *(f"  curl {origin}{path}" for path in EXAMPLE_PATHS),
        f"Or open {origin}/ in a browser for the pages, the guide and the API reference.",
        f"Ad-hoc SQL on /v1/sql is {state}; set FILMOTECA_SQL={other} to turn it {other}.",
    )
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    sys.exit(run_command(serve))
